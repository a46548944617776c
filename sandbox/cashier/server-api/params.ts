import { BusinessError } from '../http';
import { notifyUrlProblem } from '../services';
import type { Settings } from '../settings';

/**
 * Reads the parameters of one call, from its query and its form body together: the documents call everything "query", the
 * SDKs use the body. Unknown ones (sp_sdk_ver, …) are left alone. An empty value counts as absent: the Go SDK sends some.
 */
export class Params {
  constructor(
    private readonly values: Record<string, string>,
    private readonly errno: Settings['errno'],
  ) {}

  optional(name: string): string | undefined {
    return this.values[name] || undefined;
  }

  text(name: string, maxLength = 256): string {
    const value = this.optional(name);
    if (value === undefined) throw new BusinessError(this.errno.parameterMissing, `参数为空: ${name}`);
    if (value.length > maxLength) this.throwInvalid(name, `at most ${maxLength} characters`);
    return value;
  }

  /** An id or an amount: digits that a number holds exactly. */
  integer(name: string): number {
    const value = Number(/^\d{1,16}$/.test(this.text(name)) ? this.text(name) : NaN);
    if (!Number.isSafeInteger(value)) this.throwInvalid(name, `digits, at most ${Number.MAX_SAFE_INTEGER}`);
    return value;
  }

  oneOf(name: string, allowed: string[]): string {
    const value = this.text(name);
    if (!allowed.includes(value)) this.throwInvalid(name, `one of ${allowed.join(', ')}`);
    return value;
  }

  /** @returns '' when there is none, and the console's is used */
  notifyUrl(name: string, consoleUrl: string | null, hosts: Settings['notifyHosts']): string {
    const url = this.optional(name) ?? '';
    const problem = notifyUrlProblem(url, consoleUrl, hosts);
    if (problem) throw new BusinessError(this.errno.parameterInvalid, `参数错误: ${name}: ${problem.en}`);
    return url;
  }

  /** @throws BusinessError always */
  throwInvalid(name: string, expected: string): never {
    throw new BusinessError(this.errno.parameterInvalid, `参数错误: ${name} must be ${expected}`);
  }
}

/**
 * Joins query and body.
 *
 * @returns what is wrong with a parameter, instead of them: two values, a NUL, or bytes that are no UTF-8
 */
export function joinParams(
  query: URLSearchParams,
  body: URLSearchParams,
): { values: Record<string, string> } | { problem: string } {
  const values = new Map<string, string>();
  for (const [name, value] of [...query, ...body]) {
    if (values.has(name) && values.get(name) !== value) return { problem: `${name} is given twice` };
    if (value.includes('\0')) return { problem: `${name} holds a NUL` };
    // What a decoder makes of bytes that it cannot read.
    if (value.includes('\uFFFD')) return { problem: `${name} is not UTF-8, the only charset of Baidu` };
    values.set(name, value);
  }
  return { values: Object.fromEntries(values) };
}
