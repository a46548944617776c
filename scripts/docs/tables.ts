/** Every table of the documentation, by the name in its marker, in English or Chinese. */
import type { Locale } from '../../merchant';
import { MESSAGES } from '../../utils/config/messages';
import { DEFAULTS, TIMING } from '../../utils/config/config';
import { MESSAGES as ORDER_MESSAGES } from '../../components/order-summary/messages';
import en from '../../utils/config/locale/en';
import type { PayFailReason } from '../../utils/payment/pay-button-events';
import { code, table } from './markdown';
import { HEADS, WORDS, type Head } from './phrases.zh-CN';
import { isInterface, kebab, readComponent, readInterface, type Entry, readTheme } from './source';

export const COMPONENTS = {
  'pay-button': {
    file: 'components/pay-button/pay-button.ts',
    events: ['utils/payment/pay-button-events.ts', 'PayButtonEvents'],
    props: 'PayButtonProps',
  },
  'order-summary': {
    file: 'components/order-summary/order-summary.ts',
    events: ['utils/order/order-view.ts', 'OrderSummaryEvents'],
    props: 'OrderSummaryProps',
  },
} as const;

type ComponentName = keyof typeof COMPONENTS;

/** A word or sentence in one language; English is what the sources say. */
type Translate = (english: string) => string;

/** @throws Error naming an English sentence that has no Chinese one */
function translatorOf(language: Locale): Translate {
  if (language === 'en') return text => text;
  return text => {
    if (!text) return '';
    const chinese = WORDS[text];
    if (!chinese) throw new Error(`scripts/docs/phrases.zh-CN.ts: no Chinese for "${text}"`);
    return chinese;
  };
}

const head = (language: Locale, ...words: Head[]): string[] =>
  words.map(word => (language === 'en' ? word : HEADS[word]));

function propertiesTable(name: ComponentName, language: Locale, translate: Translate): string {
  return table(
    head(language, 'property', 'type', 'default', 'meaning'),
    readComponent(COMPONENTS[name].file).properties.map(entry => [
      code(kebab(entry.name)),
      code(entry.type),
      code(entry.initial),
      translate(entry.comment),
    ]),
  );
}

/** Fields of an event's detail; `paycomplete` carries one of the others and these besides. */
function fieldsOf(file: string, detail: string): Entry[] {
  if (isInterface(file, detail)) return readInterface(file, detail);
  const fields = [...readInterface(file, detail), ...readInterface(file, 'Completion')];
  return fields
    .filter(({ name }, at) => fields.findIndex(other => other.name === name) === at)
    .map(field =>
      field.name === 'outcome'
        ? {
            ...field,
            type: fields
              .filter(({ name }) => name === 'outcome')
              .map(({ type }) => type)
              .join(' | '),
          }
        : field,
    );
}

function eventsTable(name: ComponentName, language: Locale, translate: Translate): string {
  const [file, map] = COMPONENTS[name].events;
  return table(
    head(language, 'event', 'when', 'detail'),
    readInterface(file, map).map(event => {
      const names = fieldsOf(file, event.type).map(field => field.name);
      const all = isInterface(file, event.type) ? names : [...names, '…'];
      return [code(event.name), translate(event.comment), code(`{ ${all.join(', ')} }`)];
    }),
  );
}

/** One row for each field; two where it means something else in another event. */
function detailsTable(name: ComponentName, language: Locale, translate: Translate): string {
  const [file, map] = COMPONENTS[name].events;
  const rows: (Entry & { events: string[] })[] = [];
  for (const event of readInterface(file, map)) {
    for (const field of fieldsOf(file, event.type)) {
      const same = rows.find(
        row => row.name === field.name && (!field.comment || row.comment === field.comment),
      );
      if (same) same.events.push(event.name);
      else rows.push({ ...field, events: [event.name] });
    }
  }
  return table(
    head(language, 'field', 'type', 'events', 'meaning'),
    rows.map(field => [
      code(field.name),
      code(field.type),
      field.events.map(code).join(' '),
      translate(field.comment),
    ]),
  );
}

function partsTable(name: ComponentName, language: Locale, translate: Translate): string {
  const { slots, externalClasses } = readComponent(COMPONENTS[name].file);
  const rows = (kind: Head, entries: Entry[]): string[][] =>
    entries.map(entry => [...head(language, kind), code(entry.name), translate(entry.comment)]);
  return table(head(language, 'kind', 'name', 'meaning'), [
    ...rows('slot', slots),
    ...rows('external class', externalClasses),
  ]);
}

function interfaceTable(file: string, name: string, language: Locale, translate: Translate): string {
  return table(
    head(language, 'field', 'type', 'meaning'),
    readInterface(file, name).map(field => [
      code(field.name + (field.optional ? '?' : '')),
      code(field.type),
      translate(field.comment),
    ]),
  );
}

const LONG_DEFAULT = 40;

function settingsTable(name: 'Config' | 'Timing', language: Locale, translate: Translate): string {
  const defaults: Record<string, unknown> = { ...(name === 'Config' ? DEFAULTS : TIMING) };
  const written = (key: string): string => JSON.stringify(defaults[key]);
  return table(
    head(language, 'setting', 'default', 'meaning'),
    readInterface('utils/config/config.ts', name).map(entry => {
      const initial = written(entry.name);
      return [
        code(entry.name),
        initial.length > LONG_DEFAULT ? '…' : code(initial),
        translate(entry.comment),
      ];
    }),
  );
}

