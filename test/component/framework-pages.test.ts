/** Pages that compilers of other frameworks made: properties that are undefined, and uni-app's one handler for all events. */
import {
  label,
  mountPayPage,
  outcomes,
  phone,
  startPayButtonApp,
  stopApp,
  tap,
} from '../helpers/component-page';

beforeEach(startPayButtonApp);
afterEach(stopApp);

const undefinedOnes = (names: string[]): string => names.map(name => `${name}="{{absent}}"`).join(' ');

const BUTTON = [
  'order-info',
  'method',
  'header',
  'status-url',
  'order-key',
  'text',
  'amount',
  'disabled',
  'type',
  'size',
  'manual',
  'toast',
  'banned-channels',
  'inline-pay-sign',
  'pay-result-url',
  'promotion-tag',
  'virtual-goods',
  'custom-class',
  'label-class',
];
const SUMMARY = [
  'order',
  'order-info',
  'status-url',
  'virtual-goods',
  'safe-area',
  'line-class',
  'total-class',
];

test('pay-button pays as with its defaults when all other properties are set to undefined', async () => {
  const attributes = `create-url="/orders" order-payload="{{cart}}" ${undefinedOnes(BUTTON)}`;
  const page = await mountPayPage(`<pay-button id="p" ${attributes}></pay-button>`);
  expect(label(page)).toBe('立即支付');
  phone.answerPayments({ success: {} });
  await tap(page, 3000);
  expect(outcomes(page)).toEqual(['paysuccess', 'paycomplete']);
  expect(phone.requests.map(({ method, url }) => [method, url])).toEqual([
    ['POST', 'https://shop.example/orders'],
  ]);
  expect(Object.keys(phone.payments[0]?.options ?? {})).not.toContain('bannedChannels');
});

test('order-summary loads its order when all other properties are set to undefined', async () => {
  phone.onRequest(() => ({ data: { errno: 0, data: { title: '茶', lines: [], totalAmount: 680 } } }));
  const attributes = `order-url="/orders/1" ${undefinedOnes(SUMMARY)}`;
  const page = await mountPayPage(`<order-summary id="s" ${attributes}></order-summary>`);
  expect(page.text('.order-summary__order-total')).toMatch(/6\.80/);
});

describe('a page that uni-app compiled from Vue 3', () => {
  interface Instance {
    properties: { eO?: string };
  }
  type Detail = Record<string, unknown> & { __ins__?: Instance };

  const own = globalThis as unknown as { Component(definition: { properties: object }): void };
  const { Component } = own;

  /** uni-app puts itself in the place of Component() and gives each component the property that names the handlers. */
  beforeEach(() => {
    own.Component = definition =>
      Component({ ...definition, properties: { ...definition.properties, eO: { type: null, value: '' } } });
  });
  afterEach(() => void (own.Component = Component));

  const EVENTS = ['paytap', 'ordercreated', 'statechange', 'paysuccess', 'paycomplete'];

  /** Pays, and returns the events that the page's handler got. */
  async function payAndListen(handlers: string): Promise<{ type: string; detail: Detail }[]> {
    const received: { type: string; detail: Detail }[] = [];
    const bindings = EVENTS.map(name => `bind:${name}="onEvent"`).join(' ');
    const page = await mountPayPage(
      `<pay-button id="p" create-url="/orders" order-payload="{{cart}}" ${handlers} ${bindings}></pay-button>`,
      {
        data: { cart: { goods: 1 }, handlers: JSON.stringify({ paysuccess: 'e1' }) },
        methods: { onEvent: (event: { type: string; detail: Detail }) => void received.push(event) },
      },
    );
    phone.answerPayments({ success: {} });
    await tap(page, 3000);
    return received;
  }

  test('each detail leads to the handler names when uni-app compiled the page', async () => {
    const received = await payAndListen('e-o="{{handlers}}"');
    expect([...new Set(received.map(({ type }) => type))].sort()).toEqual([...EVENTS].sort());
    for (const { detail } of received) {
      expect(JSON.parse(detail.__ins__?.properties.eO ?? '')).toEqual({ paysuccess: 'e1' });
    }
  });

  test('a detail has its fields and no component when a uni-app page copies or serializes it', async () => {
    const received = await payAndListen('e-o="{{handlers}}"');
    const success = received.find(({ type }) => type === 'paysuccess');
    expect({ ...success?.detail }).not.toHaveProperty('__ins__');
    expect(JSON.parse(JSON.stringify(success?.detail))).toMatchObject({ tpOrderId: 'T1' });
  });

  test('a detail has no component when uni-app did not compile the page', async () => {
    const received = await payAndListen('');
    expect(received.filter(({ detail }) => '__ins__' in detail)).toEqual([]);
    expect(received.length).toBeGreaterThan(4);
  });
});
