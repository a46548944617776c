/** Reads a script of faults that somebody has sent. */
import {
  API_FAULTS,
  API_METHODS,
  noFaults,
  NOTIFICATION_FAULTS,
  NOTIFICATION_KINDS,
  REFUND_RESULTS,
  type FaultScript,
  type PaymentStep,
} from './faults';
import { isOutcomeName, OUTCOMES } from './outcomes';

export class FaultScriptError extends Error {
  override readonly name = 'FaultScriptError';
}

const MAX_STEPS = 1000;
const MAX_WAIT = 600_000;

/**
 * Reads the body of `PUT _faults`. Absent parts are empty, so `{}` clears everything.
 *
 * @throws FaultScriptError naming the part that is wrong and what it may be
 */
export function parseFaults(body: unknown): FaultScript {
  const none = noFaults();
  const fields = object(body, 'The body', Object.keys(none));
  return {
    payments: list(fields.payments, 'payments', payment),
    always: fields.always === undefined ? none.always : payment(fields.always, 'always'),
    promoMoney: integer(fields.promoMoney, 'promoMoney', Number.MAX_SAFE_INTEGER),
    notifications: list(fields.notifications, 'notifications', (item, path) => {
      const part = object(item, path, ['kind', 'fault', 'ms']);
      return {
        kind: choice(part.kind ?? 'pay', `${path}.kind`, NOTIFICATION_KINDS),
        fault: choice(part.fault, `${path}.fault`, NOTIFICATION_FAULTS),
        ms: integer(part.ms, `${path}.ms`, MAX_WAIT),
      };
    }),
    api: list(fields.api, 'api', (item, path) => {
      const part = object(item, path, ['method', 'fault', 'code', 'ms']);
      return {
        method: choice(part.method, `${path}.method`, API_METHODS),
        fault: choice(part.fault, `${path}.fault`, API_FAULTS),
        code: integer(part.code, `${path}.code`, 99_999_999),
        ms: integer(part.ms, `${path}.ms`, MAX_WAIT),
      };
    }),
    refunds: list(fields.refunds, 'refunds', (item, path) => choice(item, path, REFUND_RESULTS)),
  };
}

function payment(value: unknown, path: string): PaymentStep {
  const step = typeof value === 'string' ? { outcome: value } : object(value, path, ['outcome', 'sheet']);
  const { outcome } = step;
  if (outcome === 'sheet') return { outcome, sheet: true };
  if (!isOutcomeName(outcome)) {
    throw new FaultScriptError(
      `${path} must be one of sheet, ${Object.keys(OUTCOMES).join(', ')}; got ${shown(outcome)}`,
    );
  }
  const sheet = 'sheet' in step ? step.sheet : false;
  if (typeof sheet !== 'boolean') throw new FaultScriptError(`${path}.sheet must be true or false`);
  return { outcome, sheet };
}

function object(value: unknown, path: string, known: string[]): Record<string, unknown> {
  if (!value || typeof value !== 'object' || Array.isArray(value)) {
    throw new FaultScriptError(`${path} must be a JSON object with ${known.join(', ')}`);
  }
  const unknown = Object.keys(value).find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new FaultScriptError(`${path} has the unknown part ${shown(unknown)}; known: ${known.join(', ')}`);
  }
  return value as Record<string, unknown>;
}

function list<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new FaultScriptError(`${path} must be a list`);
  if (value.length > MAX_STEPS) throw new FaultScriptError(`${path} may hold at most ${MAX_STEPS} entries`);
  return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
}

function choice<T extends string>(value: unknown, path: string, allowed: readonly T[]): T {
  const found = allowed.find(one => one === value);
  if (found === undefined) {
    throw new FaultScriptError(`${path} must be one of ${allowed.join(', ')}; got ${shown(value)}`);
  }
  return found;
}

function integer(value: unknown, path: string, max: number): number {
  if (value === undefined) return 0;
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > max) {
    throw new FaultScriptError(`${path} must be a whole number from 0 to ${max}; got ${shown(value)}`);
  }
  return value as number;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}
