/** The words of the question before another call: short enough for Baidu's modal with any title. */
import fc from 'fast-check';
import { configure } from '../../../utils/config/configure';
import en from '../../../utils/config/locale/en';
import { MESSAGES } from '../../../utils/config/messages';
import type { LedgerOrder } from '../../../utils/payment/ledger';
import { toQuestion } from '../../../utils/payment/question';
import type { QuestionSubject } from '../../../utils/payment/attempt-state';
import { textWidth } from '../../helpers/text-width';

const order = (dealTitle: string, totalAmount: number, tpOrderId = 'T1'): LedgerOrder => ({
  tpOrderId,
  goods: 'g',
  orderKey: '',
  idempotencyKey: 'k',
  statusUrl: '',
  owner: '',
  dealTitle,
  totalAmount,
  calledAt: 1,
  calls: [],
  accepted: '',
  settled: false,
  outcome: null,
});
const KINDS = ['same', 'other', 'paid', 'refunded', 'closed'] as const;
const contentOf = (kind: QuestionSubject['kind'], ...orders: LedgerOrder[]): string =>
  toQuestion({ kind, orders }).content;

afterEach(() => configure({ messages: undefined }));

describe('a question', () => {
  test.each([
    ['same', 'askSame'],
    ['other', 'askOther'],
    ['paid', 'askPaid'],
    ['refunded', 'askRefunded'],
    ['closed', 'askClosed'],
  ] as const)('names title and amount when it is about one order (%s)', (kind, key) => {
    expect(toQuestion({ kind, orders: [order('茶壶', 1999)] })).toEqual({
      title: MESSAGES.askTitle,
      content: MESSAGES[key].replace('{order}', '「茶壶」¥19.99 '),
      confirmText: MESSAGES.askConfirm,
      cancelText: MESSAGES.askCancel,
    });
  });

  test('names the first and counts all of them when it is about more', () => {
    expect(contentOf('other', order('茶壶', 1999), order('茶杯', 500, 'T2'), order('茶', 1, 'T3'))).toMatch(
      /^「茶壶」¥19\.99 等 3 笔未收到付款。/,
    );
  });

  test('cuts the title with an ellipsis when there is no room for it, and only then', () => {
    for (const kind of KINDS) {
      for (let length = 1; length < 60; length++) {
        const title = '壶'.repeat(length);
        const content = contentOf(kind, order(title, 1999));
        const whole = content.includes(`「${title}」`);
        const others = content.replace(/「.*」/, '「」').length;
        expect([kind, length, whole]).toEqual([kind, length, others + length <= 50]);
        if (!whole) expect(content).toMatch(/^「壶{2,}…」/);
      }
    }
  });

  test.each([1, 2, 9])(
    'fits into 50 characters when it is about %i orders, the title is long and the amount has eight digits',
    count => {
      for (const kind of KINDS) {
        const orders = Array<LedgerOrder>(count).fill(order('手作铸铁壶零点九升红色限量版', 99999999));
        const content = contentOf(kind, ...orders);
        expect([content, content.length <= 50]).toEqual([content, true]);
        expect(content).toContain('¥999,999.99');
      }
    },
  );

  test.each([
    [1, 1999],
    [2, 99999999],
  ])(
    'names enough of the title in English, and fits into the width of 50, when it is about %i orders',
    (count, amount) => {
      configure({ messages: en });
      for (const kind of KINDS) {
        const content = contentOf(
          kind,
          ...Array<LedgerOrder>(count).fill(order('Cast iron kettle 0.9 L', amount)),
        );
        expect([content, textWidth(content) <= 50, /^“Cast /.test(content)]).toEqual([content, true, true]);
        expect(content).not.toMatch(/[{}]/);
      }
    },
  );

  test('shows the title as it is when that holds what looks like a placeholder or a replacement', () => {
    for (const title of ['{count}', '$& $1', '{order}', '$$']) {
      expect(contentOf('paid', order(title, 100))).toContain(`「${title}」¥1.00`);
    }
  });

  test('never breaks a character in two when it cuts the title', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('壶', '🫖', 'a'), minLength: 15, maxLength: 60 }),
        title => {
          const content = contentOf('same', order(title, 1));
          expect(content).toBe(content.replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '�'));
        },
      ),
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
