import { waitFor } from '../../helpers/wait-for';
import { platformOrder, refundRequest, success, useApiServer } from './api-server';
import type { ApiServerResponse } from './api-server';

const api = useApiServer();

describe('the access token', () => {
  test('is requested once when calls are concurrent or follow each other', async () => {
    const shared = api.client();
    await Promise.all(Array.from({ length: 10 }, () => shared.findByTpOrderId('3028903626')));
    await shared.findByTpOrderId('3028903626');
    expect(api.tokens).toBe(1);
  });

  test('is renewed when it expires within 10 minutes', async () => {
    const now = jest.spyOn(Date, 'now');
    const started = Date.now();
    const shared = api.client();
    now.mockReturnValue(started);
    await shared.findByTpOrderId('3028903626');
    now.mockReturnValue(started + 2592000_000 - 11 * 60_000);
    await shared.findByTpOrderId('3028903626');
    expect(api.tokens).toBe(1);
    now.mockReturnValue(started + 2592000_000 - 9 * 60_000);
    await shared.findByTpOrderId('3028903626');
    expect(api.tokens).toBe(2);
  });

  test.each([110, 111])(
    'is renewed once, and the call repeated, when the gateway answers error_code %d',
    async code => {
      api.responses.applyOrderRefund = [
        { error_code: code, error_msg: 'Access token invalid or no longer valid' },
        success({ refundBatchId: '1', refundPayMoney: 1 }),
      ];
      expect((await api.client().applyOrderRefund(refundRequest)).ok).toBe(true);
      expect(api.tokens).toBe(2);
      expect(api.requestsTo('applyOrderRefund').map(each => each.query.access_token)).toEqual([
        '24.token-1',
        '24.token-2',
      ]);
    },
  );

  test('is not renewed again when the new one is refused, too', async () => {
    api.responses.findByTpOrderId = [{ error_code: 110, error_msg: 'no' }];
    expect(await api.client().findByTpOrderId('3028903626')).toMatchObject({
      ok: false,
      kind: 'gateway',
      code: 110,
    });
    expect(api.tokens).toBe(2);
  });

  test('is renewed once when many concurrent calls are refused', async () => {
    const shared = api.client();
    await shared.findByTpOrderId('3028903626');
    // By its token, because under load a renewed call may arrive before the last of the first ones.
    api.responses.findByTpOrderId = [
      response => {
        const isFirst = response.req.url?.includes('24.token-1') === true;
        response.end(
          JSON.stringify(isFirst ? { error_code: 111, error_msg: 'expired' } : success(platformOrder)),
        );
      },
    ];
    const results = await Promise.all(Array.from({ length: 5 }, () => shared.findByTpOrderId('3028903626')));
    expect(results.every(result => result.ok)).toBe(true);
    expect(api.tokens).toBe(2);
  });

  test('is kept when a late answer refuses the previous one', async () => {
    const shared = api.client();
    await shared.findByTpOrderId('3028903626');
    const refused = JSON.stringify({ error_code: 111, error_msg: 'expired' });
    let answerLate = (): void => undefined;
    const late: ApiServerResponse = response => (answerLate = () => response.end(refused));
    api.responses.findByTpOrderId = [late, refused, success(platformOrder)];
    const slow = shared.findByTpOrderId('3028903626');
    await waitFor(() => api.requestsTo('findByTpOrderId').length === 2);
    expect((await shared.findByTpOrderId('3028903626')).ok).toBe(true);
    answerLate();
    expect((await slow).ok).toBe(true);
    expect(api.tokens).toBe(2);
  });

  test('gives a gateway failure without the secret when the credentials are refused', async () => {
    api.responses['/oauth/2.0/token'] = [{ error: 'invalid_client', error_description: 'unknown client id' }];
    const result = await api.client().findByTpOrderId('3028903626');
    expect(result).toEqual({
      ok: false,
      kind: 'gateway',
      code: 'invalid_client',
      message:
        'access_token: unknown client id; clientId and clientSecret are App Key and App Secret of the mini-program, ' +
        'not those of the payment service',
      retryable: false,
    });
    expect(api.requests).toHaveLength(1);
  });

  test('is requested again by the next call when the first request failed', async () => {
    api.responses['/oauth/2.0/token'] = [{ error: 'x' }, { access_token: '24.later', expires_in: '2592000' }];
    const shared = api.client();
    expect((await shared.findByTpOrderId('3028903626')).ok).toBe(false);
    await shared.findByTpOrderId('3028903626');
    expect(api.requestsTo('findByTpOrderId')[0]?.query.access_token).toBe('24.later');
  });
});
