import fc from 'fast-check';
import type { CashierState } from '../../sandbox/cashier';
import { APP_KEY, call, CLIENT, order, state, useCashierServer } from '../helpers/cashier-server';

jest.setTimeout(180_000);

const RUNS = 150;

const server = useCashierServer();
let token: string;
beforeAll(async () => {
  const query = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
  });
  token = (
    (await (await fetch(`${server.url}/oauth/2.0/token?${String(query)}`)).json()) as {
      access_token: string;
    }
  ).access_token;
});

/** Text that no client sends: control characters, lone surrogates, quotes, SQL. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '',
    '\0',
    "'; DROP TABLE baidu.orders; --",
    '\ud800',
    '__proto__',
    '1e3',
    '-1',
    '9'.repeat(400),
  ),
);
const json = fc.jsonValue({ maxDepth: 4 });

async function readState(): Promise<Omit<CashierState, 'rejections'>> {
  const { rejections: _, ...rest } = await state(server);
  return rest;
}

async function send(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: string,
  type = 'application/json',
) {
  const { host } = new URL(server.url);
  const response = await server.app.inject({
    method,
    url: `/baidu${url}`,
    headers: { host, ...(payload === undefined ? {} : { 'content-type': type }) },
    payload,
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}

const inEnvelope = { errno: expect.any(Number), msg: expect.any(String), data: expect.anything() };
const refusedInEnvelope = { ...inEnvelope, data: null };

function expectEnvelope({ status, body }: Awaited<ReturnType<typeof send>>): void {
  expect(status).toBeLessThan(500);
  expect(body).toEqual(body.data === null ? refusedInEnvelope : inEnvelope);
  expect(status === 200).toBe(body.errno === 0);
}

function expectApiAnswer({ status, body }: Awaited<ReturnType<typeof send>>): void {
  expect(status).toBeLessThan(500);
  const shapes = ['data,errno,msg', 'error_code,error_msg', 'error,error_description'];
  expect(shapes).toContain(Object.keys(body).sort().join());
}

it('the cashier responds and keeps its state when an arbitrary body has no valid signature', async () => {
  const before = await readState();
  const body = fc.oneof(
    json,
    fc.record({ orderInfo: json, bannedChannels: json, channel: json }, { requiredKeys: [] }),
  );
  const path = fc.constantFrom('/cashier/open', '/cashier/pay', '/_simulate');
  await fc.assert(
    fc.asyncProperty(path, body, async (url, value) =>
      expectEnvelope(await send('POST', url, JSON.stringify(value))),
    ),
    { numRuns: RUNS },
  );
  expect(await readState()).toEqual(before);
});

it('an order is not charged when one of its signed fields is changed', async () => {
  const before = await readState();
  const field = fc.constantFrom('appKey', 'dealId', 'totalAmount', 'tpOrderId', 'rsaSign', 'signFieldsRange');
  await fc.assert(
    fc.asyncProperty(field, fc.oneof(text, json), async (name, value) => {
      const orderInfo = order();
      fc.pre(JSON.stringify(value) !== JSON.stringify(orderInfo[name as keyof typeof orderInfo]));
      // The number 1 and the text "1" are one signFieldsRange.
      fc.pre(name !== 'signFieldsRange' || (value !== 1 && value !== '1'));
      const answer = await send(
        'POST',
        '/cashier/pay',
        JSON.stringify({ orderInfo: { ...orderInfo, [name]: value }, channel: 'WeChat' }),
      );
      expectEnvelope(answer);
      // A body with "__proto__" in it is refused as a whole.
      if (answer.status !== 400) expect(answer.body.data).toMatchObject({ callbacks: [{ type: 'fail' }] });
    }),
    { numRuns: RUNS },
  );
  expect(await readState()).toEqual(before);
});

it('the response is well formed when the unsigned fields are arbitrary', async () => {
  const field = fc.constantFrom(
    'dealTitle',
    'bizInfo',
    'notifyUrl',
    'payResultUrl',
    'inlinePaySign',
    'promotionTag',
    'x',
  );
  const tpData = fc.record({
    returnData: json,
    displayData: fc.oneof(json, fc.record({ cashierTopBlock: json })),
  });
  const value = fc.oneof(
    text,
    json,
    tpData.map(data => JSON.stringify({ tpData: data })),
    json.map(data => JSON.stringify({ tpData: data })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/cashier/open', '/cashier/pay'),
      field,
      value,
      async (url, name, content) => {
        const orderInfo = { ...order(), [name]: content };
        expectEnvelope(await send('POST', url, JSON.stringify({ orderInfo, channel: 'WeChat' })));
      },
    ),
    { numRuns: RUNS },
  );
});

it('a fault script is applied completely or rejected when it is arbitrary', async () => {
  const body = fc.oneof(
    json,
    fc.record(
      {
        payments: fc.oneof(json, fc.array(fc.constantFrom('sheet', 'paid', 'constructor'))),
        always: json,
        promoMoney: fc.oneof(fc.integer(), fc.double(), json),
        notifications: fc.oneof(
          json,
          fc.array(fc.record({ fault: fc.constantFrom('timeout', 'delay'), ms: fc.integer() })),
        ),
        api: fc.oneof(
          json,
          fc.array(
            fc.record({ method: fc.constantFrom('token', 'x'), fault: fc.constantFrom('disconnect') }),
          ),
        ),
        refunds: fc.oneof(json, fc.array(fc.constantFrom('fail', 'succeed'))),
      },
      { requiredKeys: [] },
    ),
  );
  await call(server, 'PUT', '/_faults', {});
  let inForce = (await send('GET', '/_faults')).body.data;
  await fc.assert(
    fc.asyncProperty(body, async value => {
      const answer = await send('PUT', '/_faults', JSON.stringify(value));
      expectEnvelope(answer);
      if (answer.status === 200) inForce = answer.body.data;
      expect((await send('GET', '/_faults')).body.data).toEqual(inForce);
    }),
    { numRuns: RUNS },
  );
  await call(server, 'PUT', '/_faults', {});
});

const PATH = '/rest/2.0/smartapp/pay/paymentservice/';
const METHODS = ['findByTpOrderId', 'cancelOrder', 'findOrderRefund', 'orderBill', 'capitaBill'];
const NAMES = [
  'pmAppKey',
  'tpOrderId',
  'orderId',
  'userId',
  'billTime',
  'refundType',
  'refundReason',
  'bizRefundBatchId',
  'isSkipAudit',
  'applyRefundMoney',
  'refundNotifyUrl',
];
const pairs = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom(...NAMES), text),
    fc.oneof(text, fc.nat().map(String), fc.constantFrom(APP_KEY, '1', '149235070', '2026-11-23')),
  ),
);

it.each([
  ['a valid token', () => token],
  ['an invalid token', () => '24.nobody'],
])(
  'the server API responds in one of its three forms when the fields are arbitrary and there is %s',
  async (_what, accessToken) => {
    const before = await readState();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...METHODS, 'applyOrderRefund'), pairs, async (name, fields) => {
        const given = new URLSearchParams(fields).toString();
        const url = `${PATH}${name}?access_token=${accessToken()}&pmAppKey=${APP_KEY}`;
        const answer =
          name === 'applyOrderRefund'
            ? await send('POST', url, given, 'application/x-www-form-urlencoded')
            : await send('GET', `${url}&${given}`);
        expectApiAnswer(answer);
        if (accessToken() !== token) expect(answer.body).toHaveProperty('error_code');
      }),
      { numRuns: RUNS },
    );
    expect(await readState()).toEqual(before);
  },
);

it('the token call responds in its form when the fields are arbitrary', async () => {
  const fields = fc.array(
    fc.tuple(
      fc.constantFrom('grant_type', 'client_id', 'client_secret', 'scope'),
      fc.oneof(text, fc.constantFrom(...Object.values(CLIENT), 'client_credentials')),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fields, async given => {
      const answer = await send('GET', `/oauth/2.0/token?${new URLSearchParams(given).toString()}`);
      expect(answer.status).toBeLessThan(500);
      expect(Object.keys(answer.body).some(key => key === 'access_token' || key === 'error')).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

it('the developer routes respond in the envelope when the query is arbitrary', async () => {
  const query = fc.array(
    fc.tuple(fc.oneof(fc.constantFrom('tpOrderId', 'limit', 'day', 'appKey'), text), text),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('/_state', '/_statement'), query, async (path, given) => {
      expectEnvelope(await send('GET', `${path}?${new URLSearchParams(given).toString()}`));
    }),
    { numRuns: RUNS },
  );
});
