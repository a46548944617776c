/** The words of the question before another call: short enough for Baidu's modal, whatever the order is called. */
import fc from 'fast-check';
import { configure } from '../../../utils/config/configure';
import en from '../../../utils/config/locale/en';
import type { LedgerOrder } from '../../../utils/payment/ledger';
import { toQuestion } from '../../../utils/payment/question';
import type { QuestionSubject } from '../../../utils/payment/state-machine';

const order = (dealTitle: string, totalAmount: number, tpOrderId = 'T1'): LedgerOrder => ({
  ...{ tpOrderId, goods: 'g', orderKey: '', idempotencyKey: 'k', statusUrl: '', owner: '' },
  ...{ dealTitle, totalAmount, calledAt: 1, calls: [], accepted: false, settled: false, outcome: null },
});
const KINDS = ['same', 'other', 'paid', 'refunded', 'closed'] as const;
const contentOf = (kind: QuestionSubject['kind'], ...orders: LedgerOrder[]): string =>
  toQuestion({ kind, orders }).content;

/** Baidu counts a Chinese character as one and a Latin one as half. */
const width = (words: string): number =>
  [...words].reduce((sum, one) => sum + (one.charCodeAt(0) < 256 ? 0.5 : 1), 0);

afterEach(() => configure({ messages: undefined }));

describe('A question', () => {
  test.each([
    [
      'same',
      '「茶壶」¥19.99 未收到付款。已付款请取消并稍后查看，继续支付仍是同一笔订单。',
    ],
    ['other', '「茶壶」¥19.99 未收到付款。已付款请取消并稍后查看，继续将支付本次订单。'],
    ['paid', '「茶壶」¥19.99 已支付。继续将再支付本次订单。'],
    ['refunded', '「茶壶」¥19.99 已退款。继续将支付本次订单。'],
    ['closed', '「茶壶」¥19.99 已关闭，如已扣款请联系商家。继续将支付本次订单。'],
  ] as const)('names title and amount when it is about one order (%s)', (kind, content) => {
    expect(toQuestion({ kind, orders: [order('茶壶', 1999)] })).toEqual({
      title: '继续支付前',
      content,
      confirmText: '继续支付',
      cancelText: '取消',
    });
  });

  test('names the first and counts all of them when it is about more', () => {
    expect(contentOf('other', order('茶壶', 1999), order('茶杯', 500, 'T2'), order('茶', 1, 'T3'))).toMatch(
      /^「茶壶」¥19\.99 等 3 笔未收到付款。/,
    );
  });

  test('cuts the title with an ellipsis when it is long', () => {
    expect(contentOf('paid', order('手作铸铁壶', 1999))).toMatch(/^「手作铸铁壶」/);
    expect(contentOf('paid', order('手作铸铁壶大号', 1999))).toMatch(/^「手作铸铁壶大号」/);
    expect(contentOf('paid', order('手作铸铁壶零点九升红色', 1999))).toMatch(/^「手作铸铁壶\S{0,3}…」/);
  });

  test('fits into 50 characters when the title is long and the amount has eight digits', () => {
    for (const kind of KINDS) {
      for (const orders of [
        [order('手作铸铁壶零点九升红色限量版', 99999999)],
        [order('手作铸铁壶零点九升红色限量版', 99999999), ...Array<LedgerOrder>(11).fill(order('茶', 1))],
      ]) {
        const content = contentOf(kind, ...orders);
        expect([kind, orders.length, content, [...content].length <= 50]).toEqual([
          ...[kind, orders.length, content, true],
        ]);
      }
    }
  });

  test('fits into the width of 50 Chinese characters when it is in English', () => {
    configure({ messages: en });
    for (const kind of KINDS) {
      const content = contentOf(kind, order('Cast iron kettle 0.9 L', 99999999), order('tea', 1));
      expect([content, width(content) <= 50]).toEqual([content, true]);
      expect(content).not.toMatch(/[{}]/);
    }
  });

  test('shows the title as it is when that holds what looks like a placeholder or a replacement', () => {
    for (const title of ['{count}', '$& $1', '{order}', '$$']) {
      expect(contentOf('paid', order(title, 100))).toContain(`「${title}」¥1.00`);
    }
  });

  test('never breaks a character in two when it cuts the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), title => {
        const content = contentOf('paid', order(title, 1));
        expect(content).toBe(content.replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '�'));
      }),
    );
  });

  test('takes the texts of the mini-program when it has its own', () => {
    configure({ messages: { askTitle: '请确认', askPaid: '{order}付过了', askOrder: '{title} {amount} ' } });
    expect(toQuestion({ kind: 'paid', orders: [order('茶', 5)] })).toMatchObject({
      title: '请确认',
      content: '茶 ¥0.05 付过了',
    });
  });
});
