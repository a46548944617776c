/** pay-button as a page sees it. Types only. */
import type { PayOutcome } from './events';
import type { Phase } from './payment';

/** What pay() may be given, because a property set in the same tick has not arrived yet. */
export interface PayInput {
  /** a ready orderInfo, or its JSON text */
  orderInfo?: object | string;
  /** what is sent to create-url */
  payload?: unknown;
}

/** What `selectComponent('#id')` of the page gives. */
export interface PayButtonInstance {
  /** Pays, or joins the payment under way. Never rejects. */
  pay(input?: PayInput): Promise<PayOutcome>;
  /** Forgets a finished purchase, so that the same goods can be bought again. Ignored while one may still be paid. */
  reset(): void;
  readonly phase: Phase;
}
