import { isFinalRefusal, isOrderUnknown } from '../../../merchant';
import type { ApiFailure } from '../../../merchant';
import { httpStatus, noResponse, platformOrder, refundRequest, success, useApiServer } from './api-server';
import type { ApiServerResponse } from './api-server';

const api = useApiServer();

describe('a refusal', () => {
  const fail = async (answer: ApiServerResponse): Promise<ApiFailure> => {
    api.responses.findByTpOrderId = [answer];
    const result = await api.client({ retries: 0, timeout: 1000 }).findByTpOrderId('3028903626');
    if (result.ok) throw new Error('it succeeded');
    return result;
  };

  test.each([
    [{ errno: 10002, msg: '系统错误: 订单未找到' }],
    [{ errno: 10002, msg: '订单不存在' }],
    [{ errno: 10002, msg: '系统错误：订单未找到。' }],
    [{ errno: 10002, msg: '系统错误(订单未找到)' }],
    [{ errno: 1, msg: 'order not found' }],
    [{ errno: 1, msg: 'Order does not exist.' }],
  ])('has isOrderUnknown true when the response is %j', async answer => {
    expect(isOrderUnknown(await fail(answer))).toBe(true);
  });

  test.each([
    [{ errno: 10002, msg: '系统错误' }],
    [{ errno: 10002, msg: 'appKey 未找到' }],
    [{ errno: 10003, msg: '系统内部错误' }],
    [{ errno: 60008, msg: '支付服务不存在' }],
    [{ errno: 10002, msg: '系统错误: 订单dealId不存在' }],
    [{ errno: 10002, msg: '系统错误: 订单用户不存在' }],
    [{ errno: 10002, msg: '订单所属商户不存在' }],
    [{ errno: 10002, msg: '订单优惠券未找到' }],
    [{ errno: 10002, msg: '订单存在，支付信息未找到' }],
    [{ errno: 10002, msg: '退款对应的支付订单状态不存在' }],
    [{ errno: 10002, msg: '退款订单不存在' }],
    [{ errno: 10002, msg: '父订单未找到' }],
    [{ errno: 10002, msg: '订单未找到优惠券' }],
    [{ errno: 10002, msg: '订单不存在异常，已支付' }],
    [{ errno: 10002, msg: '找不到该订单的用户' }],
    [{ errno: 10002, msg: 'Order paid; coupon not found' }],
    [{ errno: 10002, msg: 'order of user not found' }],
    [{ errno: 10002, msg: 'order service not found' }],
    [{ errno: 10002, msg: 'order not found in cache, retry' }],
    [{ errno: 5010003, msg: '订单未找到' }],
    [{ error_code: 10002, error_msg: '订单未找到' }],
    [httpStatus(404, '订单不存在')],
    [success(null)],
    [noResponse],
  ])('has isOrderUnknown false when the response is %j', async answer => {
    expect(isOrderUnknown(await fail(answer))).toBe(false);
  });

  test.each([
    [{ errno: 10001, msg: '参数错误' }, true],
    [{ errno: 10002, msg: '已消费订单不允许退款' }, true],
    [{ errno: 10003, msg: '系统内部错误' }, false],
    [{ errno: 5010003, msg: '超 QPS' }, false],
    [{ errno: 4242, msg: 'new' }, false],
    [{ error_code: 10001, error_msg: 'x' }, false],
    [httpStatus(500), false],
  ])('has isFinalRefusal when the response is %j: %p', async (answer, final) => {
    expect(isFinalRefusal(await fail(answer))).toBe(final);
  });

  test('is retryable, but not repeated, when a refund is refused with errno 5010003', async () => {
    api.responses.applyOrderRefund = [{ errno: 5010003, msg: '超 QPS' }];
    expect(await api.client().applyOrderRefund(refundRequest)).toMatchObject({
      kind: 'business',
      retryable: true,
    });
    expect(api.requestsTo('applyOrderRefund')).toHaveLength(1);
  });

  test.each([1000, 10003, 5010002, 5010004])(
    'with errno %d is repeated when a query gets it, and not retryable when a refund gets it',
    async errno => {
      api.responses.findByTpOrderId = [{ errno, msg: 'trouble' }, success(platformOrder)];
      expect((await api.client().findByTpOrderId('3028903626')).ok).toBe(true);
      api.responses.applyOrderRefund = [{ errno, msg: 'trouble' }];
      expect(await api.client().applyOrderRefund(refundRequest)).toMatchObject({ retryable: false });
    },
  );

  test('has one line without control characters and secrets when the platform sends them', async () => {
    const { message } = await fail({
      errno: 5,
      msg: 'a\nFATAL\u001b[2J\u202e 24.token-1 ' + 'x'.repeat(5000),
    });
    expect(message).toMatch(/^findByTpOrderId: a\\u\{a\}FATAL\\u\{1b\}\[2J\\u\{202e\} … x+… \(errno 5\)$/);
    expect(message.length).toBeLessThan(300);
    api.responses['/oauth/2.0/token'] = [
      { error: 'x\ny', error_description: 'client very-secret is unknown' },
    ];
    const refused = await api.client().findByTpOrderId('3028903626');
    expect(refused).toMatchObject({ code: 'x\\u{a}y', message: 'access_token: client … is unknown' });
  });
});
