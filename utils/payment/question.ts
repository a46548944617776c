/** The question before another cashier call: at most one is open. Below it, its text. */
import { text } from '../config/config';
import type { Messages } from '../config/messages';
import { type Question, showModal } from '../host/swan';
import { formatFen } from '../order/money';
import type { QuestionSubject } from './attempt-state';
import { whenActive } from './call-conditions';
import { isActive } from './component-registry';
import { takeOutcome } from './delivery';
import type { LedgerOrder } from './ledger';
import { findOrder } from './ledger-storage';
import { commit, dispatch, type Attempt } from './live-attempts';
import { toSettledStatus } from './known-orders';
import { trace } from './trace';

/** ms after a question opened in which a tap was made before that */
const QUESTION_GUARD = 1100;

interface OpenQuestion {
  attempt: Attempt;
  isFresh: boolean;
}

let question: OpenQuestion | null = null;

export function ask(attempt: Attempt, subject: QuestionSubject): void {
  whenActive(attempt, () => {
    const { state } = attempt;
    const asked = { attempt, isFresh: true };
    question = asked;
    setTimeout(() => (asked.isFresh = false), QUESTION_GUARD);
    trace('question', state.tpOrderId, { kind: subject.kind });
    showModal(toQuestion(subject), yes => {
      // The question delivers what it says, even when its attempt has ended meanwhile; a late success it did not say.
      if (yes !== null)
        subject.orders.forEach(({ tpOrderId }) => {
          const { settled = false, outcome = null } = findOrder(tpOrderId) || {};
          if (settled && outcome && toSettledStatus(outcome) === subject.kind) takeOutcome(tpOrderId);
        });
      if (question === asked) answer(asked, !!yes);
      else commit();
    });
  });
}

function answer({ attempt }: OpenQuestion, yes: boolean): void {
  question = null;
  dispatch(attempt, { type: 'user-answered', yes });
}

/** A tap reaches a button only when no question is open, unless it was made just before the question opened. */
export function tapWhileAsking(): void {
  if (question && !question.isFresh) answer(question, false);
}

/** The host closes a question together with its page. */
export function endHiddenQuestion(): void {
  if (question && !isActive(question.attempt.button)) answer(question, false);
}

// ---- its text

const CONTENT: Record<QuestionSubject['kind'], keyof Messages> = {
  same: 'askSame',
  other: 'askOther',
  paid: 'askPaid',
  refunded: 'askRefunded',
  closed: 'askClosed',
  mixed: 'askMixed',
};

/** characters that the content of a modal holds; a title that is cut for it keeps MIN_TITLE */
const MAX_CONTENT = 50;
/** two Latin letters take the place of one Chinese character */
const MAX_LATIN = 96;
const MIN_TITLE = 3;

export function toQuestion({ orders, kind }: QuestionSubject): Question {
  const { dealTitle, totalAmount } = orders[0] as LedgerOrder;
  const contentWith = (title: string): string => {
    const values: Record<string, string> = {
      title,
      amount: '¥' + formatFen(totalAmount),
      count: '' + orders.length,
    };
    values.order = fill(text(orders.length > 1 ? 'askOrders' : 'askOrder'), values);
    return fill(text(CONTENT[kind]), values);
  };
  const content = contentWith(dealTitle);
  const most = /[\u4e00-\u9fff]/.test(contentWith('')) ? MAX_CONTENT : MAX_LATIN;
  const length = Math.max(MIN_TITLE, dealTitle.length + most - content.length) - 1;
  // Not in the middle of a character beyond 16 bits.
  const shorter = dealTitle.slice(0, length).replace(/[\uD800-\uDBFF]$/, '') + '…';
  return {
    title: text('askTitle'),
    content: dealTitle.length > length + 1 ? contentWith(shorter) : content,
    confirmText: text('askConfirm'),
    cancelText: text('askCancel'),
  };
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (all, name: string) =>
    values[name] === undefined ? all : (values[name] as string),
  );
}
