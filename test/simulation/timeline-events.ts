/** Short names for what scenarios expect of a timeline: `expect(scenario.takeEvents()).toMatchObject([...])`. */
type Detail = Record<string, unknown>;

interface ExpectedEvent {
  on?: string;
  event: string;
  detail: Detail;
}

const event =
  (name: string) =>
  (detail: Detail = {}): ExpectedEvent => ({ event: name, detail });

const ofOrder =
  (name: string) =>
  (tpOrderId: string, detail: Detail = {}): ExpectedEvent => ({
    event: name,
    detail: { tpOrderId, ...detail },
  });

export const paytap = (phase: string): ExpectedEvent => event('paytap')({ phase });
export const phase = (previous: string, next: string): ExpectedEvent =>
  event('statechange')({ previous, phase: next });
export const ordercreated = ofOrder('ordercreated');
export const paysuccess = ofOrder('paysuccess');
export const paycancel = ofOrder('paycancel');
export const payfail = ofOrder('payfail');
export const paypending = ofOrder('paypending');
export const paycomplete = (outcome: string, detail: Detail = {}): ExpectedEvent =>
  event('paycomplete')({ outcome, ...detail });

/** The same, delivered to the component of that label. */
export const on = (label: string, expected: ExpectedEvent): ExpectedEvent => ({ on: label, ...expected });
