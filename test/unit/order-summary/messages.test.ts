import fc from 'fast-check';
import { configure } from 'swan-cashier';
import { errorMessage, getMessages, MESSAGES } from '../../../components/order-summary/messages';
import en from '../../../utils/config/locale/en';

afterEach(() => configure({ messages: undefined }));

describe('getMessages', () => {
  test('prefers the texts of configure({ messages }) when they are set, empty ones included', () => {
    configure({ messages: { orderTotal: '应付', orderCopied: '' } });
    expect(getMessages()).toEqual({ ...MESSAGES, orderTotal: '应付', orderCopied: '' });
  });

  test('has nothing but its own keys when all of both components are configured', () => {
    configure({ messages: en });
    expect(Object.keys(getMessages())).toEqual(Object.keys(MESSAGES));
    expect(getMessages().orderTotal).toBe('Total');
  });
});

describe('errorMessage', () => {
  test('returns a short Chinese sentence without a code when the failure has no message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('order-request', 'order-rejected', 'order-invalid'),
        fc.option(fc.integer({ min: 100, max: 999 })),
        (reason, code) => {
          const text = errorMessage({ reason, code, message: '' }, MESSAGES);
          expect(text).toMatch(/^[\u4e00-\u9fff，]+$/);
          expect(text.length).toBeLessThanOrEqual(28);
        },
      ),
    );
  });

  test.each([
    [{ reason: 'order-rejected', code: 404, message: '订单已归档' }, '订单已归档'],
    [{ reason: 'order-rejected', code: 404, message: 'x'.repeat(29) }, '订单暂时打不开，请稍后再试'],
    [{ reason: 'order-request', code: 404, message: 'HTTP 404' }, '没有找到这笔订单'],
    [{ reason: 'order-request', code: 401, message: 'HTTP 401' }, '请登录后查看订单'],
    [{ reason: 'order-request', code: 403, message: 'HTTP 403' }, '请登录后查看订单'],
    [{ reason: 'order-request', code: 402, message: 'HTTP 402' }, '订单暂时打不开，请稍后再试'],
    [{ reason: 'order-request', code: null, message: 'no answer' }, '网络或服务异常，请稍后再试'],
    [{ reason: 'order-invalid', code: null, message: 'lines …' }, '订单信息有误，请联系商家'],
  ] as const)('returns the text when the failure is %j: %s', (failure, text) => {
    expect(errorMessage(failure, MESSAGES)).toBe(text);
  });
});
