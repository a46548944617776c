/** What an attempt ends as, by what the cashier and the backend said. */
import type { RuleMutation } from './rule-mutation';
import { CASHIER, CASHIER_CALL, CHECKS, EFFECTS, LEDGER, SETTLEMENT, STATE_MACHINE } from './source-files';

export const OUTCOMES_MUTATIONS: RuleMutation[] = [
  {
    rule: 'outcomes: checked where an earlier call of the order had a status-url',
    edits: [{ file: STATE_MACHINE, find: ' && order.statusUrl))', replace: ' && !order))' }],
    noticedBy:
      'order-called-again: a success is verified when the button has no status-url and an earlier call of its order had one',
  },
  {
    rule: 'outcomes: refunded where create-url says so for a new key, too',
    edits: [
      { file: STATE_MACHINE, find: "/^refund/.test(status) ? 'refunded' : 'closed'", replace: "'closed'" },
    ],
    noticedBy:
      'create-responses: a status in the create response › payfail says refunded when create-url says so for the new key, too',
  },
  {
    rule: 'outcomes: refunded ends it early, as a failure',
    edits: [
      {
        file: SETTLEMENT,
        find: "if (reason === 'paid') settle",
        replace: "if (reason === 'paid' || reason === 'refunded') settle",
      },
    ],
    noticedBy: 'resume-pending: resumePending() resolves to refunded when the order was refunded meanwhile',
  },
  {
    rule: 'outcomes: closed not before the window is over',
    edits: [
      { file: LEDGER, find: "if (status === 'closed' && !isAwaited)", replace: "if (status === 'closed')" },
    ],
    noticedBy:
      'outcomes: an order that the backend closed ends its attempt after the confirm window when the cashier says failed (6000 ms)',
  },
  {
    rule: 'outcomes: closed when the window is over',
    edits: [
      {
        file: EFFECTS,
        find: "if (status === 'closed') applyStatus(attempt.state.tpOrderId, status, 'last');",
        replace: '',
      },
    ],
    noticedBy:
      'outcomes: an order that the backend closed ends its attempt after the confirm window when the cashier says failed (6000 ms)',
  },
  {
    rule: 'success: checked until paid, 60 s',
    edits: [{ file: STATE_MACHINE, find: "(result === 'success' && !isSimulated) || ", replace: '' }],
    noticedBy:
      'outcomes: an attempt ends as pending when the cashier says success and no check says paid for 60 s',
  },
  {
    rule: 'success without status-url: not verified',
    edits: [{ file: STATE_MACHINE, find: '(!canCheck || isSimulated)', replace: 'isSimulated' }],
    noticedBy: 'outcomes: paysuccess is unverified when the cashier says success and there is no status-url',
  },
  {
    rule: 'DevTools: one check',
    edits: [{ file: STATE_MACHINE, find: ' && !isSimulated)', replace: ')' }],
    noticedBy:
      'devtools: paysuccess is unverified after one check, and the console warns, when DevTools simulates a success',
  },
  {
    rule: 'DevTools: success, not verified',
    edits: [{ file: STATE_MACHINE, find: '(!canCheck || isSimulated)', replace: '!canCheck' }],
    noticedBy:
      'devtools: paysuccess is unverified after one check, and the console warns, when DevTools simulates a success',
  },
  {
    rule: 'DevTools: one warning',
    edits: [{ file: CASHIER_CALL, find: 'if (!hasWarned)', replace: 'if (true)' }],
    noticedBy: 'devtools: the console warns once when two payments run in DevTools',
  },
  {
    rule: 'DevTools: not with a cashier of configure()',
    edits: [{ file: CASHIER, find: '!settings().requestPayment && isDevtools()', replace: 'isDevtools()' }],
    noticedBy:
      'devtools: a success of configure({ requestPayment }) is not fired before the backend says paid when it runs in DevTools',
  },
  {
    rule: '2: cancel',
    edits: [{ file: CASHIER, find: 'code === 2 || ', replace: '' }],
    noticedBy:
      'outcomes: the cashier says cancel (2) › an attempt ends as cancelled when its one check says unpaid',
  },
  {
    rule: '取消: cancel',
    edits: [{ file: CASHIER, find: 'code === 2 || /取消/.test(message)', replace: 'code === 2' }],
    noticedBy:
      'outcomes: the cashier says cancel (the text 取消) › an attempt ends as cancelled when its one check says unpaid',
  },
  {
    rule: 'cancel: one check',
    edits: [
      {
        file: STATE_MACHINE,
        find: "? 'failureDelays' : null",
        replace: "? 'failureDelays' : result === 'cancel' ? 'failureDelays' : null",
      },
    ],
    noticedBy:
      'outcomes: the cashier says cancel (2) › an attempt ends as cancelled when its one check says unpaid',
  },
  {
    rule: 'cancel, unreachable: may be paid',
    edits: [
      {
        file: STATE_MACHINE,
        find: "cancel(context, 'user', canCheck && status === 'unreachable');",
        replace: "cancel(context, 'user');",
      },
    ],
    noticedBy: 'outcomes: paycancel has mayBePaid when its check fails (lost)',
  },
  {
    rule: '1: paying',
    edits: [{ file: CASHIER, find: "if (code === 1) return 'paying';", replace: '' }],
    noticedBy:
      'outcomes: an attempt ends as pending at once when the cashier says paying (1) and there is no status-url',
  },
  {
    rule: '1: checked until paid, 60 s',
    edits: [{ file: STATE_MACHINE, find: " || result === 'paying';", replace: ';' }],
    noticedBy:
      'outcomes: an attempt succeeds when the cashier says paying (1) and a check says paid within 60 s',
  },
  {
    rule: '6, 3, unlisted: checks at 0, 3, 6 s',
    edits: [{ file: STATE_MACHINE, find: "result === 'failed' ? 'failureDelays' : null", replace: 'null' }],
    noticedBy:
      'outcomes: the cashier fails (6) › payfail has mayBePaid when three checks within 6 s say unpaid',
  },
  {
    rule: '6, 3, unlisted: a failure that may be paid',
    edits: [
      {
        file: STATE_MACHINE,
        find: '? isInDoubt(order)',
        replace: '? !!order.outcome',
      },
    ],
    noticedBy: 'outcomes: the cashier fails (6) › payfail has mayBePaid at once when there is no status-url',
  },
  {
    rule: '5: not-logged-in',
    edits: [{ file: CASHIER, find: "if (code === 5) return 'not-logged-in';", replace: '' }],
    noticedBy:
      'outcomes: with status-url › payfail has reason not-logged-in without mayBePaid when the cashier says 5',
  },
  {
    rule: 'never opened: rejected',
    edits: [{ file: CASHIER, find: '101 201 202 301 302 401 402 403 904 1001 1002', replace: '904' }],
    noticedBy:
      'outcomes: with status-url › payfail has reason rejected without mayBePaid when the cashier says 201 as number or text',
  },
  {
    rule: 'nothing: lost, pending',
    edits: [{ file: CASHIER_CALL, find: "if (attempt) dispatch(attempt, { type: 'lost' });", replace: '' }],
    noticedBy:
      'outcomes: with status-url › an attempt ends as pending when the cashier gives no answer for 15 min',
  },
  {
    rule: 'windows begin with the first delay',
    edits: [{ file: SETTLEMENT, find: 'if (delays[0]) wait(delays);\n  else next', replace: 'next' }],
    noticedBy:
      'configure: the first check after a failure waits when the first of configure({ timing: { failureDelays } }) is not 0',
  },
  {
    rule: 'an order whose outcome waits is settled once',
    edits: [{ file: SETTLEMENT, find: ' || (order.settled && !isCorrected(order, status))', replace: '' }],
    noticedBy:
      'outcome-delivery: configure({ onOutcome }) receives a success once when two checks say paid before a button is there to receive it',
  },
  {
    rule: 'polling ends when its order is gone',
    edits: [{ file: SETTLEMENT, find: "onEnd('unreachable');", replace: '' }],
    noticedBy:
      'resume-pending: resumePending() resolves to pending when a day has passed and the backend still says unpaid',
  },
  {
    rule: 'windows end by time as well',
    edits: [{ file: SETTLEMENT, find: 'rest.length < 2 || elapsed() >= total', replace: 'rest.length < 2' }],
    noticedBy:
      'confirm-window: an attempt ends as pending after the window of 60 s when every check times out',
  },
  {
    rule: 'windows end with a last check',
    edits: [
      {
        file: SETTLEMENT,
        find: 'Math.max(0, Math.min(rest[0] as number, total - elapsed()))',
        replace: '(rest[0] as number)',
      },
    ],
    noticedBy: 'confirm-window: an attempt succeeds when the check at the end of the window says paid',
  },
  {
    rule: 'late or not, paid is the truth',
    edits: [
      {
        file: CHECKS,
        find: 'onStatus, apply);',
        replace: 'onStatus, () => undefined);',
      },
    ],
    noticedBy: 'confirm-window: an attempt succeeds when a status response arrives after statusTimeout',
  },
  {
    rule: 'a second success of the same call does not prolong the window',
    edits: [
      {
        file: STATE_MACHINE,
        find: " || attempt.answer.result === 'success'))\n      return;",
        replace: ')) return;',
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › an attempt ends as pending after 60 s when the host repeats its success and no check says paid',
  },
  {
    rule: 'DevTools: a late success is checked once',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'else if (isSimulated()) pollStatus(order, [0], settleUnverified);\n',
        replace: '',
      },
    ],
    noticedBy: 'late-callbacks: a late success fires an unverified paysuccess when DevTools simulates it',
  },
  {
    rule: 'a clock that is set back does not end a window',
    edits: [{ file: SETTLEMENT, find: 'Math.max(0, time - last)', replace: 'Math.abs(time - last)' }],
    noticedBy: 'confirm-window: an attempt succeeds when the device clock is set back during the window',
  },
];
