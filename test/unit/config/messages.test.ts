/** Every text a person can read, against Baidu's limits and the tone of a shop. */
import { MESSAGES as ORDER_SUMMARY } from '../../../components/order-summary/messages';
import en from '../../../utils/config/locale/en';
import { MESSAGES, type Messages, type OrderMessages, TOAST_LENGTH } from '../../../utils/config/messages';
import { textWidth } from '../../helpers/text-width';

/** What fits into a toast beside its tick; there every character counts as one. */
const BESIDE_A_TICK = 7;
const BUTTON_WORDS = 4;
const TITLE_WORDS = 8;

const LABELS = ['idle', 'ordering', 'paying', 'confirming', 'pending', 'paid'] as const;
const chinese: Messages & OrderMessages = { ...MESSAGES, ...ORDER_SUMMARY };

describe.each([
  ['Chinese', chinese],
  ['English', en],
] as const)('the %s texts', (language, messages) => {
  const entries = Object.entries(messages);

  test("fit Baidu's limits of labels, modals and toasts", () => {
    for (const key of LABELS) expect(textWidth(messages[key])).toBeLessThanOrEqual(8);
    expect(textWidth(messages.askTitle)).toBeLessThanOrEqual(TITLE_WORDS);
    for (const key of ['askConfirm', 'askCancel'] as const) {
      expect(textWidth(messages[key])).toBeLessThanOrEqual(BUTTON_WORDS);
    }
    const toasts = entries.filter(([key]) => key in MESSAGES && !/^ask/.test(key));
    for (const [key, words] of toasts) expect([key, textWidth(words) <= TOAST_LENGTH]).toEqual([key, true]);
    expect(messages.success.length).toBeLessThanOrEqual(BESIDE_A_TICK);
    expect(messages.orderCopied.length).toBeLessThanOrEqual(BESIDE_A_TICK);
    const { orderPaid, orderMissing, orderDenied, orderRefused } = messages;
    for (const words of [orderPaid, orderMissing, orderDenied, orderRefused]) {
      expect([words, textWidth(words) <= TOAST_LENGTH]).toEqual([words, true]);
    }
  });

  test('name no code, do not shout, and say 你', () => {
    for (const [key, words] of entries) {
      expect([key, words]).not.toEqual([key, '']);
      expect(words).not.toMatch(/\d|errCode|errMsg|undefined|null|[!！]|您|tpOrderId/);
      // What is followed by more text ends with its blank.
      if (!/^askOrder/.test(key)) expect(words.trim()).toBe(words);
    }
  });

  test('never invite to pay again when a payment is pending', () => {
    expect(messages.pending).not.toMatch(/支付$|继续|重新|pay now|again/i);
    expect(messages.unconfirmed).toMatch(/请勿重复支付|do not pay again/i);
  });

  test('say what to do about money that may be gone when a failure is doubtful', () => {
    for (const key of ['doubtful', 'closedDoubtful'] as const) {
      expect(messages[key]).toMatch(/如已扣款|if charged/i);
    }
  });

  test('name the order, and what to do when it was paid, in each question', () => {
    for (const key of ['askSame', 'askOther', 'askPaid', 'askClosed', 'askRefunded'] as const) {
      expect(messages[key]).toMatch(/^\{order\}/);
    }
    for (const key of ['askSame', 'askOther'] as const) {
      expect(messages[key]).toMatch(/已付款请取消|if you [^.]*pa(id|y), cancel/i);
    }
    expect(messages.askSame).toMatch(/同一笔订单|same order/i);
    expect(messages.askOther).not.toMatch(/同一笔订单|same order/i);
    for (const key of ['askOrder', 'askOrders'] as const) {
      expect(messages[key]).toMatch(/\{title\}.*\{amount\}/);
    }
    expect(messages.askOrders).toMatch(/\{count\}/);
    expect(language === 'Chinese' ? messages.askOrders : '等 {count} 笔').toMatch(/等 \{count\} 笔/);
  });
});

describe('the English texts', () => {
  test('are complete, with the same placeholders as the Chinese ones', () => {
    const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(Object.keys(en).sort()).toEqual(Object.keys(chinese).sort());
    for (const [key, text] of Object.entries(en)) {
      expect(text).not.toMatch(/[\u4e00-\u9fff]|^$/);
      expect([key, placeholders(text)]).toEqual([key, placeholders(chinese[key as keyof typeof chinese])]);
    }
  });
});
