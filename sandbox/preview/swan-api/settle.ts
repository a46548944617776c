import { DeviceError, type Device } from './device';

export type Options = Record<string, unknown>;

/** The options of a call, or none; anything but an object counts as none. */
export const optionsOf = (given: unknown): Options =>
  given !== null && typeof given === 'object' ? (given as Options) : {};

/** A call's arguments are wrong: errCode 904, as Swan's own checks answer. */
export const argumentError = (name: string, message: string): DeviceError =>
  new DeviceError(904, `${name}:fail parameter error: ${message}`);

function run(device: Device, name: string, callback: unknown, argument: unknown): void {
  if (typeof callback !== 'function') return;
  try {
    callback(argument);
  } catch (error) {
    device.failed(error, `swan.${name} callback`);
  }
}

/** Calls success and complete of the options; what they throw keeps neither from running. */
export function succeed(device: Device, name: string, options: Options, result: unknown): void {
  run(device, name, options.success, result);
  run(device, name, options.complete, result);
}

/** Calls fail and complete of the options. */
export function fail(device: Device, name: string, options: Options, error: unknown): void {
  const { errCode, errMsg } =
    error instanceof DeviceError ? error : new DeviceError(1001, `${name}:fail ${String(error)}`);
  const refusal = { errCode, errMsg };
  run(device, name, options.fail, refusal);
  run(device, name, options.complete, refusal);
}

/** Whether the callbacks are functions, as far as they are given at all. */
export function callbacksFit(options: Options): boolean {
  return ['success', 'fail'].every(name => !options[name] || typeof options[name] === 'function');
}

/**
 * Answers a call like a phone: later, and never as a promise.
 * @param prepare checks the options and makes of them what `work` needs. It runs at once, so that what it throws
 * reaches fail before the call returns, which is how the phone refuses toasts, modals and clipboard texts.
 */
export function answer<Prepared>(
  device: Device,
  name: string,
  given: unknown,
  work: (prepared: Prepared) => unknown,
  prepare: (options: Options) => Prepared,
): void {
  const options = optionsOf(given);
  device.called(name, given);
  let prepared: Prepared;
  try {
    prepared = prepare(options);
  } catch (error) {
    fail(device, name, options, error);
    return;
  }
  const settle = (): void => {
    if (!callbacksFit(options)) {
      fail(device, name, options, new DeviceError(904, 'params type error'));
      return;
    }
    new Promise<unknown>(resolve => resolve(work(prepared))).then(
      result => succeed(device, name, options, result),
      (error: unknown) => fail(device, name, options, error),
    );
  };
  setTimeout(settle, 0);
}

/** The same for calls whose options are checked later, beyond the bridge. */
export function answerLater(
  device: Device,
  name: string,
  given: unknown,
  work: (options: Options) => unknown,
): void {
  answer(device, name, given, work, options => options);
}

/** A required text. */
export function textOf(name: string, options: Options, key: string): string {
  const value = options[key];
  if (typeof value !== 'string' || value === '') throw argumentError(name, `${key} is required`);
  return value;
}
