/** The text of the question before another cashier call. Pure, except for the texts of configure(). */
import { text } from '../config/config';
import type { Messages } from '../config/messages';
import type { Question } from '../host/swan';
import { formatFen } from '../order/money';
import type { QuestionSubject } from './attempt-state';
import type { LedgerOrder } from './ledger';

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
    content: content.length > most && dealTitle.length > length + 1 ? contentWith(shorter) : content,
    confirmText: text('askConfirm'),
    cancelText: text('askCancel'),
  };
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (all, name: string) =>
    values[name] === undefined ? all : (values[name] as string),
  );
}
