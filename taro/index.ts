/**
 * swan-cashier/taro: a plugin for Taro's compiler, and the types of the two elements in JSX. It runs on Node while Taro
 * builds, and is not part of the mini-program.
 */
import type { OrderSummaryEvents, OrderSummaryProps, PayButtonEvents, PayButtonProps } from '../utils/index';

type Handlers<Events> = {
  [Name in keyof Events as `on${Capitalize<string & Name>}`]?: (event: { detail: Events[Name] }) => void;
};

/** What React and Taro read themselves. */
interface Common {
  id?: string;
  key?: string | number;
  ref?: unknown;
  children?: unknown;
  /** of the native component that it is a child of */
  slot?: string;
  /** class of the page for the whole component */
  'custom-class'?: string;
}

export interface PayButtonElement extends Common, PayButtonProps, Handlers<PayButtonEvents> {
  /** class of the page for the label */
  'label-class'?: string;
}

export interface OrderSummaryElement extends Common, OrderSummaryProps, Handlers<OrderSummaryEvents> {
  /** class of the page for each line of the order */
  'line-class'?: string;
  /** class of the page for the total */
  'total-class'?: string;
}

/** For JSX.IntrinsicElements. */
export interface CashierElements {
  'pay-button': PayButtonElement;
  'order-summary': OrderSummaryElement;
}

type LoopBody = (body: string, tag: string) => string;

/** What a platform of Taro has that writes Swan templates. */
interface Platform {
  template: { modifyThirdPartyLoopBody?: LoopBody };
}

/** The part of Taro's plugin context that is used here. */
export interface TaroContext {
  registerMethod(name: string, run: (platform: Platform) => void): void;
}

const SLOTS = ['header', 'actions', 'footer'];

/**
 * Taro writes the name of a slot as an expression, and Swan wants it fixed: one element for each name, which shows the children
 * of that slot.
 */
export function withNamedSlots(body: string): string {
  const child = body.replace(/\s+s-(?:for|key)="[^"]*"/g, '');
  return SLOTS.map(
    name => `<view slot="${name}">
      <block s-for="{{i.cn}}" s-key="sid"><block s-if="{{item.slot === '${name}'}}">${child}</block></block>
    </view>`,
  ).join('\n    ');
}

/** For `plugins` of Taro's configuration: slots of order-summary arrive. */
export default function swanCashier(context: TaroContext): void {
  context.registerMethod('onSetupClose', ({ template }) => {
    const before = template.modifyThirdPartyLoopBody;
    template.modifyThirdPartyLoopBody = (body, tag) => {
      const changed = before ? before.call(template, body, tag) : body;
      return tag === 'order-summary' ? withNamedSlots(changed) : changed;
    };
  });
}
