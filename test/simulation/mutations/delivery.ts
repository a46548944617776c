/** Who receives an outcome, and when. */
import type { RuleMutation } from './rule-mutation';
import {
  COMPONENT_REGISTRY,
  DELIVERY,
  DRAFTS,
  EFFECTS,
  LEDGER_STORAGE,
  LIVE_ATTEMPTS,
  MANAGER,
  PAY_BUTTON,
  PROPS,
  SETTLEMENT,
  PAY,
} from './source-files';

export const DELIVERY_MUTATIONS: RuleMutation[] = [
  // ---- Delivery

  {
    rule: 'an outcome that waits is over when its order is settled',
    edits: [{ file: SETTLEMENT, find: 'settled: true, outcome: null', replace: 'settled: true' }],
    noticedBy:
      'waiting-outcome: an order with an undelivered paypending › other goods are paid without a question when the order was paid since',
  },
  {
    rule: 'pay() of a closed page takes nothing that waits',
    edits: [
      {
        file: PAY,
        find: 'isMounted(button) ? deliverWaiting(button, goods, isMeant) : []',
        replace: 'deliverWaiting(button, goods, isMeant)',
      },
    ],
    noticedBy: 'waiting-outcome: an undelivered success goes to the next page when a closed page calls pay()',
  },
  {
    rule: 'a component of a closed page takes nothing that waits',
    edits: [
      {
        file: MANAGER,
        find: "handle.kind === 'button' && isMounted(handle)",
        replace: "handle.kind === 'button'",
      },
      { file: MANAGER, find: 'isActive(handle) && deliverWaiting', replace: 'deliverWaiting' },
    ],
    noticedBy:
      'waiting-outcome: an undelivered success goes to the next page when a button becomes ready after its page was closed',
  },
  {
    rule: 'reset() leaves what waits for delivery to its goods',
    edits: [
      { file: DRAFTS, find: ' && !order.settled && !isUnsettled(order)', replace: ' && !isUnsettled(order)' },
    ],
    noticedBy:
      'waiting-outcome: a button receives the undelivered success when its page calls reset() in onReady',
  },
  {
    rule: 'a page has a copy of the outcome',
    edits: [{ file: EFFECTS, find: 'attempt.resolve({ ...outcome })', replace: 'attempt.resolve(outcome)' }],
    noticedBy:
      'secrets: pay() on a paid button resolves to the outcome as it was when a page has written to it',
  },
  {
    rule: 'delivery: to the component that started the attempt',
    edits: [{ file: DELIVERY, find: 'if (starter && isMounted(starter)) return starter;', replace: '' }],
    noticedBy:
      'outcome-delivery: the button that started the attempt receives paysuccess when another button of its page has the same goods',
  },
  {
    rule: 'delivery: while it is not detached',
    edits: [{ file: DELIVERY, find: 'if (starter && isMounted(starter))', replace: 'if (starter)' }],
    noticedBy:
      'outcome-delivery: another button of the goods receives paysuccess when the one that started the attempt was detached',
  },
  {
    rule: 'delivery: while its page is not unloaded',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'function markUnloaded(page: Unloadable): void {',
        replace: 'function markUnloaded(page: Unloadable): void { return;',
      },
    ],
    noticedBy:
      'outcome-delivery: the button of the goods on the new page receives paysuccess when reLaunch closed the page of the attempt',
  },
  {
    rule: 'delivery: a tab page that is switched away is not unloaded',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'return !!handle.isRoot && !!handle.isHidden && !isReplaced;',
        replace: 'return false;',
      },
    ],
    noticedBy: 'outcome-delivery: a button receives paysuccess when its tab page was switched away',
  },
  {
    rule: 'delivery: a page that is not in the stack when its components are attached is a tab page',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'handle.isRoot = place < 1;',
        replace: 'handle.isRoot = place === 0;',
      },
    ],
    noticedBy:
      'outcome-delivery: a button receives the outcome of pay() when its list came after its tab page was switched away',
  },
  {
    rule: 'delivery: a component that is attached on a tab page out of the stack is hidden',
    edits: [
      { file: COMPONENT_REGISTRY, find: 'handle.isHidden = place < 0;', replace: 'handle.isHidden = false;' },
    ],
    noticedBy:
      'outcome-delivery: a button receives the outcome of pay() when its list came after its tab page was switched away',
  },
  {
    rule: 'delivery: a tab page that leaves the stack without hide was dropped',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'return !!handle.isRoot && !!handle.isHidden && !isReplaced;',
        replace: 'return !!handle.isRoot && !isReplaced;',
      },
    ],
    noticedBy:
      'replaced-page: a tab page that reLaunch dropped for another tab receives nothing, and its new instance paysuccess',
  },
  {
    rule: 'delivery: a page that was not first in the stack and leaves it is closed',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'return !!handle.isRoot && !!handle.isHidden && !isReplaced;',
        replace: 'return !!handle.isHidden && !isReplaced;',
      },
    ],
    noticedBy:
      'outcome-delivery: the button in front receives paysuccess when the page that started the attempt left the stack without onUnload',
  },
  {
    rule: 'delivery: else to one in front that shows these goods',
    edits: [
      {
        file: DELIVERY,
        find: 'return activeButtonOf(order) || starters[0];',
        replace: 'return starters[0];',
      },
    ],
    noticedBy:
      'outcome-delivery: the button of the goods on the page below receives paysuccess when the page of the attempt was closed',
  },
  {
    rule: 'delivery: else it waits in the ledger',
    edits: [
      { file: DELIVERY, find: 'if (order) putOrder({ ...order, outcome, outcomeAt: now() });', replace: '' },
    ],
    noticedBy:
      'waiting-outcome: the next attached button receives the outcome when no button shows its goods',
  },
  {
    rule: 'delivery: for the next one attached or shown',
    edits: [
      {
        file: MANAGER,
        find: '    if (isActive(handle) && deliverWaiting(handle, goods).length) commit();\n',
        replace: '',
      },
    ],
    noticedBy:
      'waiting-outcome: the next attached button receives the outcome when no button shows its goods',
  },
  {
    rule: 'delivery: before the next component is attached',
    edits: [
      {
        file: MANAGER,
        find: 'deliverWaiting(handle, goods).length) commit()',
        replace: 'deliverWaiting(handle, goods).length) commitSoon()',
      },
    ],
    noticedBy:
      'waiting-outcome: the first of two buttons of the same goods receives the outcome when both are attached',
  },
  {
    rule: 'delivery: for 24 h',
    edits: [
      { file: DELIVERY, find: '!!order.outcome && !isOutcomeOld(order) &&', replace: '!!order.outcome &&' },
    ],
    noticedBy:
      'waiting-outcome: an undelivered outcome is fired when a button is attached 90000000 ms later: false',
  },
  {
    rule: 'delivery: then resumePending() only',
    edits: [{ file: LEDGER_STORAGE, find: 'MAX_WAIT * timing', replace: 'timing' }],
    noticedBy:
      'resume-pending: resumePending() returns an undelivered outcome, and no button receives it, when it is older than a day',
  },
  {
    rule: 'delivery: one outcome event',
    edits: [{ file: DELIVERY, find: 'if (!current || current.outcome !== outcome) return;', replace: '' }],
    noticedBy:
      'waiting-outcome: an undelivered success is fired once when a handler logs its owner in and two buttons show its goods',
  },
  {
    rule: 'delivery: one paycomplete',
    edits: [{ file: PAY_BUTTON, find: "this.emit('paycomplete', outcome);", replace: '' }],
    noticedBy:
      'accepted-orders: no second question is shown when the user accepted the unsettled order and cancelled the new one',
  },
  {
    rule: 'delivery: at least once across a kill',
    edits: [{ file: LIVE_ATTEMPTS, find: '  saveLedger();\n', replace: '' }],
    noticedBy: 'app-restart: an undelivered outcome is fired once when the app is killed before and after it',
  },
  {
    rule: 'toasts only on the page in front',
    edits: [{ file: PAY_BUTTON, find: ' && paymentManager().isActive(this.getHandle())', replace: '' }],
    noticedBy: 'outcome-delivery: no toast is shown when the page of the payment is not in front',
  },
  {
    rule: 'onOutcome gets every outcome',
    edits: [
      {
        file: DELIVERY,
        find: "if (onOutcome) enqueue(() => runSafely('onOutcome', () => onOutcome({ ...outcome })));",
        replace: '',
      },
    ],
    noticedBy:
      'outcome-delivery: configure({ onOutcome }) receives every outcome without counting as delivery when a button was detached',
  },
  {
    rule: 'onOutcome does not count as delivery',
    edits: [
      {
        file: DELIVERY,
        find: 'if (order) putOrder({ ...order, outcome, outcomeAt: now() });',
        replace: 'if (order && !onOutcome) putOrder({ ...order, outcome, outcomeAt: now() });',
      },
    ],
    noticedBy:
      'outcome-delivery: configure({ onOutcome }) receives every outcome without counting as delivery when a button was detached',
  },
  {
    rule: 'details carry orderKey',
    edits: [
      {
        file: EFFECTS,
        find: 'const context = { tpOrderId, totalAmount, orderKey, resumed',
        replace: "const context = { tpOrderId, totalAmount, orderKey: '', resumed",
      },
    ],
    noticedBy: 'outcome-delivery: an event detail has orderKey when the button has an order-key',
  },
  {
    rule: 'any show means in front',
    edits: [{ file: COMPONENT_REGISTRY, find: 'if (handle.isHidden && isMounted', replace: 'if (isMounted' }],
    noticedBy: 'host-differences: pay() opens the cashier when the app was hidden and shown at once',
  },
  {
    rule: 'a button on an open page receives the outcome first',
    edits: [
      {
        file: SETTLEMENT,
        find: 'endedAttempts.sort((one, other) => rank(one) - rank(other));',
        replace: 'endedAttempts.sort((one, other) => rank(other) - rank(one));',
      },
    ],
    noticedBy:
      'several-buttons: a button receives paysuccess during its question when the order that a closed page called is paid',
  },
  {
    rule: 'delivery: else to the button that called the cashier',
    edits: [
      { file: DELIVERY, find: 'activeButtonOf(order) || starters[0]', replace: 'activeButtonOf(order)' },
    ],
    noticedBy:
      'late-callbacks: a button on a page below receives the late success, without a toast, when no button in front shows its goods',
  },
  {
    rule: 'toasts are those of the list',
    edits: [{ file: PROPS, find: "(',' + list + ',').indexOf(',' + outcome + ',') >= 0", replace: 'true' }],
    noticedBy: 'texts: a toast is shown only for the listed outcomes when toast is a list',
  },
  {
    rule: 'a cancel that waits is not dropped with its order',
    edits: [
      { file: SETTLEMENT, find: 'if (!order.outcome || isOld(order)) removeOrder', replace: 'removeOrder' },
    ],
    noticedBy: 'waiting-outcome: an undelivered paycancel is fired when its order was closed meanwhile',
  },
  {
    rule: 'a component that is not ready is not delivered to',
    edits: [{ file: COMPONENT_REGISTRY, find: 'button.isReady && isActive', replace: 'isActive' }],
    noticedBy:
      'waiting-outcome: an attached button receives the outcome after ready when the payment was found before',
  },
  {
    rule: 'the age of an outcome begins when it was found',
    edits: [{ file: DELIVERY, find: 'outcome, outcomeAt: now() });', replace: 'outcome });' }],
    noticedBy:
      'found-late: a payment that is found a day after its call › is delivered to a button of these goods when an order-summary found it',
  },
  {
    rule: 'a button on a page below receives nothing that waits',
    edits: [{ file: MANAGER, find: 'isActive(handle) && deliverWaiting', replace: 'deliverWaiting' }],
    noticedBy:
      'found-late: a button on a page below receives nothing when its goods become those of an outcome that waits',
  },
  {
    rule: 'an outcome is resumed for a button that did not start the payment',
    edits: [{ file: DELIVERY, find: 'button === starter ? result :', replace: 'true ? result :' }],
    noticedBy:
      'found-late: paysuccess is resumed on a second button when the page of the first was closed before',
  },
  {
    rule: 'a closed page gets no statechange',
    edits: [{ file: PAY_BUTTON, find: ' && paymentManager().isMounted(this.getHandle())', replace: '' }],
    noticedBy: 'button-attached: a button of a closed page fires no statechange when pay() is called on it',
  },
  {
    rule: 'a success that waits is corrected when its order was refunded',
    edits: [
      {
        file: SETTLEMENT,
        find: "/^refund/.test(status) && waiting !== 'refunded'",
        replace: "waiting === 'closed' && /^refund/.test(status)",
      },
    ],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › payfail says refunded when the order was refunded before its success was delivered',
  },
  {
    rule: 'a waiting word that an order was closed is corrected when it is paid',
    edits: [
      {
        file: SETTLEMENT,
        find: "status === 'paid' ? waiting !== 'paid'",
        replace: "status === 'paid' ? waiting === 'refunded'",
      },
    ],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › paysuccess is fired when the order was paid before it was delivered that it is closed',
  },

  // ---- resumePending()

  {
    rule: 'resumePending() does it for all',
    edits: [
      {
        file: MANAGER,
        find: 'if (statusUrl) pollStatus(order, timing().failureDelays, giveUp, () => isWaiting);\n    else giveUp();',
        replace: 'giveUp();',
      },
    ],
    noticedBy: 'resume-pending: resumePending() resolves to both outcomes when two orders may be paid',
  },
  {
    rule: 'resumePending() joins a live attempt',
    edits: [{ file: MANAGER, find: 'if (attemptAtCashier(tpOrderId)) return;\n', replace: '\n' }],
    noticedBy:
      'resume-pending: resumePending() resolves to the outcome of the running attempt when one is at the cashier',
  },
  {
    rule: 'resumePending() returns what was not delivered',
    edits: [
      { file: MANAGER, find: 'isUnsettled(order) || !!order.outcome)', replace: 'isUnsettled(order))' },
    ],
    noticedBy:
      'resume-pending: resumePending() returns an undelivered outcome once, and no button receives it, when its button was detached',
  },
  {
    rule: 'what resumePending() returned is delivered',
    edits: [
      {
        file: MANAGER,
        find: 'const waiting = takeOutcome(outcome.tpOrderId);',
        replace: 'const waiting = null as PayOutcome | null;',
      },
    ],
    noticedBy:
      'resume-pending: resumePending() returns an undelivered outcome once, and no button receives it, when its button was detached',
  },
  {
    rule: 'resumePending() waits for App()',
    edits: [{ file: MANAGER, find: 'return hasApp()', replace: 'return hasApp' }],
    noticedBy:
      'package-copies: the record of one copy stays in storage when another calls resumePending() before App()',
  },
  {
    rule: 'outcomes count as delivered together with the promise of resumePending()',
    edits: [
      {
        file: DELIVERY,
        find: '.forEach(({ receive }) => receive({ ...outcome }));',
        replace: '.forEach(({ receive }) => [takeOutcome(tpOrderId), receive({ ...outcome })]);',
      },
    ],
    noticedBy:
      'resume-pending: the question names an outcome when resumePending() has found it and still checks another order',
  },
  {
    rule: 'resumePending() leaves out what a button received',
    edits: [
      {
        file: MANAGER,
        find: 'else if (isUnsettled(order)) latest',
        replace: 'else latest',
      },
    ],
    noticedBy:
      'waiting-outcome: the button receives the outcome, and resumePending() does not, when a page calls it and has a button of its goods',
  },
  {
    rule: 'resumePending() returns nothing of a user who has logged out',
    edits: [{ file: MANAGER, find: 'if (!isOfCurrentOwner(order)) return;', replace: '' }],
    noticedBy: 'found-late: resumePending() leaves out an order when another user has logged in since',
  },

  // ---- Handlers that pay before others got their events

  {
    rule: 'pay(): the success that waited is its answer',
    edits: [{ file: PAY, find: 'if (waiting) return Promise', replace: 'if (false) return Promise' }],
    noticedBy:
      'waiting-outcome: an undelivered success of a page that calls pay({ payload }) › pay() resolves to the success when the handler of paysuccess calls reset()',
  },
  {
    rule: 'pay() in a handler waits until all events were fired',
    edits: [
      {
        file: PAY,
        find: 'if (isDelivering()) return runInNextTask(() => pay(button, request, isTapped));',
        replace: '',
      },
    ],
    noticedBy:
      'reentrant-handlers: the next attempt starts after paycomplete when a handler of paycancel calls pay()',
  },
  {
    rule: 'pay() in a handler is not answered in the same task',
    edits: [
      {
        file: PAY,
        find: 'if (isDelivering()) return runInNextTask(() => pay(button, request, isTapped));',
        replace: '',
      },
    ],
    noticedBy:
      'reentrant-handlers: busy is fired once when a handler of the busy paycancel calls pay() again',
  },
  {
    rule: 'delivery: an outcome takes only itself from the ledger',
    edits: [
      {
        file: PAY,
        find: 'if (isDelivering()) return runInNextTask(() => pay(button, request, isTapped));',
        replace: '',
      },
      {
        file: DELIVERY,
        find: 'if (!current || current.outcome !== outcome) return;\n    takeOutcome(order.tpOrderId);',
        replace: 'if (!current || takeOutcome(order.tpOrderId) !== outcome) return;',
      },
    ],
    noticedBy:
      'reentrant-handlers: two undelivered outcomes are both fired when a handler of the first calls pay()',
  },
  {
    rule: 'onTrace receives an event after its effects have run',
    edits: [
      {
        file: LIVE_ATTEMPTS,
        find: '  if (effects.length) attempt.revision++;',
        replace:
          '  trace(event.type, state.tpOrderId, { step: state.step });\n  if (effects.length) attempt.revision++;',
      },
    ],
    noticedBy:
      'reentrant-handlers: another button ends as busy without a question when onTrace calls its pay() during a cashier call',
  },
  {
    rule: 'onOutcome gets an outcome after the ledger and the component',
    edits: [
      {
        file: DELIVERY,
        find: '  if (order) putOrder({ ...order, outcome, outcomeAt: now() });',
        replace:
          "  if (onOutcome) runSafely('onOutcome', () => onOutcome({ ...outcome }));\n  if (order) putOrder({ ...order, outcome, outcomeAt: now() });",
      },
      {
        file: DELIVERY,
        find: "  if (onOutcome) enqueue(() => runSafely('onOutcome', () => onOutcome({ ...outcome })));\n",
        replace: '',
      },
    ],
    noticedBy:
      'reentrant-handlers: outcomes are fired in order when onOutcome calls pay() and the backend responds at once',
  },

  // ---- Pages

  {
    rule: 'reLaunch to a tab page replaces its instance',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'const isReplaced = pages.some(',
        replace: 'const isReplaced = false && pages.some(',
      },
    ],
    noticedBy:
      'replaced-page: the new instance of a tab page receives paysuccess, and pays no second time, when reLaunch replaced the one that paid',
  },
  {
    rule: 'a page that was unloaded is not in front',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'isTopPage(handle) && isMounted(handle);\n}\n\nexport function mountedButtons',
        replace: 'isTopPage(handle);\n}\n\nexport function mountedButtons',
      },
    ],
    noticedBy:
      'replaced-page: the cashier stays closed when redirectTo unloaded its page and that is still on top',
  },
  {
    rule: 'a component on a page that had none is in front',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: '(background.page !== handle.page || isFirstOfPage)',
        replace: 'background.page !== handle.page',
      },
    ],
    noticedBy:
      'replaced-page: pay() opens the cashier when its button was detached in the background and attached again',
  },
  {
    rule: 'a component that is attached again receives the outcome',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: '(background.page !== handle.page || isFirstOfPage)',
        replace: 'background.page !== handle.page',
      },
    ],
    noticedBy:
      'replaced-page: a button fires paysuccess when it was detached in the background and attached again',
  },
  {
    rule: 'on a host that names no page the one on top counts at each show and tap',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: '  handle.page = undefined;\n',
        replace: '',
      },
    ],
    noticedBy:
      'replaced-page: a button on the page below pays when the host names no page and the page above is closed',
  },
  {
    rule: 'a waiting word that an order was closed is corrected when it was refunded',
    edits: [{ file: SETTLEMENT, find: "waiting !== 'refunded';", replace: "waiting === 'paid';" }],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › payfail says refunded when the order was refunded before it was delivered that it is closed',
  },
  {
    rule: 'a waiting word that an order was refunded is corrected when the refund was refused',
    edits: [
      {
        file: SETTLEMENT,
        find: "status === 'paid' ? waiting !== 'paid'",
        replace: "status === 'paid' ? waiting === 'closed'",
      },
    ],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › paysuccess is fired when the refund of its order was refused before it was delivered',
  },
];