function themeTable(language: Locale, translate: Translate): string {
  return table(
    head(language, 'custom property', 'light', 'dark', 'meaning'),
    readTheme('components/theme.css').map(property => [
      code(property.name),
      code(property.light),
      code(property.dark),
      translate(property.comment),
    ]),
  );
}

const TEXTS = { 'zh-CN': { ...MESSAGES, ...ORDER_MESSAGES }, en };

function messagesTable(language: Locale): string {
  return table(
    head(language, 'message', 'zh-CN', 'en'),
    (Object.keys(en) as (keyof typeof en)[]).map(key => [code(key), TEXTS['zh-CN'][key], en[key]]),
  );
}

/** What each reason of `payfail` means to a developer. */
const REASONS: Record<PayFailReason, { en: string; 'zh-CN': string }> = {
  'order-request': {
    en: 'create-url could not be reached, timed out or answered outside 2xx',
    'zh-CN': 'create-url 连不上、超时，或返回了非 2xx 状态码',
  },
  'order-rejected': {
    en: 'the backend refused the order: errno (or code) is not 0; its own msg is shown when it has at most 28 characters; raw is its whole answer',
    'zh-CN': '后端拒绝下单：errno（或 code）不为 0；msg 不超过 28 个字时直接展示给用户；raw 是完整的响应',
  },
  'order-invalid': {
    en: 'a property, the orderInfo, or the order that an order-summary shows is wrong; the console names the field and the fix',
    'zh-CN': '属性、orderInfo 或 order-summary 展示的订单有误；控制台会指出字段和改法',
  },
  'amount-changed': {
    en: 'the order has another amount than the one shown; totalAmount is that of the order',
    'zh-CN': '订单金额与页面显示的不同；totalAmount 是订单的金额',
  },
  unsupported: {
    en: 'this base library or host has no cashier',
    'zh-CN': '当前基础库或宿主没有收银台',
  },
  'virtual-goods-ios': {
    en: 'virtual-goods is set and the phone runs iOS',
    'zh-CN': '设置了 virtual-goods，且手机是 iOS',
  },
  'not-logged-in': {
    en: 'the user did not log in to Baidu',
    'zh-CN': '用户没有登录百度账号',
  },
  rejected: {
    en: 'the cashier never opened: it refused the call',
    'zh-CN': '收银台拒绝了调用，没有打开',
  },
  cashier: {
    en: 'the cashier said failed, or could not find out; mayBePaid tells whether the order may be paid all the same',
    'zh-CN': '收银台报告失败，或没能查到结果；mayBePaid 表示订单是否仍可能已付款',
  },
  closed: {
    en: 'the order is closed, or an order-summary shows it as paid; with mayBePaid the money may have been taken',
    'zh-CN': '订单已关闭，或 order-summary 显示已支付；mayBePaid 为 true 表示可能已扣款',
  },
  refunded: {
    en: 'the order was paid and refunded, or is being refunded',
    'zh-CN': '订单已付款并已退款，或正在退款',
  },
};

function reasonsTable(language: Locale): string {
  return table(
    head(language, 'reason', 'meaning', 'the user reads'),
    Object.entries(REASONS).map(([reason, meaning]) => [
      code(reason),
      meaning[language],
      TEXTS[language][reason as keyof typeof REASONS],
    ]),
  );
}

type Write = (language: Locale, translate: Translate) => string;

/** Interfaces that a page may show, and where they are declared. */
const INTERFACES = {
  PayInput: 'utils/payment/pay-button-events.ts',
  OrderView: 'utils/order/order-view.ts',
  OrderLine: 'utils/order/order-view.ts',
  OrderCharge: 'utils/order/order-view.ts',
  OrderDetail: 'utils/order/order-view.ts',
  OrderMismatch: 'utils/order/order-view.ts',
};

const OF_A_COMPONENT = {
  properties: propertiesTable,
  events: eventsTable,
  details: detailsTable,
  parts: partsTable,
};

const TABLES = new Map<string, Write>([
  ...(Object.keys(COMPONENTS) as ComponentName[]).flatMap(component =>
    Object.entries(OF_A_COMPONENT).map(([kind, write]): [string, Write] => [
      `${component} ${kind}`,
      (language, translate) => write(component, language, translate),
    ]),
  ),
  ...Object.entries(INTERFACES).map(([name, file]): [string, Write] => [
    name,
    (language, translate) => interfaceTable(file, name, language, translate),
  ]),
  ['fail reasons', reasonsTable],
  ['custom properties', themeTable],
  ['configure', (language, translate) => settingsTable('Config', language, translate)],
  ['timing', (language, translate) => settingsTable('Timing', language, translate)],
  ['messages', messagesTable],
]);

/** The names that a marker may have. */
export const TABLE_NAMES = [...TABLES.keys()];

/** @throws Error when there is no such table */
export function tableOf(name: string, language: Locale): string {
  const write = TABLES.get(name);
  if (!write) throw new Error(`there is no table called "${name}"`);
  return write(language, translatorOf(language));
}
