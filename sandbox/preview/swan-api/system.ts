import { DeviceError, type Device } from './device';
import { answer, answerLater, optionsOf, textOf } from './settle';

/** The device itself: its facts, its bar, its clipboard, its user and its cashier. */
export function createSystem(device: Device, has: (name: string) => boolean) {
  return {
    getSystemInfoSync: (): unknown => {
      device.called('getSystemInfoSync', undefined);
      return device.systemInfo();
    },
    getSystemInfo: (given?: unknown): void =>
      answerLater(device, 'getSystemInfo', given, () => device.systemInfo()),
    /** Knows the functions of this swan object, and nothing about their parameters. */
    canIUse(schema: unknown): boolean {
      if (typeof schema !== 'string') throw new TypeError('canIUse needs a string');
      return has(schema.replace(/^swan\./, '').split('.')[0] ?? '');
    },
    nextTick(work: unknown): void {
      if (typeof work === 'function') setTimeout(() => work(), 0);
    },
    setNavigationBarTitle: (given?: unknown): void =>
      answerLater(device, 'setNavigationBarTitle', given, options =>
        device.navigationBar({ title: textOf('setNavigationBarTitle', options, 'title') }),
      ),
    setNavigationBarColor: (given?: unknown): void =>
      answerLater(device, 'setNavigationBarColor', given, options =>
        device.navigationBar({
          frontColor: textOf('setNavigationBarColor', options, 'frontColor'),
          backgroundColor: textOf('setNavigationBarColor', options, 'backgroundColor'),
        }),
      ),
    setClipboardData: (given?: unknown): void =>
      answer(
        device,
        'setClipboardData',
        given,
        (text: string) => device.clipboard.write(text),
        options => textOf('setClipboardData', options, 'data'),
      ),
    getClipboardData: (given?: unknown): void =>
      answerLater(device, 'getClipboardData', given, async () => ({ data: await device.clipboard.read() })),
    isLoginSync: (): { isLogin: boolean } => {
      device.called('isLoginSync', undefined);
      return { isLogin: device.loggedIn() };
    },
    login: (given?: unknown): void =>
      answerLater(device, 'login', given, () => {
        if (!device.loggedIn()) throw new DeviceError(10004, 'user not logged in');
        return { code: 'preview-login-code' };
      }),
    requestPolymerPayment(given?: unknown): void {
      device.called('requestPolymerPayment', given);
      device.pay(optionsOf(given));
    },
  };
}
