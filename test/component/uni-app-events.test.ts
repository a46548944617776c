/** Events of the components on a page that uni-app compiled from Vue 3: its only handler looks into the detail. */
import { mountPayPage, phone, startPayButtonApp, stopApp, tap } from '../helpers/component-page';

interface Instance {
  properties: { eO?: string };
}
type Detail = Record<string, unknown> & { __ins__?: Instance };

const own = globalThis as unknown as { Component(definition: { properties: object }): void };
const { Component } = own;

/** uni-app puts itself in the place of Component() and gives each component the property that names the handlers. */
beforeEach(() => {
  startPayButtonApp();
  own.Component = definition =>
    Component({ ...definition, properties: { ...definition.properties, eO: { type: null, value: '' } } });
});
afterEach(() => {
  own.Component = Component;
  stopApp();
});

const EVENTS = ['paytap', 'ordercreated', 'statechange', 'paysuccess', 'paycomplete'];

/** Pays, and returns the events that the page's handler got. */
async function payAndListen(handlers: string): Promise<{ type: string; detail: Detail }[]> {
  const told: { type: string; detail: Detail }[] = [];
  const bindings = EVENTS.map(name => `bind:${name}="onEvent"`).join(' ');
  const page = await mountPayPage(
    `<pay-button id="p" create-url="/orders" order-payload="{{cart}}" ${handlers} ${bindings}></pay-button>`,
    {
      data: { cart: { goods: 1 }, handlers: JSON.stringify({ paysuccess: 'e1' }) },
      methods: { onEvent: (event: { type: string; detail: Detail }) => void told.push(event) },
    },
  );
  phone.answerPayments({ success: {} });
  await tap(page, 3000);
  return told;
}

test('each detail leads to the handler names when uni-app compiled the page', async () => {
  const told = await payAndListen('e-o="{{handlers}}"');
  expect([...new Set(told.map(({ type }) => type))].sort()).toEqual([...EVENTS].sort());
  for (const { detail } of told) {
    expect(JSON.parse(detail.__ins__?.properties.eO ?? '')).toEqual({ paysuccess: 'e1' });
  }
});

test('a detail has its fields and no component when a uni-app page copies or serializes it', async () => {
  const told = await payAndListen('e-o="{{handlers}}"');
  const success = told.find(({ type }) => type === 'paysuccess');
  expect({ ...success?.detail }).not.toHaveProperty('__ins__');
  expect(JSON.parse(JSON.stringify(success?.detail))).toMatchObject({ tpOrderId: 'T1' });
});

test('a detail has no component when uni-app did not compile the page', async () => {
  const told = await payAndListen('');
  expect(told.filter(({ detail }) => '__ins__' in detail)).toEqual([]);
  expect(told.length).toBeGreaterThan(4);
});
