/** What configure() takes, and what it says of the rest. */
import { settings, timing } from '../../../utils/config';
import { configure } from '../../../utils/configure';

const complaints: string[] = [];
let spy: jest.SpyInstance;

beforeEach(() => {
  complaints.length = 0;
  spy = jest.spyOn(console, 'error').mockImplementation((text: string) => complaints.push(text));
});

afterEach(() => {
  configure(Object.fromEntries(Object.keys(settings()).map(key => [key, undefined])));
  spy.mockRestore();
});

/** As a page in JavaScript may call it. */
const say = (wrong: unknown): void => configure(wrong as object);

test('sets what is given, leaves the rest, and says nothing', () => {
  configure({
    baseUrl: 'https://shop.example',
    header: () => ({ cookie: 'a' }),
    owner: 7,
    timing: { guard: 2000 },
  });
  configure({ locale: 'en', outcomes: { 7: 'cancel' }, idempotencyHeader: null, onTrace: null });
  expect(settings()).toMatchObject({
    ...{ baseUrl: 'https://shop.example', owner: 7, locale: 'en', idempotencyHeader: null },
    outcomes: { 7: 'cancel' },
  });
  expect(timing()).toMatchObject({ guard: 2000, order: 15000 });
  expect(complaints).toEqual([]);
});

test('undefined puts a setting back to its default', () => {
  configure({ idempotencyHeader: 'X-Key', owner: 'anna' });
  configure({ idempotencyHeader: undefined, owner: undefined });
  expect(settings()).toMatchObject({ idempotencyHeader: 'Idempotency-Key', owner: '' });
});

test.each<[string, object, string]>([
  [
    'a name that is none',
    { baseURL: 'https://shop.example' },
    'there is no baseURL, there are baseUrl, header,',
  ],
  ['a name that every object has', { toString: 'x' }, 'there is no toString'],
  ['a text for an object', { header: 'cookie' }, 'it must be object, function or null, not string'],
  ['null for an object', { messages: null }, 'it must be object, not null'],
  ['an object for a function', { request: {} }, 'it must be function or null, not object'],
  ['a language that is not there', { locale: 'zh_CN' }, 'it must be zh-CN or en, not zh_CN'],
  ['a time that is none', { timing: { gaurd: 1 } }, 'there is no gaurd, there are order, look,'],
  ['a time in words', { timing: { order: '15000' } }, 'order must be ms, below 2147483648'],
  ['a time before now', { timing: { look: -1 } }, 'look must be ms'],
  ['a time that no timer can wait', { timing: { watchdog: Infinity } }, 'watchdog must be ms'],
  ['one time for many', { timing: { confirm: 5000 } }, 'confirm must be an array of ms'],
  [
    'many times, one of them none',
    { timing: { shortConfirm: [0, '3000'] } },
    'shortConfirm must be an array of ms',
  ],
  ['a meaning that is none', { outcomes: { 6: 'fail' } }, '6 must be success, cancel, paying,'],
])('%s is named, and what was there stays', (_what, wrong, words) => {
  const before = { ...settings(), timing: timing() };
  say(wrong);
  expect(complaints).toEqual([
    expect.stringContaining(`swan-cashier: configure({ ${Object.keys(wrong)[0]} }) is ignored: ${words}`),
  ]);
  expect({ ...settings(), timing: timing() }).toEqual(before);
});

test('one wrong setting does not keep the others from being set', () => {
  say({ baseUrl: 5, owner: 'anna' });
  expect(settings()).toMatchObject({ baseUrl: '', owner: 'anna' });
});

test.each([undefined, null, 'https://shop.example', 5])(
  '%p configures nothing and throws nothing',
  nothing => {
    const before = settings();
    expect(() => say(nothing)).not.toThrow();
    expect(settings()).toEqual(before);
  },
);
