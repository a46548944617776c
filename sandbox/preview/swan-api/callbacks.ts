import { messageOf } from '../../error-message';
import { HostError, type HostAdapter } from './host-adapter';

export type Options = Record<string, unknown>;

/** The options of a call, or none; anything but an object counts as none. */
export const getOptions = (given: unknown): Options =>
  given !== null && typeof given === 'object' ? (given as Options) : {};

/** A call's arguments are wrong: errCode 904, as Swan's own checks answer. */
export const argumentError = (name: string, message: string): HostError =>
  new HostError(904, `${name}:fail parameter error: ${message}`);

function run(host: HostAdapter, name: string, callback: unknown, argument: unknown): void {
  if (typeof callback !== 'function') return;
  try {
    callback(argument);
  } catch (error) {
    host.onError(error, `swan.${name} callback`);
  }
}

/** Calls success and complete of the options; what they throw keeps neither from running. */
export function succeed(host: HostAdapter, name: string, options: Options, result: unknown): void {
  run(host, name, options.success, result);
  run(host, name, options.complete, result);
}

/** An error as the mini-program gets it. */
export function refusalOf(name: string, error: unknown): { errCode: number | string; errMsg: string } {
  const { errCode, errMsg } =
    error instanceof HostError ? error : new HostError(1001, `${name}:fail ${messageOf(error)}`);
  return { errCode, errMsg };
}

/** Calls fail and complete of the options. */
export function fail(host: HostAdapter, name: string, options: Options, error: unknown): void {
  const refusal = refusalOf(name, error);
  run(host, name, options.fail, refusal);
  run(host, name, options.complete, refusal);
}

/** Whether the callbacks are functions, as far as they are given at all. */
export function areCallbacksValid(options: Options): boolean {
  return ['success', 'fail'].every(name => !options[name] || typeof options[name] === 'function');
}

/**
 * Carries out a call like a phone: later, and never with a promise.
 * @param call.prepare checks the options and makes of them what `work` needs. It runs at once: what it throws reaches fail
 * before the call returns, which is how the phone refuses toasts, modals and clipboard texts.
 */
export function callAsync<Prepared>(
  host: HostAdapter,
  name: string,
  given: unknown,
  call: { prepare(options: Options): Prepared; work(prepared: Prepared): unknown },
): void {
  const options = getOptions(given);
  host.onCall(name, given);
  let prepared: Prepared;
  try {
    prepared = call.prepare(options);
  } catch (error) {
    fail(host, name, options, error);
    return;
  }
  const settle = (): void => {
    if (!areCallbacksValid(options)) {
      fail(host, name, options, new HostError(904, 'params type error'));
      return;
    }
    new Promise<unknown>(resolve => resolve(call.work(prepared))).then(
      result => succeed(host, name, options, result ?? {}),
      (error: unknown) => fail(host, name, options, error),
    );
  };
  setTimeout(settle, 0);
}

/** Like callAsync, for calls whose options are checked in the native layer, so that errors arrive later. */
export function callAsyncUnchecked(
  host: HostAdapter,
  name: string,
  given: unknown,
  work: (options: Options) => unknown,
): void {
  callAsync(host, name, given, { prepare: options => options, work });
}

/** A value that the native layer asks for, which may be empty. */
export function requireValue(options: Options, key: string): unknown {
  const value = options[key];
  if (value === undefined || value === null)
    throw new HostError(904, `[jsNative Argument Error]${key} is required.`);
  return value;
}

/** A required text; a number is one, but for 0. */
export function requireText(name: string, options: Options, key: string): string {
  const value = options[key];
  if (!value) throw argumentError(name, `${key} is required`);
  return String(value);
}
