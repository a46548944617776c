/** The call of the cashier: when it may be made, while it has no answer, and adapters in its place. */
import type { RuleMutation } from './rule-mutation';
import {
  CASHIER,
  CASHIER_CALL,
  CHECKS,
  COMPONENT_REGISTRY,
  EFFECTS,
  MANAGER,
  SETTLEMENT,
  STATE_MACHINE,
  SWAN,
  PAY,
  CALL_CONDITIONS,
} from './source-files';

export const CALL_MUTATIONS: RuleMutation[] = [
  // ---- One attempt

  {
    rule: 'one attempt before the cashier: a newer tap ends it',
    edits: [
      {
        file: EFFECTS,
        find: "if (current) dispatch(current, { type: 'cancel', by: 'superseded' });",
        replace: '',
      },
    ],
    noticedBy:
      'newer-tap: an attempt is superseded when another button of its page is tapped during the create request',
  },
  {
    rule: 'every attempt of an order ends with it',
    edits: [
      {
        file: SETTLEMENT,
        find: 'endedAttempts.forEach(attempt =>',
        replace: 'endedAttempts.slice(0, 1).forEach(attempt =>',
      },
    ],
    noticedBy:
      'several-buttons: two attempts of one order end together without a second call when it is paid while the second shows the question (no)',
  },
  {
    rule: 'an attempt reads its button with what pay() was given',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: 'button.read(attempt.request.input)',
        replace: 'button.read(button.request.input)',
      },
      {
        file: PAY,
        find: '  const delivered =',
        replace: '  button.request = request;\n  const delivered =',
      },
    ],
    noticedBy:
      'several-buttons: pay() with another order-key succeeds when its button is paid and is tapped meanwhile',
  },
  {
    rule: 'pay() on a page below does not cancel the attempt of the page in front',
    edits: [{ file: PAY, find: '!isTapped && current && isActive(current.button)', replace: 'false' }],
    noticedBy:
      'found-late: a tap reaches the cashier when a page below calls pay() for an earlier tap meanwhile',
  },
  {
    rule: 'pay() that comes later belongs to the tap before it',
    edits: [
      {
        file: PAY,
        find: 'takeTap(button, request) || isTapped',
        replace: '(takeTap(button, request), isTapped)',
      },
    ],
    noticedBy:
      'paid-button-tap: a manual button whose page asks its backend for an order first › buys nothing on a tap when it shows paid and its order-key is ""',
  },
  {
    rule: 'a tap that pays at once ends the wait of the taps before it',
    edits: [
      {
        file: PAY,
        find: 'if (isTapped) button.taps = [];',
        replace: '',
      },
    ],
    noticedBy:
      'paid-button-tap: pay() of other goods calls the cashier when two earlier taps were not followed by pay() and a later one was',
  },
  {
    rule: 'a tap waits a minute for the pay() of its page',
    edits: [
      {
        file: PAY,
        find: 'ageOf({ calledAt: at }, now()) < MAX_TAP_AGE',
        replace: '!!at && !!ageOf && !!MAX_TAP_AGE',
      },
    ],
    noticedBy:
      'paid-button-tap: pay() of other goods calls the cashier when it comes minutes after taps that were not followed by pay()',
  },

  // ---- Call

  {
    rule: 'call: 1100 ms since the last one',
    edits: [{ file: CALL_CONDITIONS, find: 'if (waitForInterval(again)) return;', replace: '' }],
    noticedBy:
      'cashier-call: a call waits until 1100 ms after the previous one when the button is tapped again earlier',
  },
  {
    rule: 'call: the page on top',
    edits: [{ file: COMPONENT_REGISTRY, find: '!background && isTopPage(handle)', replace: '!background' }],
    noticedBy: 'cashier-call: the cashier stays closed when another page is opened during the create request',
  },
  {
    rule: 'call: the app in front',
    edits: [{ file: COMPONENT_REGISTRY, find: '!background && isTopPage', replace: 'isTopPage' }],
    noticedBy: 'question-ends: a question counts as declined when the app goes to the background',
  },
  {
    rule: 'call: hidden, it waits for the show',
    edits: [{ file: CALL_CONDITIONS, find: 'const SHOW_WAIT = 1000', replace: 'const SHOW_WAIT = 0' }],
    noticedBy: 'cashier-call: when the app was in the background for 700 ms, the cashier opens',
  },
  {
    rule: 'call: hidden, it waits 1 s',
    edits: [{ file: CALL_CONDITIONS, find: 'const SHOW_WAIT = 1000', replace: 'const SHOW_WAIT = 3000' }],
    noticedBy: 'cashier-call: when the app was in the background for 1500 ms, the cashier stays closed',
  },
  {
    rule: 'call: for pay() one macrotask first',
    edits: [{ file: EFFECTS, find: 'isPageKnown: isTapped', replace: 'isPageKnown: true' }],
    noticedBy:
      'reentrant-handlers: the next attempt starts after paycomplete when a handler of paycancel calls pay()',
  },
  {
    rule: 'call: not detached since',
    edits: [{ file: MANAGER, find: "dispatch(current, { type: 'cancel', by: 'detached' });", replace: ';' }],
    noticedBy: 'cashier-call: the cashier stays closed when the button is detached during the create request',
  },
  {
    rule: 'call: no objection by then',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: "else if (lock) dispatch(attempt, { type: 'fail', failure: lock.failure });",
        replace: '',
      },
    ],
    noticedBy:
      'cashier-call: the cashier stays closed when the order-summary of its order-key shows closed during the create request',
  },
  {
    rule: 'call: nothing became unsettled since the check',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'needsQuestion(order) && !(isSameOrder',
        replace: 'false && !(isSameOrder',
      },
    ],
    noticedBy:
      'cashier-call: an attempt checks again and shows the question when an accepted order fails with 6 while the app is in the background',
  },
  {
    rule: 'the ledger is in storage before the call',
    edits: [{ file: CASHIER_CALL, find: '{ durable: saveLedger() }', replace: '{ durable: true }' }],
    noticedBy: 'cashier-call: the order is written to storage once when the cashier is called',
  },
  {
    rule: 'the ledger is read back and compared',
    edits: [{ file: SWAN, find: '!!stored && stored.text === value.text', replace: 'true' }],
    noticedBy: 'storage: the cashier is called, and the order kept in memory, when storage refuses-writes',
  },
  {
    rule: 'handlers learn of an earlier call only when the cashier is open',
    edits: [
      {
        file: CASHIER_CALL,
        find: '    endEarlierAttempts(attempt);\n',
        replace: '',
      },
      { file: CASHIER_CALL, find: '  try {\n', replace: '  endEarlierAttempts(attempt);\n  try {\n' },
    ],
    noticedBy:
      "several-buttons: the cashier opens when a handler of the earlier attempt's paypending opens another page",
  },

  // ---- Changed goods

  {
    rule: 'a tap joins the payment of the order that order-info has become',
    edits: [{ file: PAY, find: 'attempt === attemptAtCashier(next.goods)', replace: 'false' }],
    noticedBy:
      'outstanding-call: a tap joins the payment when the page has given its order as order-info meanwhile',
  },
  {
    rule: 'order-info of the order that create-url has made is the same purchase',
    edits: [{ file: CALL_CONDITIONS, find: ' && request.goods !== tpOrderId', replace: '' }],
    noticedBy:
      'changed-goods: the cashier opens after a yes when the page has given the order that was created as order-info meanwhile',
  },
  {
    rule: 'changed goods: once more from create',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: 'request.goods !== goods && request.goods !== tpOrderId',
        replace: 'false',
      },
    ],
    noticedBy: 'changed-goods: a second order is created and paid when the note changes right after the tap',
  },
  {
    rule: 'changed goods: once',
    edits: [{ file: CALL_CONDITIONS, find: 'attempt.state.expectedAmount !== null ||', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names note, when the note changes a second time',
  },
  {
    rule: 'changed goods: the same amount',
    edits: [{ file: CALL_CONDITIONS, find: 'amount !== attempt.request.amount ||', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names amount, when the amount changes after the tap',
  },
  {
    rule: 'changed goods: the same create-url',
    edits: [
      { file: CALL_CONDITIONS, find: 'request.createUrl !== attempt.request.createUrl ||', replace: '' },
    ],
    noticedBy:
      'changed-goods: an attempt ends as changed when the rows of its list, which have a create-url each, move after the tap',
  },
  {
    rule: 'changed goods: the same order-key',
    edits: [{ file: CALL_CONDITIONS, find: 'request.orderKey !== attempt.request.orderKey ||', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed when the rows of its list, which have a order-key each, move after the tap',
  },
  {
    rule: 'the price of an order-info is that of the tap',
    edits: [{ file: CALL_CONDITIONS, find: '      isRepriced(state, request)', replace: 'false' }],
    noticedBy:
      'changed-price: an attempt with an order-info ends without a cashier call › when the shop changes the price of the order while the tap waits',
  },
  {
    rule: 'an order-info that no longer has the amount of its button is refused',
    edits: [
      { file: CALL_CONDITIONS, find: '!orderInfo || +orderInfo', replace: '!!orderInfo && +orderInfo' },
    ],
    noticedBy:
      'changed-price: an attempt with an order-info ends without a cashier call › when its amount alone changes while the tap waits',
  },
  {
    rule: 'pay() joins an attempt that waits with another price of the order',
    edits: [{ file: PAY, find: ' && isAtOtherPrice(attempt.request, next)', replace: ' && false' }],
    noticedBy:
      'changed-price: pay() with an order at a new price cancels the attempt that waits with the old one',
  },
  {
    rule: 'the replay of a settled order is forgotten',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: '      expireDraftsOf(tpOrderId);\n      dispatch',
        replace: '      dispatch',
      },
    ],
    noticedBy:
      'create-responses: the next tap asks create-url when that has answered the order that was paid',
  },
  {
    rule: 'the key of an order that was refused as settled is kept',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: '      expireDraftsOf(tpOrderId);\n      dispatch',
        replace:
          '      removeDraftsOf({ idempotencyKey: attempt.idempotencyKey, tpOrderId });\n      dispatch',
      },
    ],
    noticedBy:
      'create-responses: a checkout with order-key "k" finds its order paid when a row of a list has refused that order as paid',
  },
  {
    rule: 'changed goods: the console names the keys',
    edits: [{ file: CALL_CONDITIONS, find: 'changedKeys(attempt.request, request)', replace: "''" }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names note, when the note changes a second time',
  },
  {
    rule: 'changed goods: not after a yes to the same order',
    edits: [
      {
        file: STATE_MACHINE,
        find: "if (unsettledOwnOrder(context)) {\n      cancel(context, 'changed');\n      return;\n    }",
        replace: '',
      },
    ],
    noticedBy:
      'cashier-call: the cashier is not called when the goods change after the user agreed to pay the same order',
  },
  {
    rule: 'changed goods: not into goods that are paid',
    edits: [
      { file: CALL_CONDITIONS, find: '    paidOutcome(goods, attempt.button)\n', replace: '    false\n' },
    ],
    noticedBy:
      'several-buttons: an attempt ends as changed when the goods of its button change to goods that are paid',
  },
  {
    rule: 'changed goods: none left is no fault',
    edits: [{ file: CALL_CONDITIONS, find: 'if (refusal && goods)', replace: 'if (refusal)' }],
    noticedBy: 'changed-goods: an attempt ends as changed when order-info becomes null',
  },
  {
    rule: 'changed goods: an order of the same amount',
    edits: [{ file: STATE_MACHINE, find: 'attempt.expectedAmount !== null && ', replace: 'false && ' }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names note, when the order of the changed goods costs more',
  },
  {
    rule: 'a button that became the row of another order does not pay that',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: '    request.isReady ||\n    attempt.request.isReady ||\n',
        replace: '',
      },
    ],
    noticedBy:
      'changed-goods: an attempt ends as changed when its ready order was replaced by another one of the same amount',
  },

  // ---- Answer

  {
    rule: 'a late success is confirmed and delivered',
    edits: [
      {
        file: CASHIER_CALL,
        find: "else if (claimed && result === 'success') confirmLate(claimed, raw);",
        replace: '',
      },
    ],
    noticedBy: 'late-callbacks: paysuccess with resumed follows paypending when a late success is confirmed',
  },
  {
    rule: 'a late success without status-url is delivered at once',
    edits: [
      { file: CASHIER_CALL, find: 'if (!order.statusUrl) settleUnverified();', replace: 'if (false) ;' },
    ],
    noticedBy: 'late-callbacks: a late success fires an unverified paysuccess when there is no status-url',
  },
  {
    rule: 'any other late answer only changes the claim',
    edits: [
      { file: CASHIER_CALL, find: "else if (claimed && result === 'success')", replace: 'else if (claimed)' },
    ],
    noticedBy: 'late-callbacks: a late 6 fires no event and starts no check when its call was given up',
  },
  {
    rule: 'a late success of an order that was found paid fires no event',
    edits: [
      {
        file: CASHIER_CALL,
        find: "if (status && (status !== 'closed' || !isSuccess))",
        replace: "if (status === 'closed' && !isSuccess)",
      },
    ],
    noticedBy:
      'late-callbacks: a late success fires no second event when a check has found the payment before',
  },
  {
    rule: 'while a call is confirmed, only a success says more',
    edits: [
      {
        file: STATE_MACHINE,
        find: "if (attempt.step === 'confirming' && (result !== 'success' || attempt.answer.result === 'success'))\n      return;",
        replace: '',
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › one outcome is fired when the adapter calls success and then fails with 904',
  },
  {
    rule: 'a late success of a closed order is confirmed',
    edits: [
      {
        file: SETTLEMENT,
        find: 'markSettled(order, status)',
        replace: "markSettled(order, 'paid')",
      },
    ],
    noticedBy:
      'late-callbacks: paysuccess follows payfail closed when a late cashier success is confirmed by the backend',
  },

  // ---- The outstanding call

  {
    rule: 'outstanding: the same goods on the same button join it',
    edits: [
      {
        file: PAY,
        find: 'if (!joined) return null;',
        replace: 'if (joined !== null) return null;',
      },
    ],
    noticedBy:
      'outstanding-call: pay() joins the running attempt when it is called before and after the cashier call',
  },
  {
    rule: 'outstanding: anything else is busy',
    edits: [
      {
        file: PAY,
        find: 'if (attemptBeforeCashier() || isOutstanding())',
        replace: 'if (attemptBeforeCashier())',
      },
    ],
    noticedBy: 'outstanding-call: no order is created when a button ends as busy',
  },
  {
    rule: 'pay() of the same goods joins with its input',
    edits: [
      {
        file: PAY,
        find: 'if (!joined) return null;\n  button.request = request;',
        replace: 'if (!joined) return null;',
      },
    ],
    noticedBy:
      'outstanding-call: a button shows paid when its page pays the same input again after the properties have changed',
  },
  {
    rule: 'pay() of a dead component makes no order',
    edits: [
      {
        file: PAY,
        find: "if (!isMounted(button)) return endWithoutAttempt(button, request, 'detached');",
        replace: '',
      },
    ],
    noticedBy:
      'properties: setData › a detached button calls no setData and creates no order when its page calls pay()',
  },
  {
    rule: 'a tap means that the page is in front',
    edits: [{ file: PAY, find: 'showComponent(button);\n  tapWhileAsking', replace: 'tapWhileAsking' }],
    noticedBy: 'host-differences: a payment succeeds when the button is tapped after a hide without a show',
  },
  {
    rule: 'the attempt that a tap has ended is for pay() of that tap alone',
    edits: [
      {
        file: PAY,
        find: 'if (attemptEndedByTap) setTimeout(() => (attemptEndedByTap = null), 0);',
        replace: '',
      },
    ],
    noticedBy: 'lost-call: pay() shows the question when a tap has ended the lost attempt without a check',
  },
  {
    rule: 'the attempt that a tap has ended is for pay() of its goods alone',
    edits: [{ file: PAY, find: ' && ended.goods === request.goods', replace: '' }],
    noticedBy:
      'lost-call: pay() shows the question when it is called with other goods in the handler of the tap that ended the lost attempt',
  },
  {
    rule: 'pay() from below is declined only for an attempt of the page in front',
    edits: [{ file: PAY, find: 'current && isActive(current.button) && ', replace: 'current && ' }],
    noticedBy:
      'newer-tap: pay() from below supersedes the attempt of its page when it is called before the page above is closed',
  },
  {
    rule: 'outstanding: lost when a tap gets through',
    edits: [{ file: PAY, find: "giveUpLostCall('tapProvesLost');", replace: '' }],
    noticedBy:
      'lost-call: a tap on the same button, 5100 ms after an unanswered call, gives it up after one check',
  },
  {
    rule: 'outstanding: lost by a tap 5 s after the call',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'const TAP_PROVES_LOST_AFTER = 5000',
        replace: 'const TAP_PROVES_LOST_AFTER = 500',
      },
    ],
    noticedBy: 'lost-call: a tap on the same button, 4900 ms after an unanswered call, joins it',
  },
  {
    rule: 'outstanding: lost by a tap after its page was shown again',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'current.page !== page) return;\n  current.tapProvesLost = true;',
        replace: 'current.page !== page) return;',
      },
    ],
    noticedBy:
      'lost-call: a tap ends the attempt as pending at once when its page was shown again after the call',
  },
  {
    rule: 'outstanding: pay() needs the show and 5 s after it',
    edits: [
      {
        file: CASHIER_CALL,
        find: '  setTimeout(() => (current.payProvesLost = true), TAP_PROVES_LOST_AFTER);',
        replace: '  current.payProvesLost = true;',
      },
    ],
    noticedBy:
      'lost-call: pay() of other goods ends as busy when it comes 4.9 s after the show, and ends the first attempt as pending when 5.1 s',
  },
  {
    rule: 'outstanding: pay() without a show needs 60 s',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'const PAY_PROVES_LOST_AFTER = 60000',
        replace: 'const PAY_PROVES_LOST_AFTER = 6000',
      },
    ],
    noticedBy:
      'lost-call: pay() of other goods, 59000 ms after an unanswered call without a show, finds the call busy',
  },
  {
    rule: 'outstanding: 15 min without an answer',
    edits: [
      {
        file: CASHIER_CALL,
        find: '  setTimeout(() => giveUpCall(current), callTimeout);\n',
        replace: '',
      },
    ],
    noticedBy: 'lost-call: an attempt ends as pending when its call is unanswered for 15 min',
  },
  {
    rule: 'outstanding: lost is one check',
    edits: [
      {
        file: STATE_MACHINE,
        find: "? 'failureDelays' : null",
        replace: "? 'failureDelays' : result === null ? 'failureDelays' : null",
      },
    ],
    noticedBy:
      'lost-call: a tap on the same button, 5100 ms after an unanswered call, gives it up after one check',
  },
  {
    rule: 'outstanding: another button goes on without checking that order again',
    edits: [{ file: CHECKS, find: 'if (current && current.epoch === epoch) {', replace: 'if (false) {' }],
    noticedBy:
      'lost-call: a tap on another button ends the first attempt as pending and shows the question, after one check, when the first call is lost',
  },
  {
    rule: 'a check that began before the answer does not count',
    edits: [{ file: CHECKS, find: 'epoch++;', replace: '' }],
    noticedBy:
      'outstanding-call: an order is checked again when a running check began before the cashier answered',
  },
  {
    rule: 'outstanding: a tap that ends the attempt it joins starts none',
    edits: [
      {
        file: PAY,
        find: 'if (ended && ended.button === button && ended.goods === request.goods) return ended.promise;',
        replace: '',
      },
    ],
    noticedBy:
      'lost-call: a tap on the same button ends the attempt as pending, and the next one shows the question, when there is no status-url',
  },
  {
    rule: 'an attempt that waits leaves its order to the next call',
    edits: [
      {
        file: CASHIER_CALL,
        find: '    endEarlierAttempts(attempt);\n',
        replace: '',
      },
    ],
    noticedBy:
      'outstanding-call: the first attempt ends as pending when another button calls the same order during its confirmation',
  },
  {
    rule: 'the call is outstanding before an event of it is fired',
    edits: [
      {
        file: PAY,
        find: 'if (isDelivering()) return runInNextTask(() => pay(button, request, isTapped));',
        replace: '',
      },
      {
        file: CASHIER_CALL,
        find: '  const called = putOrder(withCall(',
        replace: '  endEarlierAttempts(attempt);\n  const called = putOrder(withCall(',
      },
    ],
    noticedBy:
      'reentrant-handlers: pay() ends as busy without a question when a handler of paypending calls it during a cashier call',
  },

  // ---- Adapters

  {
    rule: 'an answer of the host may be empty',
    edits: [{ file: SWAN, find: 'reply(!!res && !!res.confirm)', replace: 'reply(!!res.confirm)' }],
    noticedBy: 'question-ends: a question counts as declined when showModal succeeds without a result',
  },
  {
    rule: 'an adapter that rejects with a code answers with it',
    edits: [
      {
        file: CASHIER,
        find: 'then.call(returned, undefined, options.fail);',
        replace:
          "then.call(returned, undefined, (error: unknown) =>\n        onAnswer({ result: 'rejected', code: null, raw: error }),\n      );",
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › payfail has mayBePaid, and the question is shown for other goods, when an async adapter rejects with code 6',
  },
  {
    rule: 'an adapter that rejects with a cancel is a cancel',
    edits: [
      {
        file: CASHIER,
        find: 'then.call(returned, undefined, options.fail);',
        replace:
          "then.call(returned, undefined, (error: unknown) =>\n        onAnswer({ result: 'failed', code: null, raw: error }),\n      );",
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › an attempt ends as cancelled when an async adapter rejects with code 2',
  },
  {
    rule: 'an adapter that rejects is an answer',
    edits: [{ file: CASHIER, find: "if (typeof then === 'function') ", replace: 'if (false) ' }],
    noticedBy:
      'adapters: configure({ requestPayment }) › payfail has mayBePaid, and the button is pending, when an async adapter rejects with another error',
  },
  {
    rule: 'an adapter that throws may have opened the cashier',
    edits: [
      {
        file: CASHIER,
        find: 'if (requestPayment) {',
        replace: 'if (false) {',
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › payfail has mayBePaid, and the question is shown for other goods, when an adapter throws after it opened the cashier',
  },
  {
    rule: 'an adapter that throws is named in the console',
    edits: [
      {
        file: CASHIER,
        find: "console.error('swan-cashier: configure({ requestPayment }) threw', error);",
        replace: '',
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › payfail has mayBePaid, and the console names the setting, when the adapter throws',
  },
  {
    rule: 'the console names what changed also where the attempt ends as pending',
    edits: [{ file: STATE_MACHINE, find: "by === 'changed'", replace: "by === 'changed' && !unsettled" }],
    noticedBy:
      'cashier-call: the cashier is not called when the goods change after the user agreed to pay the same order',
  },
];
