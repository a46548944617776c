/** What configure() takes, and what it says of the rest. */
import { DEFAULTS, settings, text, TIMING, timing } from '../../../utils/config/config';
import { configure } from '../../../utils/config/configure';
import en from '../../../utils/config/locale/en';
import { getAppState } from '../../../utils/host/app-state';

const complaints: string[] = [];
let spy: jest.SpyInstance;

beforeEach(() => {
  complaints.length = 0;
  spy = jest.spyOn(console, 'error').mockImplementation((words: string) => complaints.push(words));
});

afterEach(() => {
  configure(Object.fromEntries(Object.keys(settings()).map(key => [key, undefined])));
  spy.mockRestore();
});

/** As a page in JavaScript may call it. */
const pass = (wrong: unknown): void => configure(wrong as object);

describe('configure()', () => {
  test('sets what is given, leaves the rest, and is silent when all of it is right', () => {
    configure({
      baseUrl: 'https://shop.example',
      header: () => ({ cookie: 'a' }),
      userId: 7,
      timing: { minCallInterval: 2000 },
    });
    configure({ outcomes: { 7: 'cancel' }, idempotencyHeader: null, onTrace: null });
    expect(settings()).toMatchObject({
      ...{ baseUrl: 'https://shop.example', userId: 7, idempotencyHeader: null },
      outcomes: { 7: 'cancel' },
    });
    expect(timing()).toEqual({ ...TIMING, minCallInterval: 2000 });
    expect(complaints).toEqual([]);
  });

  test('merges messages, timing and outcomes key by key when it is called again', () => {
    configure({ messages: en, timing: { createTimeout: 1, statusTimeout: 2 }, outcomes: { 6: 'cancel' } });
    configure({ messages: { idle: 'Buy' }, timing: { statusTimeout: 3 }, outcomes: { 7: 'failed' } });
    expect([text('idle'), text('paid')]).toEqual(['Buy', 'Paid']);
    expect(timing()).toEqual({ ...TIMING, createTimeout: 1, statusTimeout: 3 });
    expect(settings().outcomes).toEqual({ 6: 'cancel', 7: 'failed' });
  });

  test('puts a setting back to its default when it is given as undefined', () => {
    configure({ idempotencyHeader: 'X-Key', userId: 'anna', messages: en });
    configure({ idempotencyHeader: undefined, userId: undefined, messages: undefined });
    expect(settings()).toEqual(DEFAULTS);
    expect(text('idle')).toBe('立即支付');
  });

  test('puts one text, time or code back when that is given as undefined', () => {
    configure({
      messages: { idle: 'Buy', paid: 'Done' },
      timing: { createTimeout: 1, recordTtl: 2 },
      outcomes: { 6: 'cancel', 7: 'failed' },
    });
    pass({
      messages: { idle: undefined },
      timing: { createTimeout: undefined },
      outcomes: { 6: undefined },
    });
    expect([text('idle'), text('paid')]).toEqual(['立即支付', 'Done']);
    expect(timing()).toEqual({ ...TIMING, recordTtl: 2 });
    expect(settings().outcomes).toEqual({ 7: 'failed' });
    expect(complaints).toEqual([]);
  });

  test('keeps a text silent when it is given as an empty one', () => {
    configure({ messages: { cancel: '' } });
    expect(text('cancel')).toBe('');
  });

  test.each<[string, object, string]>([
    [
      'a name that is none',
      { baseURL: 'https://shop.example' },
      'there is no such setting, there are baseUrl, header,',
    ],
    ['the old name of userId', { owner: 'ann' }, 'there is no such setting'],
    ['the old name of requestAdapter', { request: () => undefined }, 'there is no such setting'],
    ['a language by its name', { locale: 'en' }, 'there is no such setting'],
    ['a name that every object has', { toString: 'x' }, 'there is no such setting'],
    ['a text for an object', { header: 'cookie' }, 'it must be object, function or null, not string'],
    ['null for an object', { messages: null }, 'it must be object, not null'],
    ['null for a text', { baseUrl: null }, 'it must be string, not null'],
    ['an object for a function', { requestAdapter: {} }, 'it must be function or null, not object'],
    ['a list for a user', { userId: [] }, 'it must be string, number or null, not object'],
    [
      'a time that is none',
      { timing: { watchdog: 1 } },
      'there is no watchdog, there are createTimeout, statusTimeout,',
    ],
    ['a time in words', { timing: { createTimeout: '15000' } }, 'createTimeout must be ms, below 2147483648'],
    ['a time before now', { timing: { statusTimeout: -1 } }, 'statusTimeout must be ms'],
    ['a time that is not a number', { timing: { recordTtl: NaN } }, 'recordTtl must be ms'],
    ['a time that no timer can wait', { timing: { callTimeout: 2 ** 31 } }, 'callTimeout must be ms'],
    ['one time for many', { timing: { confirmDelays: 5000 } }, 'confirmDelays must be an array of ms'],
    [
      'many times, one of them none',
      { timing: { failureDelays: [0, '3000'] } },
      'failureDelays must be an array of ms',
    ],
    ['a meaning that is none', { outcomes: { 6: 'fail' } }, '6 must be success, cancel, paying,'],
  ])('names %s and keeps what was there', (_what, wrong, words) => {
    const before = { ...settings(), timing: timing() };
    pass(wrong);
    expect(complaints).toEqual([
      expect.stringContaining(`swan-cashier: configure({ ${Object.keys(wrong)[0]} }) is ignored: ${words}`),
    ]);
    expect({ ...settings(), timing: timing() }).toEqual(before);
  });

  test('sets the others when one setting is wrong', () => {
    pass({ baseUrl: 5, userId: 'anna' });
    expect(settings()).toMatchObject({ baseUrl: '', userId: 'anna' });
  });

  test.each([undefined, null, 'https://shop.example', 5])(
    'changes nothing and throws nothing when it is called with %p',
    nothing => {
      const before = settings();
      expect(() => pass(nothing)).not.toThrow();
      expect(settings()).toEqual(before);
    },
  );

  test('does not hand out what a caller may change afterwards', () => {
    const messages = { idle: 'Buy' };
    configure({ messages });
    messages.idle = 'Sell';
    expect(text('idle')).toBe('Buy');
  });
});

describe('the payments under way', () => {
  test('are told of every change of a setting, at once and when the App is there', () => {
    jest.useFakeTimers();
    const configChanged = jest.fn();
    getAppState().manager = { configChanged };
    configure({ userId: 'ann' });
    expect(configChanged).toHaveBeenCalledTimes(1);
    jest.runAllTimers();
    expect(configChanged).toHaveBeenCalledTimes(2);
    delete getAppState().manager;
    jest.useRealTimers();
  });
});
