/** Events of the components on a page that uni-app compiled from Vue 3: its only handler looks into the detail. */
import { open, phone, startApp, stopApp, tap } from '../helpers/pay-button-page';

interface Instance {
  properties: { eO?: string };
}
type Detail = Record<string, unknown> & { __ins__?: Instance };

const own = globalThis as unknown as { Component(definition: { properties: object }): void };
const { Component } = own;

/** uni-app puts itself in the place of Component() and gives each component the property that names the handlers. */
beforeEach(() => {
  startApp();
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
  const page = await open(
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

test('a page of uni-app finds the names of its handlers by each event', async () => {
  const told = await payAndListen('e-o="{{handlers}}"');
  expect([...new Set(told.map(({ type }) => type))].sort()).toEqual([...EVENTS].sort());
  for (const { detail } of told) {
    expect(JSON.parse(detail.__ins__?.properties.eO ?? '')).toEqual({ paysuccess: 'e1' });
  }
});

test('a page of uni-app that copies or logs a detail gets what the event is about, and no component', async () => {
  const told = await payAndListen('e-o="{{handlers}}"');
  const success = told.find(({ type }) => type === 'paysuccess');
  expect({ ...success?.detail }).not.toHaveProperty('__ins__');
  expect(JSON.parse(JSON.stringify(success?.detail))).toMatchObject({ tpOrderId: 'T1' });
});

test('a page that uni-app did not compile gets no component in a detail', async () => {
  const told = await payAndListen('');
  expect(told.filter(({ detail }) => '__ins__' in detail)).toEqual([]);
  expect(told.length).toBeGreaterThan(4);
});
