/** What configure() takes, and what it says of the rest. */
import { DEFAULTS, settings, text, TIMING, timing } from '../../../utils/config/config';
import { configure } from '../../../utils/config/configure';
import en from '../../../utils/config/locale/en';
import { getAppState } from '../../../utils/host/app-state';

const consoleErrors: string[] = [];
let spy: jest.SpyInstance;

beforeEach(() => {
  consoleErrors.length = 0;
  spy = jest.spyOn(console, 'error').mockImplementation((words: string) => consoleErrors.push(words));
});

afterEach(() => {
  configure(Object.fromEntries(Object.keys(settings()).map(key => [key, undefined])));
  spy.mockRestore();
});

/** As a page in JavaScript may call it. */
const pass = (wrong: unknown): void => configure(wrong as object);

describe('configure()', () => {
  test('sets the given settings without a console error when all are valid', () => {
    configure({
      baseUrl: 'https://shop.example',
      header: () => ({ cookie: 'a' }),
      userId: 7,
      timing: { minCallInterval: 2000 },
    });
    configure({ outcomes: { 7: 'cancel' }, idempotencyHeader: null, onTrace: null });
    expect(settings()).toMatchObject({
      baseUrl: 'https://shop.example',
      userId: 7,
      idempotencyHeader: null,
      outcomes: { 7: 'cancel' },
    });
    expect(timing()).toEqual({ ...TIMING, minCallInterval: 2000 });
    expect(consoleErrors).toEqual([]);
  });

  test('sets the given settings when console.error calls settings() and configure()', () => {
    spy.mockImplementation(() => {
      settings();
      if (settings().userId === '') configure({ userId: 'ann' });
    });
    configure({ wrong: 1, idempotencyHeader: 'X-Key' } as object);
    expect(settings()).toMatchObject({ userId: 'ann', idempotencyHeader: 'X-Key' });
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
    expect(settings()).toEqual({ ...DEFAULTS, timing: TIMING });
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
    expect(consoleErrors).toEqual([]);
  });

  test('keeps a text silent when it is given as an empty one', () => {
    configure({ messages: { cancel: '' } });
    expect(text('cancel')).toBe('');
  });

  test.each<[string, object, string, string]>([
    ['an unknown name', { baseURL: 'https://shop.example' }, 'baseURL', 'named one of baseUrl, header,'],
    ['the old name of userId', { owner: 'ann' }, 'owner', 'named one of '],
    ['the old name of requestAdapter', { request: () => undefined }, 'request', 'named one of '],
    ['a language by its name', { locale: 'en' }, 'locale', 'named one of '],
    ['a name that every object has', { toString: 'x' }, 'toString', 'named one of '],
    ['a text for an object', { header: 'cookie' }, 'header', 'object, function or null'],
    ['null for an object', { messages: null }, 'messages', 'object'],
    ['null for a text', { baseUrl: null }, 'baseUrl', 'string'],
    ['an object for a function', { requestAdapter: {} }, 'requestAdapter', 'function or null'],
    ['a list for a user', { userId: [] }, 'userId', 'string, number or null'],
    [
      'a time that is none',
      { timing: { watchdog: 1 } },
      'timing.watchdog',
      'named one of createTimeout, statusTimeout,',
    ],
    [
      'a time that every object has',
      { timing: { valueOf: 1 } },
      'timing.valueOf',
      'named one of createTimeout,',
    ],
    ['a time in words', { timing: { createTimeout: '15000' } }, 'timing.createTimeout', 'ms'],
    ['many times for one', { timing: { createTimeout: [15000] } }, 'timing.createTimeout', 'ms'],
    ['a time before now', { timing: { statusTimeout: -1 } }, 'timing.statusTimeout', 'ms'],
    ['a time that is not a number', { timing: { recordTtl: NaN } }, 'timing.recordTtl', 'ms'],
    ['a time that no timer can wait', { timing: { callTimeout: 2 ** 31 } }, 'timing.callTimeout', 'ms'],
    ['one time for many', { timing: { confirmDelays: 5000 } }, 'timing.confirmDelays', 'an array of ms'],
    [
      'many times, one of them none',
      { timing: { failureDelays: [0, '3'] } },
      'timing.failureDelays',
      'an array of ms',
    ],
    ['a text that is none', { messages: { idle: 5 } }, 'messages.idle', 'text'],
    ['a question without words', { messages: { askSame: '' } }, 'messages.askSame', 'text'],
    ['a long button', { messages: { askConfirm: '我还是要支付' } }, 'messages.askConfirm', '1 to 4'],
    ['an empty button', { messages: { askCancel: '' } }, 'messages.askCancel', 'text'],
    [
      'a meaning that is none',
      { outcomes: { 6: 'fail' } },
      'outcomes.6',
      'success, cancel, paying, rejected,',
    ],
  ])('names the setting and keeps the others when it gets %s', (_what, wrong, name, expected) => {
    const before = { settings: settings(), timing: timing(), idle: text('idle') };
    pass(wrong);
    expect(consoleErrors).toEqual([
      expect.stringContaining(`swan-cashier: configure({ ${name} }) is ignored: it must be ${expected}`),
    ]);
    const after = { settings: settings(), timing: timing(), idle: text('idle') };
    expect(after).toEqual(before);
  });

  test('sets the other times, texts and codes when one of them is wrong', () => {
    pass({ timing: { createTimeout: 'soon', statusTimeout: 7 }, outcomes: { 6: 'fail', 7: 'cancel' } });
    expect([timing().createTimeout, timing().statusTimeout]).toEqual([TIMING.createTimeout, 7]);
    expect(settings().outcomes).toEqual({ 7: 'cancel' });
    expect(consoleErrors).toHaveLength(2);
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

  test('keeps its copy when the caller changes the object afterwards', () => {
    const messages = { idle: 'Buy' };
    configure({ messages });
    messages.idle = 'Sell';
    expect(text('idle')).toBe('Buy');
  });
});

describe('running payments', () => {
  test.each([0, 100])('get a change at once, and again when the App appears after %i ms', ms => {
    jest.useFakeTimers();
    const configChanged = jest.fn();
    getAppState().manager = { configChanged };
    configure({ userId: 'ann' });
    expect(configChanged).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(ms);
    const app = { __swanCashier2: getAppState() };
    Object.assign(globalThis, { getApp: () => app });
    jest.runAllTimers();
    expect(configChanged).toHaveBeenCalledTimes(2);
    delete getAppState().manager;
    Object.assign(globalThis, { getApp: undefined });
    jest.useRealTimers();
  });

  test('set no timer any more when there is never an App', () => {
    jest.useFakeTimers();
    configure({ userId: 'ann' });
    jest.advanceTimersByTime(5000);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
