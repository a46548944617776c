import type { FaultScript } from '../fault-script';
import type { OutcomeName } from '../payment-outcomes';
import type { SheetOrCallbacks } from '../payments';
import type { CashierState } from '../cashier-state';
import { currentLocale } from './labels';

/** The routes of the cashier's server that its pages call. */
export interface CashierApi {
  /** where the cashier is mounted: /baidu */
  path: string;
  open(orderInfo: unknown, bannedChannels: unknown): Promise<SheetOrCallbacks>;
  pay(orderInfo: unknown, channel: string): Promise<SheetOrCallbacks>;
  /** @param limit newest orders at most */
  state(limit: number): Promise<CashierState>;
  faults(): Promise<FaultScript>;
  setFaults(script: Partial<FaultScript>): Promise<FaultScript>;
  /** ends a call that waits for the developer's decision */
  decide(callId: string, outcome: OutcomeName): Promise<unknown>;
  /** sends a notification at once, also one that was sent before */
  resend(id: number): Promise<unknown>;
}

/** Every call rejects when the server does not answer or refuses. */
export function cashierApi(path: string): CashierApi {
  const call = async <T>(method: string, route: string, body?: unknown): Promise<T> => {
    const response = await fetch(path + route, {
      method,
      headers: {
        'accept-language': currentLocale(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const envelope = (await response.json()) as { errno: number; msg: string; data: T };
    if (envelope.errno !== 0) throw new Error(envelope.msg);
    return envelope.data;
  };
  return {
    path,
    open: (orderInfo, bannedChannels) => call('POST', '/cashier/open', { orderInfo, bannedChannels }),
    pay: (orderInfo, channel) => call('POST', '/cashier/pay', { orderInfo, channel }),
    state: limit => call('GET', `/_state?limit=${limit}`),
    faults: () => call('GET', '/_faults'),
    setFaults: script => call('PUT', '/_faults', script),
    decide: (callId, outcome) => call('POST', `/cashier/calls/${callId}`, { outcome }),
    resend: id => call('POST', '/_resend', { id }),
  };
}
