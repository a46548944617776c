/**
 * Every rule taken out of the source, one at a time, and the story that notices. README.md has the rules, and how to print
 * this list.
 */
import type { Mutation } from './world/library';

export interface RuleMutation extends Mutation {
  /** the rule of README.md it breaks, or its outcome table, or the configuration it must refuse */
  rule: number | 'table' | 'config';
  /** the story that fails: file and full name */
  noticedBy: string;
}

export const MUTATIONS: RuleMutation[] = [
  {
    rule: 1,
    name: 'a live purchase is started again',
    edits: [
      {
        file: 'utils/registry.ts',
        find: '!(isLive(state) ||',
        replace: '!(',
      },
    ],
    noticedBy:
      'taps: pay() on a live purchase is the same promise, and it resolves to what paycomplete tells',
  },
  {
    rule: 1,
    name: 'the other goods that wait for the cashier are as good as a cashier in sight',
    edits: [
      {
        file: 'utils/effects.ts',
        find: "const again = !!purchase && purchase.state.phase === 'ordering';",
        replace: 'const again = false;',
      },
    ],
    noticedBy:
      'lost-callback: a second tap on a button that waits for the cashier shows that there is none: its turn comes',
  },
  {
    rule: 1,
    name: 'two purchases at the cashier at once',
    edits: [{ file: 'utils/turnstile.ts', find: '(cooling || isBusy())', replace: 'cooling' }],
    noticedBy:
      'taps: two purchases tapped at once › go to the cashier one after the other (1 copies of the package)',
  },
  {
    rule: 1,
    name: 'no second between two calls',
    edits: [{ file: 'utils/turnstile.ts', find: '(cooling || isBusy())', replace: 'isBusy()' }],
    noticedBy:
      'taps: two purchases tapped at once › wait for a second between two calls, although the first one was refused at once',
  },
  {
    rule: 1,
    name: 'every copy of the package has a registry of its own',
    edits: [{ file: 'utils/shared.ts', find: 'if (!app) return local;', replace: 'return local;' }],
    noticedBy:
      'taps: two buttons of one purchase › show one phase; the one that was tapped hears the outcome (2 copies of the package)',
  },
  {
    rule: 1,
    name: 'a code 2 after a later call is a cancel',
    edits: [{ file: 'utils/payment.ts', find: 'if (!superseded) lookOr(', replace: 'lookOr(' }],
    noticedBy:
      'taps: a code 2 for a call that another call replaced › because another purchase was paid meanwhile is nobody who cancelled',
  },
  {
    rule: 1,
    name: "the callback of an older call counts as the latest one's",
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'const current = call === now.call;',
        replace: 'const current = true;',
      },
    ],
    noticedBy: 'taps: a failure of the call before that comes late says nothing about the one that is open',
  },
  {
    rule: 1,
    name: 'a second callback of one call counts',
    edits: [{ file: 'utils/cashier.ts', find: 'if (open) {', replace: 'if (open || !open) {' }],
    noticedBy: 'host: configure({ requestPayment }) › a port that calls both back: one outcome',
  },
  {
    rule: 1,
    name: 'an older call that succeeds is not heard',
    edits: [{ file: 'utils/payment.ts', find: "!(current || claim === 'success')", replace: '!current' }],
    noticedBy:
      'late-answers: an older call of the same order › that succeeds late is the success of this one (status-url: true)',
  },
  {
    rule: 1,
    name: 'an older call that answers is taken for the one that is open',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'if (current) now.answered = true;',
        replace: 'now.answered = true;',
      },
    ],
    noticedBy:
      'late-answers: an older call of the same order › leaves the cashier of this one open: nothing else may cover it',
  },
  {
    rule: 1,
    name: 'a lost callback of what is paid keeps the others from the cashier',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "case 'uncovered':\n      now.answered = true;",
        replace: "case 'uncovered':",
      },
    ],
    noticedBy:
      'in-sight: a purchase was found paid by a look while its cashier was silent › a tap on other goods shows that there is none in sight: they are paid at once',
  },
  {
    rule: 1,
    name: 'what a button was ordering goes on when it wants something else',
    edits: [{ file: 'utils/registry.ts', find: "dispatch(other, { type: 'left', ticket });", replace: '' }],
    noticedBy:
      'in-sight: other goods on the same button while the first are being ordered › the first are left, and a page that pays again when it hears so joins what was tapped',
  },
  {
    rule: 1,
    name: 'a cashier whose payment is being confirmed by an older call is none',
    edits: [
      { file: 'utils/payment.ts', find: "phase === 'paying' || !answered", replace: "phase === 'paying'" },
    ],
    noticedBy:
      'late-answers: an older call of the same order › leaves its cashier open while that is being confirmed, too',
  },
  {
    rule: 2,
    name: 'outcomes go to a page that is gone',
    edits: [
      {
        file: 'utils/effects.ts',
        find: 'isOpen(starter) ? [starter]',
        replace: 'starter ? [starter]',
      },
    ],
    noticedBy:
      'pages: the person is gone before the order arrives › back to the page before: no cashier, and the next page of the goods hears of it',
  },
  {
    rule: 2,
    name: 'an outcome nobody heard is dropped',
    edits: [{ file: 'utils/effects.ts', find: 'purchase.waiting = outcome;', replace: '' }],
    noticedBy: 'pages: an outcome nobody is there to hear › waits for the first page with that purchase',
  },
  {
    rule: 2,
    name: 'an outcome that waited is not told as a late one',
    edits: [{ file: 'utils/effects.ts', find: '{ ...waiting, resumed: true }', replace: 'waiting' }],
    noticedBy:
      'pages: the person is gone before the order arrives › back to the page before: no cashier, and the next page of the goods hears of it',
  },
  {
    rule: 2,
    name: 'a tab page that comes back stays dead',
    edits: [
      {
        file: 'components/pay-button/pay-button.ts',
        find: 'if (this.gone) return;',
        replace: 'if (this.gone || !this.alive) return;',
      },
    ],
    noticedBy: 'pages: a button pays › on a tab page that was left and came back',
  },
  {
    rule: 2,
    name: 'a tap does not tell where the button is',
    edits: [{ file: 'utils/registry.ts', find: 'if (tapped) audience.arrive(view);', replace: '' }],
    noticedBy:
      'pages: a button pays › although it appeared so, on a phone whose base library tells components nothing of pages',
  },
  {
    rule: 2,
    name: 'a promise of before the restart is not kept',
    edits: [{ file: 'utils/purchases.ts', find: 'if (waiting) purchase.resolve(waiting);', replace: '' }],
    noticedBy: 'restored: an outcome that waited › is what pay() is told that comes after a restart',
  },
  {
    rule: 2,
    name: 'a kill forgets that nobody heard of the pending payment',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "now.open = now.resumed = true;\n        emit({ type: 'save' });",
        replace: 'now.open = now.resumed = true;',
      },
    ],
    noticedBy:
      'restored: a purchase whose outcome is not known › whose pending nobody heard says so to the first page after the app was killed, once',
  },
  {
    rule: 2,
    name: 'an outcome is told to a page that is covered',
    edits: [{ file: 'utils/effects.ts', find: '.filter(view => view.visible)', replace: '' }],
    noticedBy:
      'told: an outcome whose page is closed › waits for a page in sight: one that is covered does not hear it',
  },
  {
    rule: 3,
    name: 'the cashier opens although the app is not in front',
    edits: [{ file: 'utils/audience.ts', find: '!!view.visible && isOnTop(view)', replace: 'isOnTop(view)' }],
    noticedBy: 'pages: the person is gone before the order arrives › out of the app: no cashier',
  },
  {
    rule: 3,
    name: 'the cashier opens over another page',
    edits: [
      { file: 'utils/audience.ts', find: '!!view.visible && isOnTop(view)', replace: '!!view.visible' },
    ],
    noticedBy:
      'pages: the person is gone before the order arrives › to another page, on a phone whose base library tells components nothing of it: no cashier',
  },
  {
    rule: 3,
    name: 'the cashier is called with what is wrong',
    edits: [
      { file: 'utils/order-info.ts', find: 'orderInfo: valid ? (', replace: 'orderInfo: valid || order ? (' },
    ],
    noticedBy:
      'orders: the order request fails › because the answer holds no order: order-invalid, the cashier stays shut and the console says why',
  },
  {
    rule: 3,
    name: 'an order of another amount is paid',
    edits: [
      {
        file: 'utils/order-request.ts',
        find: 'amount !== null && +orderInfo.totalAmount !== amount',
        replace: 'false',
      },
    ],
    noticedBy:
      'orders: the order request fails › because it is of another amount than the one shown: order-invalid',
  },
  {
    rule: 3,
    name: 'a late order answer counts',
    edits: [
      { file: 'utils/backend.ts', find: '    if (open) {\n', replace: '    if (open || !open) {\n' },
      {
        file: 'utils/payment.ts',
        find: "event.type !== 'looked' && event.ticket !== now.ticket",
        replace: "event.type !== 'looked' && event.ticket > now.ticket",
      },
    ],
    noticedBy:
      'pages: the person is gone before the order arrives › an order that arrives after its time-out is ignored',
  },
  {
    rule: 4,
    name: 'paid goods are paid again',
    edits: [{ file: 'utils/registry.ts', find: " || state.phase === 'paid')", replace: ')' }],
    noticedBy: 'orders: a ready orderInfo › paid once is locked, also for a new object of the same order',
  },
  {
    rule: 4,
    name: 'other goods stay locked by those that were paid',
    edits: [
      {
        file: 'utils/registry.ts',
        find: '!!fingerprint &&\n',
        replace: '!fingerprint &&\n',
      },
    ],
    noticedBy:
      'orders: changed goods under one order-key › are a new purchase once the old one is paid: the button is free again',
  },
  {
    rule: 4,
    name: 'what was paid is free again after a day',
    edits: [
      {
        file: 'utils/purchases.ts',
        find: ' || !isUnsettled(purchase.state)) return purchase;',
        replace: ') return purchase;',
      },
    ],
    noticedBy: 'restored: a day later, without a restart › what was paid is still locked',
  },
  {
    rule: 4,
    name: 'other goods that were paid for are not known to be paid',
    edits: [
      {
        file: 'utils/effects.ts',
        find: 'purchase.fingerprint = purchase.next.fingerprint as string;',
        replace: '',
      },
    ],
    noticedBy:
      'other-goods: the old order failed, and the backend says that it is unpaid: the new one is paid without a question › by a look',
  },
  {
    rule: 5,
    name: 'every create request has a new key',
    edits: [
      {
        file: 'utils/effects.ts',
        find: 'requestOrder(source, idempotencyKey,',
        replace: 'requestOrder(source, randomKey(),',
      },
    ],
    noticedBy: 'orders: a key › is one for one purchase, and another for another',
  },
  {
    rule: 5,
    name: 'a closed order keeps its key',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "now.idempotencyKey = now.nextKey;\n      order('create');",
        replace: "order('create');",
      },
    ],
    noticedBy: 'orders: the backend answers the create request with › a closed one: once more with a new key',
  },
  {
    rule: 5,
    name: 'closed orders are renewed without end',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'closed && !now.resumed && !now.renewed',
        replace: 'closed && !now.resumed',
      },
    ],
    noticedBy:
      'orders: the backend answers the create request with › closed ones only: fails after the second, no endless asking',
  },
  {
    rule: 5,
    name: 'another order is paid in place of the one in doubt',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'if (now.resumed && !reused) {',
        replace: 'if (now.resumed && !now) {',
      },
    ],
    noticedBy:
      'orders: the backend answers the create request with › another order than the one that may be paid: refused',
  },
  {
    rule: 5,
    name: 'other goods replace what is not settled',
    edits: [
      {
        file: 'utils/registry.ts',
        find: ' &&\n    !isUnsettled(purchase.state);',
        replace: ';',
      },
    ],
    noticedBy:
      'orders: changed goods under one order-key › are not ordered while the old payment may still arrive',
  },
  {
    rule: 5,
    name: 'other goods are ordered with the old key',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'now.idempotencyKey = now.nextKey;\n    now.tpOrderId',
        replace: 'now.tpOrderId',
      },
    ],
    noticedBy:
      'orders: changed goods under one order-key › are not paid for with the old order when the old payment failed (status-url: true)',
  },
  {
    rule: 5,
    name: 'a key is used for other goods',
    edits: [
      { file: 'utils/registry.ts', find: ' && known.fingerprint === purchase.fingerprint', replace: '' },
    ],
    noticedBy:
      'other-goods: a no forgets nothing: the question comes again, and no key is used for other goods',
  },
  {
    rule: 5,
    name: 'a closed order that may be paid is made anew',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'closed && !now.resumed && !now.renewed',
        replace: 'closed && !now.renewed',
      },
    ],
    noticedBy:
      'closed: after it failed, without status-url: the create request finds out, and what may be paid is not made anew',
  },
  {
    rule: 5,
    name: 'the callback of a closed order counts for the new one',
    edits: [
      { file: 'utils/effects.ts', find: 'purchase.state.tpOrderId === tpOrderId', replace: 'tpOrderId' },
    ],
    noticedBy:
      'closed: and the closed order is paid late all the same: the new one goes on (its callback: true)',
  },
  {
    rule: 5,
    name: 'a look at an old order counts for the new one',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "now.phase === 'paid' || tpOrderId !== now.tpOrderId",
        replace: "now.phase === 'paid'",
      },
    ],
    noticedBy:
      'other-goods: a look at the old order that comes after the new one was begun says nothing about that',
  },
  {
    rule: 6,
    name: 'nobody watches a silent cashier',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "now.answered = true;\n      if (now.phase === 'paying') pend();",
        replace: '',
      },
    ],
    noticedBy: 'pages: while the cashier is silent › fifteen minutes make it pending',
  },
  {
    rule: 6,
    name: 'a closed page leaves its cashier open for ever',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "if (now.phase === 'paying' || now.looking === 'person') pend();",
        replace: '',
      },
    ],
    noticedBy:
      'pages: while the cashier is silent › its page closes (gone before its hide) and is opened again: pending is told to the new page',
  },
  {
    rule: 6,
    name: 'a tap on a silent cashier does nothing',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'else uncovered();',
        replace: '',
      },
    ],
    noticedBy: 'pages: while the cashier is silent › a tap makes it pending, and says so',
  },
  {
    rule: 6,
    name: 'quick taps mean that the callback was lost',
    edits: [
      {
        file: 'utils/effects.ts',
        find: 'if (asking || turnstile.isCooling()) return false;',
        replace: '',
      },
    ],
    noticedBy: 'taps: quick taps after the cashier was called do not mean that its callback was lost',
  },
  {
    rule: 6,
    name: 'a late callback is ignored',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "if (now.phase === 'paid' || !(current",
        replace: "if (now.phase !== 'paying' || !(current",
      },
    ],
    noticedBy:
      'taps: whatever the host does, an attempt settles once › a callback that comes ten minutes late is adopted',
  },
  {
    rule: 6,
    name: 'a show does not look',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'else if (isUnsettled(now) && now.canLook)',
        replace: 'else if (!now)',
      },
    ],
    noticedBy: 'pages: while the cashier is silent › a show finds that it was paid',
  },
  {
    rule: 6,
    name: 'the watchdog of an earlier call ends a later one',
    edits: [{ file: 'utils/payment.ts', find: 'if (event.call !== now.call) break;', replace: '' }],
    noticedBy:
      'late-answers: an older call of the same order › that is watched for fifteen minutes does not end this one',
  },
  {
    rule: 6,
    name: 'a closed page leaves its question open for ever',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "if (now.phase === 'paying' || now.looking === 'person') pend();",
        replace: "if (now.phase === 'paying') pend();",
      },
    ],
    noticedBy:
      'told: an outcome whose page is closed › is pending when a question was open on it: the next page hears it, and asks again',
  },
  {
    rule: 7,
    name: 'a pending order is paid again without a question',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'if (unpaid) ask();',
        replace: "if (unpaid) order('queue');",
      },
    ],
    noticedBy: 'memory: a tap on a pending purchase › asks before it pays the same order (status-url: true)',
  },
  {
    rule: 7,
    name: 'the next tap does not look',
    edits: [{ file: 'utils/payment.ts', find: 'else if (canLook) look(', replace: 'else if (!now) look(' }],
    noticedBy: 'memory: a tap on a pending purchase › finds out that it was paid',
  },
  {
    rule: 7,
    name: 'unreachable is read as unpaid',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "windowOver(reason, status === 'unpaid')",
        replace: 'windowOver(reason, true)',
      },
    ],
    noticedBy:
      'memory: a tap on a pending purchase › stays pending when the backend is unreachable, without a question',
  },
  {
    rule: 7,
    name: 'a no forgets that the order may be paid',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "if (!event.yes) cancel('user', now.home);",
        replace: "if (!event.yes) cancel('user', 'idle');",
      },
    ],
    noticedBy: 'memory: a tap on a pending purchase › asks, and a no leaves it pending',
  },
  {
    rule: 7,
    name: 'the question names the wrong order',
    edits: [
      { file: 'utils/payment.ts', find: 'renews: !!now.changed && !now.orderInfo', replace: 'renews: false' },
    ],
    noticedBy:
      'other-goods: the old order is out of reach after a restart: the question says so, and a yes pays the new one › pending, with status-url',
  },
  {
    rule: 7,
    name: 'a late failure takes the question away',
    edits: [
      {
        file: 'utils/payment.ts',
        find: "now.phase === 'ordering' || now.looking === 'person'",
        replace: "now.phase === 'ordering'",
      },
    ],
    noticedBy:
      'late-answers: while the person is asked whether to pay the same order › a late failed of the call before says nothing (status-url: true)',
  },
  {
    rule: 7,
    name: 'a page that is shown takes the question away',
    edits: [{ file: 'utils/payment.ts', find: 'now.open && !now.looking)', replace: 'now.open)' }],
    noticedBy:
      'late-answers: while the person is asked whether to pay the same order › a page that is hidden and shown does not take it away either',
  },
  {
    rule: 8,
    name: 'nothing is written before the cashier opens',
    edits: [
      { file: 'utils/effects.ts', find: 'durable: purchases.remember(purchase)', replace: 'durable: true' },
    ],
    noticedBy: 'memory: the record › is in storage before the cashier opens, and holds no secret',
  },
  {
    rule: 8,
    name: 'what was written is not read back',
    edits: [
      {
        file: 'utils/host.ts',
        find: 'return !!stored && stored.text === value.text;',
        replace: 'return !!stored || !stored;',
      },
    ],
    noticedBy: 'memory: the record › that storage refuses: paid all the same, and the trace says so',
  },
  {
    rule: 8,
    name: 'the record holds the signature',
    edits: [
      {
        file: 'utils/payment.ts',
        find: '...{ open, idempotencyKey,',
        replace: '...{ open, orderInfo: payment.orderInfo, idempotencyKey,',
      },
    ],
    noticedBy: 'memory: the record › is in storage before the cashier opens, and holds no secret',
  },
  {
    rule: 8,
    name: 'a restart forgets the doubt',
    edits: [{ file: 'utils/payment.ts', find: 'doubt: isUnsettled(payment),', replace: 'doubt: false,' }],
    noticedBy:
      'memory: a failed payment that may be paid is still in doubt after a restart: the next tap looks, no second cashier',
  },
  {
    rule: 8,
    name: 'another owner finds the record',
    edits: [
      {
        file: 'utils/purchases.ts',
        find: "encodeURIComponent(ownerNow()) + ' ' + orderKey",
        replace: "' ' + orderKey",
      },
    ],
    noticedBy: 'memory: resumePending › is not told what belongs to another owner',
  },
  {
    rule: 8,
    name: 'a record goes to whoever is logged in',
    edits: [
      {
        file: 'utils/purchases.ts',
        find: '...{ owner, orderKey,',
        replace: '...{ owner: ownerNow(), orderKey,',
      },
    ],
    noticedBy: 'memory: another owner › who comes while the first is paying does not take the record over',
  },
  {
    rule: 8,
    name: 'a record never grows old',
    edits: [
      {
        file: 'utils/records.ts',
        find: 'return !(now() - (record.startedAt as number) < maxAge);',
        replace: 'return false;',
      },
    ],
    noticedBy: 'memory: the record › blocks for a day at most',
  },
  {
    rule: 8,
    name: 'a damaged record is believed',
    edits: [{ file: 'utils/records.ts', find: 'parseFen(totalAmount) !== null &&', replace: '' }],
    noticedBy: 'restored: a record › with an amount that is none is as if it were not there',
  },
  {
    rule: 8,
    name: 'a record of another version is believed',
    edits: [{ file: 'utils/records.ts', find: 'holder && holder.v === VERSION', replace: 'holder' }],
    noticedBy: 'restored: a record › with another version is as if it were not there',
  },
  {
    rule: 8,
    name: 'what the cashier handed over is stored',
    edits: [
      {
        file: 'utils/purchases.ts',
        find: 'waiting: waiting && ({ ...waiting, raw: null } as PayOutcome),',
        replace: 'waiting,',
      },
    ],
    noticedBy:
      'restored: an outcome that waited › waits without what the cashier handed over, which may hold a secret',
  },
  {
    rule: 8,
    name: 'the record of another takes the place of a payment under way',
    edits: [{ file: 'utils/purchases.ts', find: ' || record.owner !== ownerNow()', replace: '' }],
    noticedBy: 'restored: a record › of another owner does not take the place of a payment under way',
  },
  {
    rule: 9,
    name: 'a closed page is drawn',
    edits: [{ file: 'components/pay-button/pay-button.ts', find: 'if (!this.alive) return;', replace: '' }],
    noticedBy: 'pages: nothing is set › on a button that was removed, although its page still pays with it',
  },
  {
    rule: 9,
    name: 'everything is set every time',
    edits: [
      {
        file: 'components/pay-button/pay-button.ts',
        find: 'if (data[key] !== value) next[key] = value;',
        replace: 'next[key] = value;',
      },
    ],
    noticedBy: 'pages: nothing is set › when nothing visible changed',
  },
  {
    rule: 9,
    name: 'a phase is told although it is the same',
    edits: [
      { file: 'utils/effects.ts', find: 'if (phase !== previous && purchases', replace: 'if (purchases' },
    ],
    noticedBy:
      'another-component: it hears › each phase once, however often its page was shown, and nothing when nothing changed',
  },
  {
    rule: 10,
    name: 'a toast shows any words of the backend',
    edits: [
      {
        file: 'utils/order-request.ts',
        find: 'message.length <= TOAST_LENGTH',
        replace: 'message.length >= 0',
      },
    ],
    noticedBy:
      'orders: the order request fails › because the backend refuses in too many words: order-rejected',
  },
  {
    rule: 10,
    name: 'a trace holds the order',
    edits: [
      {
        file: 'utils/trace.ts',
        find: 'onTrace({ at: now(),',
        replace: 'onTrace({ at: now(), all: state,',
      },
    ],
    noticedBy: 'memory: the record › is in storage before the cashier opens, and holds no secret',
  },
  {
    rule: 'table',
    name: "the cashier's success is believed",
    edits: [
      {
        file: 'utils/payment.ts',
        find: "lookOr('confirm', windows.confirm, () => succeed(false));",
        replace: 'succeed(false);',
      },
    ],
    noticedBy: 'outcomes: the cashier says success › and the backend says paid at once: verified',
  },
  {
    rule: 'table',
    name: "the cashier's cancel is believed",
    edits: [
      {
        file: 'utils/payment.ts',
        find: "lookOr('cancel', [0], () => cancel('user', 'idle'));",
        replace: "cancel('user', 'idle');",
      },
    ],
    noticedBy: 'outcomes: the cashier says cancel › 2, and the backend says unpaid: cancelled by the person',
  },
  {
    rule: 'table',
    name: "the cashier's failure is believed",
    edits: [
      {
        file: 'utils/payment.ts',
        find: "lookOr('short', windows.shortConfirm, failDoubtful);",
        replace: 'failDoubtful();',
      },
    ],
    noticedBy: 'outcomes: the cashier says it failed › with 6: after a short confirm, maybe paid',
  },
  {
    rule: 'table',
    name: 'one look is enough',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'if (now.delays.length) look(reason, now.delays, now.phase);\n      else',
        replace: '',
      },
    ],
    noticedBy:
      'outcomes: the cashier says success › and the backend never hears of it: pending after sixteen looks within about a minute',
  },
  {
    rule: 'table',
    name: 'refunded counts as unpaid',
    edits: [{ file: 'utils/order-status.ts', find: " || status === 'refunded'", replace: '' }],
    noticedBy: 'outcomes: the backend says › refunded: that was paid',
  },
  {
    rule: 'table',
    name: 'an HTTP error with a good body is good',
    edits: [
      {
        file: 'utils/backend.ts',
        find: 'if (statusCode < 200 || statusCode > 299) {',
        replace: 'if (statusCode < 0) {',
      },
    ],
    noticedBy:
      'orders: the order request fails › by 500 with a good body: order-request, nothing to pay, and the next tap sends the same key',
  },
  {
    rule: 'config',
    name: 'one key with two sources is paid',
    edits: [{ file: 'utils/registry.ts', find: 'source.origin !== origin', replace: "source.origin === ''" }],
    noticedBy: 'words: a wrong configuration › one explicit order-key with two different sources',
  },
  {
    rule: 1,
    name: 'the tap that lets a purchase in says that its own cashier is gone',
    edits: [
      {
        file: 'utils/registry.ts',
        find: 'if (uncovered && state.ticket === ticket)',
        replace: 'if (uncovered)',
      },
    ],
    noticedBy:
      'lost-callback: on one button that goes on to other goods: the tap that lets them in says nothing of their own cashier',
  },
  {
    rule: 1,
    name: 'a tap of before the cashier says that the cashier is gone',
    edits: [
      {
        file: 'components/pay-button/pay-button.ts',
        find: "if (phase === 'paying') this.tapped = false;",
        replace: '',
      },
    ],
    noticedBy:
      'taps: a tap of before the cashier, paid by the page after it, does not say that the cashier is gone',
  },
  {
    rule: 2,
    name: 'what waited is told after the next outcome',
    edits: [
      {
        file: 'utils/registry.ts',
        find: 'if (purchase) effects.deliverWaiting(purchase, view.payer as Payer);',
        replace: '',
      },
    ],
    noticedBy: 'told: an outcome that waited › is told before the next one, not after it',
  },
  {
    rule: 2,
    name: 'reset() takes an outcome that waits',
    edits: [{ file: 'utils/registry.ts', find: 'if (purchase.waiting) {', replace: 'if (false) {' }],
    noticedBy: 'told: an outcome that waited › is told although a page that has just opened calls reset()',
  },
  {
    rule: 2,
    name: 'pay() on paid goods answers as the last attempt did',
    edits: [{ file: 'utils/effects.ts', find: 'purchase.promise = Promise.resolve(outcome);', replace: '' }],
    noticedBy:
      'told: goods that are found paid later › make the next pay() a success, whatever the last one said',
  },
  {
    rule: 4,
    name: 'the button says paid of goods nobody bought',
    edits: [
      {
        file: 'components/pay-button/pay-button.ts',
        find: "phase === 'paid' || phase === 'idle' ? registry().watch(this.viewNow()) : phase",
        replace: 'phase',
      },
    ],
    noticedBy:
      'goods: a button that says 已支付 › does not say so of goods that came onto it while the first were paid',
  },
  {
    rule: 4,
    name: 'an order is another one when a page hands it on',
    edits: [
      {
        file: 'utils/registry.ts',
        find: 'fingerprint !== wanted && state.tpOrderId !== wanted',
        replace: 'fingerprint !== wanted',
      },
    ],
    noticedBy:
      'goods: an order that a create-url made and a page hands on as order-info › is paid when it was found paid',
  },
  {
    rule: 4,
    name: 'goods are compared otherwise than they are sent',
    edits: [
      {
        file: 'components/pay-button/source.ts',
        find: 'payload = JSON.parse(JSON.stringify(payload));',
        replace: '',
      },
    ],
    noticedBy: 'goods: goods are compared as they are sent › another Date is another booking',
  },
  {
    rule: 4,
    name: 'a page that pays in paytap pays twice',
    edits: [
      {
        file: 'components/pay-button/pay-button.ts',
        find: '!toBoolean(this.data.manual) && this.tapped',
        replace: '!toBoolean(this.data.manual)',
      },
    ],
    noticedBy:
      'goods: pay() with goods of its own › inside paytap, without manual, pays them and not those of the button, too',
  },
  {
    rule: 4,
    name: 'other goods of the same key join those that are being ordered',
    edits: [
      {
        file: 'utils/registry.ts',
        find: '(other.id !== id || other.next.fingerprint !== fingerprint)',
        replace: 'other.id !== id',
      },
    ],
    noticedBy:
      'goods: pay() with goods of its own › while other goods are being ordered is not told that those were paid',
  },
  {
    rule: 5,
    name: 'an order that is on its way is asked for again',
    edits: [
      {
        file: 'utils/effects.ts',
        find: 'if (purchase.creating && purchase.creating.amount === amount)',
        replace: 'if (false)',
      },
    ],
    noticedBy:
      'orders: goods that are wanted again while their order is still on its way › are not asked for a second time, and paid with the answer of the first',
  },
  {
    rule: 5,
    name: 'a status that nobody knows is unpaid',
    edits: [
      {
        file: 'utils/order-request.ts',
        find: 'if (!status && answer.order',
        replace: 'if (false && answer.order',
      },
    ],
    noticedBy:
      'create-answers: a word that nobody knows is not unpaid: no cashier, and the developer reads why',
  },
  {
    rule: 5,
    name: 'what is said of another order counts for ours',
    edits: [
      {
        file: 'utils/payment.ts',
        find: 'if (now.resumed && tpOrderId && tpOrderId !== now.tpOrderId)',
        replace: 'if (false)',
      },
    ],
    noticedBy: 'create-answers: closed of another order does not end the doubt about ours',
  },
  {
    rule: 7,
    name: 'quick taps put the question again',
    edits: [
      {
        file: 'utils/effects.ts',
        find: 'if (asking || turnstile.isCooling())',
        replace: 'if (turnstile.isCooling())',
      },
    ],
    noticedBy: 'memory: a tap on a pending purchase › asks once, however quickly it is tapped again',
  },
  {
    rule: 7,
    name: 'what is refused is not looked into',
    edits: [
      { file: 'utils/payment.ts', find: 'if (refusal && !(now.doubt && canLook))', replace: 'if (refusal)' },
    ],
    noticedBy: 'another-component: it makes the button refuse › what is pending is looked into all the same',
  },
  {
    rule: 7,
    name: 'what is refused is paid after a look',
    edits: [{ file: 'utils/payment.ts', find: '} else if (now.refusal) {', replace: '} else if (false) {' }],
    noticedBy:
      'another-component: it makes the button refuse › as two sources of one key do: what is in doubt is looked into, and found unpaid it is not paid',
  },
  {
    rule: 8,
    name: 'storage that refused to be read is written over',
    edits: [
      {
        file: 'utils/records.ts',
        find: 'if (stored === undefined || stored === null || stored.errCode) return null;',
        replace: '',
      },
    ],
    noticedBy: 'memory: storage that throws at first is read again before anything is written',
  },
  {
    rule: 'config',
    name: 'a refusal is not heard while the order is on its way',
    edits: [{ file: 'utils/effects.ts', find: 'else if (failure)', replace: 'else if (false)' }],
    noticedBy:
      'another-component: it makes the button refuse › until the cashier is called, also while the order is on its way',
  },
];
