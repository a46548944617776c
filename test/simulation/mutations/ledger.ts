/** What is kept about orders: their goods, what the cashier claimed, whose they are, and storage. */
import type { RuleMutation } from './rule-mutation';
import {
  APP_STATE,
  CASHIER_CALL,
  CONFIG,
  CREATE_MAP,
  DELIVERY,
  DRAFTS,
  EFFECTS,
  LEDGER,
  LEDGER_STORAGE,
  LIVE_ATTEMPTS,
  MANAGER,
  KNOWN_ORDERS,
  PAID_GOODS,
  PAY_BUTTON,
  PHASES,
  PROPS,
  SETTLEMENT,
  STATE_MACHINE,
  SWAN,
} from './source-files';

export const LEDGER_MUTATIONS: RuleMutation[] = [
  // ---- Goods and orders

  {
    rule: 'the same goods get the same order again',
    edits: [{ file: DRAFTS, find: 'if (known && !isNew) return', replace: 'if (false) return' }],
    noticedBy:
      'create-order: a cancelled order is called again without a create request when its button is tapped again',
  },
  {
    rule: 'the draft of a user stays theirs when nobody is logged in',
    edits: [{ file: DRAFTS, find: 'return known.owner ? known : putDraft', replace: 'return putDraft' }],
    noticedBy:
      "two-users: bob's order is a new one when nobody was logged in while ann's order of the same goods was asked for again",
  },
  {
    rule: 'goods: the order-key',
    edits: [{ file: PROPS, find: 'hash([orderKey, ', replace: 'hash([' }],
    noticedBy: 'properties: the identity of goods › goods differ when the order-key differs',
  },
  {
    rule: 'goods: the create-url',
    edits: [{ file: PROPS, find: 'createUrl, method, stableJson', replace: 'method, stableJson' }],
    noticedBy: 'properties: the identity of goods › goods differ when method or create-url differs',
  },
  {
    rule: 'goods: the payload',
    edits: [{ file: PROPS, find: 'stableJson(payload), amount', replace: 'amount' }],
    noticedBy:
      'changed-goods: the first order is checked and named in the question when a note is added while it is pending',
  },
  {
    rule: 'goods: the payload as it is sent',
    edits: [{ file: PROPS, find: 'asSent(request.payload)', replace: 'request.payload' }],
    noticedBy: 'properties: the identity of goods › goods differ when a Date in the payload differs',
  },
  {
    rule: 'the amount property counts for the same payload as sent',
    edits: [
      {
        file: PROPS,
        find: 'stableJson(asSent(one)) === stableJson(asSent(other))',
        replace: 'stableJson(one) === stableJson(other)',
      },
    ],
    noticedBy:
      'changed-price: the amount property counts when pay() gets the same payload and it has a field that is undefined',
  },
  {
    rule: 'goods: the amount',
    edits: [{ file: PROPS, find: 'stableJson(payload), amount]', replace: 'stableJson(payload)]' }],
    noticedBy: 'changed-goods: a new order is created when the amount changes after a cancel',
  },
  {
    rule: 'goods of a ready order-info: its tpOrderId',
    edits: [
      {
        file: PROPS,
        find: "goods: ready ? toText(((toObject(ready) || {}) as Values).tpOrderId) : ''",
        replace: "goods: ready ? hash(stableJson(ready)) : ''",
      },
    ],
    noticedBy:
      'cashier-call: the cashier stays closed when the lines of the order-summary on the page do not add up to the total',
  },
  {
    rule: 'an order is found by its goods',
    edits: [{ file: LEDGER, find: 'order.goods === goods || order.tpOrderId', replace: 'order.tpOrderId' }],
    noticedBy:
      'button-attached: a button shows pending and checks once when it is attached and its goods have an unsettled order',
  },
  {
    rule: 'an order is found by its tpOrderId',
    edits: [
      {
        file: LEDGER,
        find: 'order.goods === goods || order.tpOrderId === goods',
        replace: 'order.goods === goods',
      },
    ],
    noticedBy:
      'waiting-outcome: a button of the orderInfo receives the undelivered outcome when the order was made by create-url',
  },
  {
    rule: 'the record holds nothing that the cashier handed over',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: "outcome && 'raw' in outcome ? { ...order, outcome: { ...outcome, raw: null } } : order",
        replace: 'order',
      },
    ],
    noticedBy: 'secrets: no secret is written when an undelivered outcome with a raw response is stored',
  },
  {
    rule: 'an order stays until it is settled and its outcome was delivered, no longer',
    edits: [
      {
        file: DELIVERY,
        find: '    removeOrder(tpOrderId);\n    forgetGoodsOf',
        replace: '    forgetGoodsOf',
      },
    ],
    noticedBy: 'storage: an order is deleted from storage when it is paid and delivered',
  },
  {
    rule: 'before the first call keys live in memory',
    edits: [
      {
        file: DRAFTS,
        find: 'idempotencyKey: called && !isNew ?',
        replace: 'idempotencyKey: goods ? goods : called && !isNew ?',
      },
    ],
    noticedBy: 'app-restart: a new order is created when the app was killed before the cashier call',
  },
  {
    rule: 'the key of an order that was called survives a kill',
    edits: [
      {
        file: DRAFTS,
        find: 'called && !isNew ? called.idempotencyKey : randomKey()',
        replace: 'randomKey()',
      },
    ],
    noticedBy: 'app-restart: the same order is called again when it was cancelled before the kill',
  },
  {
    rule: 'a tpOrderId may be a property name of objects: constructor',
    edits: [
      {
        file: CREATE_MAP,
        find: 'Object.create(null) as Record<string, Value>',
        replace: '({}) as Record<string, Value>',
      },
    ],
    noticedBy: 'invalid-values: an order is found after a restart when its tpOrderId is constructor',
  },
  {
    rule: 'a tpOrderId may be a property name of objects: __proto__',
    edits: [
      {
        file: CREATE_MAP,
        find: 'Object.create(null) as Record<string, Value>',
        replace: '({}) as Record<string, Value>',
      },
    ],
    noticedBy: 'invalid-values: an order is found after a restart when its tpOrderId is __proto__',
  },
  {
    rule: 'a tpOrderId may be a property name of objects: raw',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: 'JSON.stringify({ v: VERSION, orders: stored })',
        replace:
          "JSON.stringify({ v: VERSION, orders: stored }, (key, value: unknown) => (key === 'raw' ? null : value))",
      },
    ],
    noticedBy: 'invalid-values: an order is found after a restart when its tpOrderId is raw',
  },
  {
    rule: 'a record belongs to the tpOrderId it holds',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: 'const { tpOrderId } = order;\n    restored',
        replace: 'const tpOrderId = key;\n    restored',
      },
    ],
    noticedBy:
      'invalid-values: paysuccess is fired once when storage holds an order under another key than its tpOrderId',
  },
  {
    rule: 'an order that create-url made keeps its goods',
    edits: [{ file: CASHIER_CALL, find: 'made ? made.goods : goods', replace: 'goods' }],
    noticedBy:
      'changed-goods: an order keeps its goods, key and status-url when its order page pays it by orderInfo',
  },
  {
    rule: 'an order that create-url made keeps its key',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'made ? made.idempotencyKey : attempt.idempotencyKey',
        replace: 'attempt.idempotencyKey',
      },
    ],
    noticedBy:
      'changed-goods: an order keeps its goods, key and status-url when its order page pays it by orderInfo',
  },
  {
    rule: 'an order that create-url made keeps its status-url',
    edits: [
      {
        file: CASHIER_CALL,
        find: "request.statusUrl || known.statusUrl || ''",
        replace: 'request.statusUrl',
      },
    ],
    noticedBy:
      'changed-goods: an order keeps its goods, key and status-url when its order page pays it by orderInfo',
  },
  {
    rule: 'while properties change, the address of an order stays',
    edits: [{ file: MANAGER, find: '(!order.statusUrl || callDelay !== undefined)', replace: '!!order' }],
    noticedBy:
      'status-check: a status-url with the number of its order in it › is not that of the order before when it changes before order-info does',
  },
  {
    rule: 'status-url is read when all properties have arrived',
    edits: [{ file: MANAGER, find: '}, PROPERTY_DELAY);', replace: '}, 0);' }],
    noticedBy:
      'status-check: a status-url with the number of its order in it › is its own when it arrives after the order-info of an order that was called without one',
  },
  {
    rule: 'an order is known by its goods when its record is gone',
    edits: [
      {
        file: KNOWN_ORDERS,
        find: 'goodsOf(tpOrderId).some(known => known.goods === goods));',
        replace: 'false);',
      },
    ],
    noticedBy:
      'orders-of-goods: a button with create-url on the page of its order is locked › when the order was cancelled at the cashier and then closed by the shop',
  },
  {
    rule: 'an order of an earlier run is known by its goods',
    edits: [{ file: LEDGER_STORAGE, find: '    rememberGoods(tpOrderId, order);\n', replace: '' }],
    noticedBy:
      'orders-of-goods: a button with create-url on the page of its order is locked › when the order was cancelled in an earlier run of the app and then closed by the shop',
  },
  {
    rule: 'an order is known by the goods that it was made for',
    edits: [{ file: DRAFTS, find: 'if (orderInfo) rememberGoods', replace: 'if (!draft) rememberGoods' }],
    noticedBy:
      'orders-of-goods: a button with create-url on the page of its order is locked › when the order was made here, never called, and is refunded',
  },
  {
    rule: "an amount that is the order's makes no other goods: while it is paid",
    edits: [{ file: DELIVERY, find: 'one.isPriced(goods, outcome.totalAmount)', replace: 'false' }],
    noticedBy:
      'orders-of-goods: a button shows paid when its page has set amount to that of the order, in ordercreated',
  },
  {
    rule: "an amount that is the order's makes no other goods: when it is paid",
    edits: [
      {
        file: PAY_BUTTON,
        find: 'handle.isPriced(paid.goods, paid.outcome.totalAmount) ? { ...paid, goods } : null',
        replace: 'null',
      },
    ],
    noticedBy:
      'paid-button-tap: a button shows paid when its properties come to name the goods of pay() after these were paid',
  },
  {
    rule: "another amount than the order's makes other goods",
    edits: [{ file: PAY_BUTTON, find: 'return amount === totalAmount && ', replace: 'return ' }],
    noticedBy:
      'orders-of-goods: a button sells again when its page sets another amount than that of the order that was paid',
  },

  // ---- Claim

  {
    rule: 'the first answer of a call replaces unanswered',
    edits: [{ file: LEDGER, find: "claim === 'unanswered' || RANK[answer]", replace: 'RANK[answer]' }],
    noticedBy: 'cashier-claims: the question for other goods is not shown when the cashier said cancel (2)',
  },
  {
    rule: 'later answers of a call only raise its claim',
    edits: [
      {
        file: LEDGER,
        find: "claim === 'unanswered' || RANK[answer] > RANK[claim] ? answer : claim",
        replace: 'answer',
      },
    ],
    noticedBy: 'cashier-claims: a cancel is ignored when its call was given up as lost',
  },
  {
    rule: 'of a call given up as lost a cancel is ignored',
    edits: [
      {
        file: LEDGER,
        find: "claim === 'unanswered' || RANK[answer]",
        replace: "claim === 'unanswered' || claim === 'lost' || RANK[answer]",
      },
    ],
    noticedBy: 'cashier-claims: a cancel is ignored when its call was given up as lost',
  },
  {
    rule: 'rejected and not-logged-in take the call back',
    edits: [
      {
        file: LEDGER,
        find: 'if (!answer)\n    return {',
        replace: 'if (!answer) return order; if (!answer) return {',
      },
    ],
    noticedBy: 'cashier-claims: the question for other goods is not shown when the cashier never opened',
  },
  {
    rule: 'an answer that raises no claim leaves the order accepted',
    edits: [{ file: LEDGER, find: 'return rises ?', replace: 'return true ?' }],
    noticedBy:
      'accepted-orders: no second question is shown when the cashier repeats its failure of the accepted order',
  },
  {
    rule: 'a call that never opened takes no earlier one back',
    edits: [{ file: LEDGER, find: 'call.id !== id || !isWithoutAnswer', replace: '!isWithoutAnswer' }],
    noticedBy:
      'lost-call: the question for other goods names an order whose first call is lost when the cashier did not open for the second',
  },
  {
    rule: 'a call that was answered is not taken back by a later answer',
    edits: [{ file: LEDGER, find: ' || !isWithoutAnswer(call.claim)', replace: '' }],
    noticedBy:
      'adapters: configure({ requestPayment }) › payfail has mayBePaid when the adapter fails with 6 and then with 904',
  },
  {
    rule: 'the claim of an order is the highest of its calls',
    edits: [{ file: LEDGER, find: 'RANK[claim] > RANK[highest] ? claim : highest', replace: 'claim' }],
    noticedBy:
      "cashier-claims: an attempt ends as pending when the order's first call failed with 6 and the second was cancelled",
  },
  {
    rule: 'a success raises a claim that was taken back',
    edits: [
      {
        file: CASHIER_CALL,
        find: "? restoredOrder(call, result === 'success')",
        replace: "? result === 'success' ? findOrder(tpOrderId) : restoredOrder(call, false)",
      },
    ],
    noticedBy:
      'cashier-claims: paysuccess follows payfail when the cashier answers not-logged-in (5) and then success',
  },
  {
    rule: 'a doubt raises a claim that was taken back',
    edits: [
      {
        file: CASHIER_CALL,
        find: '/^(success|paying|failed)$/.test(result)',
        replace: "result === 'success'",
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › an order stays unsettled when its call fails with 1001 and then with 6',
  },
  {
    rule: 'a call that opened no cashier leaves an order settled as it was',
    edits: [{ file: CASHIER_CALL, find: 'setSettledStatus(tpOrderId, call.settledBefore);', replace: '' }],
    noticedBy:
      'late-callbacks: no question is asked about a closed order when its next call is rejected and the first one is answered 6 after that',
  },

  // ---- Unsettled

  {
    rule: 'after a restart unanswered counts as lost: unsettled',
    edits: [{ file: LEDGER, find: "claimOf(order) !== 'cancelled'", replace: 'RANK[claimOf(order)] > 1' }],
    noticedBy: 'app-restart: the question is shown for other goods when the app was killed during the call',
  },
  {
    rule: 'refunding settles',
    edits: [{ file: LEDGER, find: "status === 'refunding' || ", replace: '' }],
    noticedBy:
      'closed-and-refunded: payfail has reason refunded when a pending order is refunding and its page is shown',
  },
  {
    rule: 'closed settles silently when the claim is cancelled',
    edits: [{ file: LEDGER, find: "if (claim === 'cancelled') return 'dropped';", replace: '' }],
    noticedBy: 'create-order: the order of a new key is paid when create-url says closed',
  },
  {
    rule: 'closed above cancelled settles by being delivered',
    edits: [
      {
        file: LEDGER,
        find: "if (claim !== 'success') return 'closed';",
        replace: "if (claim !== 'success') return 'dropped';",
      },
    ],
    noticedBy:
      'closed-and-refunded: payfail has reason closed and mayBePaid, and the next tap pays a new order, when an unsettled order was closed',
  },
  {
    rule: 'a claimed success is not settled by closed',
    edits: [{ file: LEDGER, find: "if (claim !== 'success') return 'closed';", replace: "return 'closed';" }],
    noticedBy:
      'closed-and-refunded: an attempt ends as pending, and the next tap shows the question, when the cashier said success and each check says closed',
  },
  {
    rule: 'age: 24 h since the latest call',
    edits: [{ file: LEDGER_STORAGE, find: 'ageOf(order, now()) > timing().recordTtl', replace: 'false' }],
    noticedBy:
      'record-age: an order without status-url is deleted from storage when the device clock has moved by 90000000 ms',
  },
  {
    rule: 'age: either way of the clock',
    edits: [{ file: LEDGER, find: 'Math.abs(now - calledAt)', replace: '(now - calledAt)' }],
    noticedBy:
      'record-age: an order without status-url is deleted from storage when the device clock has moved by -90000000 ms',
  },
  {
    rule: 'age: with status-url a check that was answered settles',
    edits: [
      { file: LEDGER, find: "return isOld && !isAwaited ? 'dropped' : null;", replace: 'return null;' },
    ],
    noticedBy:
      'record-age: other goods are paid without a question when the unsettled order was checked and was called 25 h ago',
  },
  {
    rule: 'age: unreachable leaves it unsettled',
    edits: [{ file: LEDGER, find: "if (status === 'unreachable') return null;", replace: '' }],
    noticedBy: 'record-age: an order stays unsettled after 25 h when it cannot be checked',
  },
  {
    rule: 'age: with status-url nothing is dropped unchecked',
    edits: [{ file: LEDGER_STORAGE, find: '? !!order.statusUrl', replace: '? false' }],
    noticedBy: 'record-age: a button fires paysuccess after 25 h when the check says paid',
  },
  {
    rule: 'age: cancelled orders are dropped',
    edits: [{ file: LEDGER_STORAGE, find: ': order.settled &&', replace: ': true &&' }],
    noticedBy: 'record-age: a cancelled order is deleted from storage when it is older than 24 h',
  },
  {
    rule: 'age: orders of other owners are dropped',
    edits: [
      { file: LEDGER_STORAGE, find: 'isWorthKeeping && isOfCurrentOwner(order)', replace: 'isWorthKeeping' },
    ],
    noticedBy: "record-age: another user's order is deleted from storage when it is older than 24 h",
  },
  {
    rule: 'a new call clears accepted',
    edits: [
      { file: LEDGER, find: "calledAt: now, accepted: ''", replace: 'calledAt: now' },
      {
        file: CASHIER_CALL,
        find: 'known.outcome || null',
        replace: 'known.outcome || null, accepted: known.accepted',
      },
    ],
    noticedBy: 'accepted-orders: the question is shown again when the accepted order was called again',
  },
  {
    rule: 'a claim that rises clears accepted',
    edits: [
      {
        file: LEDGER,
        find: "return rises ? { ...answered, accepted: '' } : answered;",
        replace: 'return answered;',
      },
    ],
    noticedBy:
      'accepted-orders: the question is shown again when a late callback raises the claim of the accepted order',
  },

  // ---- Owner

  {
    rule: 'an attempt knows the order of its number, whoever called it',
    edits: [
      { file: LIVE_ATTEMPTS, find: ' || order.tpOrderId === goods', replace: '' },
      { file: LIVE_ATTEMPTS, find: ' || order.tpOrderId === tpOrderId', replace: '' },
    ],
    noticedBy:
      'ready-order: bob sees the question, and ann receives paysuccess later, when ann may have paid the ready order',
  },
  {
    rule: 'userId 0 is nobody',
    edits: [{ file: CONFIG, find: '(0|NaN)', replace: '(NaN)' }],
    noticedBy: 'two-users: ann sees the question when an order was called while userId was 0',
  },
  {
    rule: 'an order that another user calls stays that of its first owner, too',
    edits: [
      {
        file: CASHIER_CALL,
        find: "known.tpOrderId && owner && known.owner !== owner ? '' : known.owner || owner",
        replace: 'owner',
      },
    ],
    noticedBy: 'ready-order: ann receives paysuccess when bob called her order again and it was paid',
  },
  {
    rule: "another user's order that was closed and may be paid is never called cancelled",
    edits: [{ file: STATE_MACHINE, find: '&& isInDoubt(order)', replace: '&& isUnsettled(order)' }],
    noticedBy:
      "ready-order: an attempt ends as pending when the shop closed another user's unsettled order and the page is left before the cashier",
  },
  {
    rule: "another user's undelivered success sets mayBePaid",
    edits: [{ file: STATE_MACHINE, find: "(outcome.outcome === 'success' || (", replace: '((' }],
    noticedBy: "ready-order: payfail has mayBePaid when another user's success of this order is undelivered",
  },
  {
    rule: "another user's order that was closed and may be paid sets mayBePaid",
    edits: [
      { file: STATE_MACHINE, find: " || (outcome.outcome === 'fail' && outcome.mayBePaid)", replace: '' },
    ],
    noticedBy:
      "ready-order: payfail has mayBePaid when another user's cashier gave no answer about this order and the shop closed it",
  },
  {
    rule: 'an order that its owner calls again stays hers',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'known.tpOrderId && owner && known.owner !== owner',
        replace: 'known.tpOrderId',
      },
    ],
    noticedBy: 'two-users: bob pays without a question when ann has called her order of other goods twice',
  },
  {
    rule: 'an order belongs to the owner of its attempt',
    edits: [{ file: CASHIER_CALL, find: 'known.owner || owner', replace: "''" }],
    noticedBy: "two-users: bob pays without a question when ann's order of other goods is unsettled",
  },
  {
    rule: 'an unknown owner matches every user',
    edits: [
      { file: LEDGER, find: 'return !one || !other || one === other;', replace: 'return one === other;' },
    ],
    noticedBy: 'two-users: ann sees the question when an order was called before her login',
  },
  {
    rule: "another owner's orders do not block",
    edits: [{ file: LEDGER, find: 'return !one || !other || one === other;', replace: 'return true;' }],
    noticedBy: "two-users: bob pays without a question when ann's order of other goods is unsettled",
  },
  {
    rule: 'a live attempt stays with its owner',
    edits: [
      {
        file: EFFECTS,
        find: '    owner,\n    button,\n',
        replace: "    get owner() { return '' + settings().userId; },\n    button,\n",
      },
    ],
    noticedBy: 'two-users: an order belongs to ann when bob logs in during her create request',
  },
  {
    rule: 'components look again when the owner changes',
    edits: [
      {
        file: MANAGER,
        find: '    mountedButtons().forEach(button => button.isReady && deliverAndCheck(button));\n',
        replace: '',
      },
    ],
    noticedBy:
      "two-users: a button fires paysuccess of ann's order when configure({ userId }) changes from bob to ann",
  },
  {
    rule: "a key is its owner's",
    edits: [
      {
        file: DRAFTS,
        find: 'draft.goods === goods && isSameOwner(draft.owner, owner))[0]',
        replace: 'draft.goods === goods)[0]',
      },
    ],
    noticedBy: 'two-users: bob pays a new order when ann has cancelled one of the same goods',
  },
  {
    rule: "another owner's attempt is not ended",
    edits: [
      {
        file: SETTLEMENT,
        find: 'isSameOwner(attempt.owner, order.owner) || attempt.state.tpOrderId === tpOrderId',
        replace: '!!attempt',
      },
    ],
    noticedBy:
      "two-users: bob's attempt succeeds, and ann receives paysuccess later, when ann's order of the same goods is found paid",
  },
  {
    rule: "another owner's button is not told",
    edits: [{ file: DELIVERY, find: '  if (!isOfCurrentOwner(order)) return undefined;\n', replace: '' }],
    noticedBy:
      "two-users: ann receives paysuccess at her login when bob's button of the same goods was the only one",
  },
  {
    rule: "another owner's attempt is not shown",
    edits: [
      {
        file: PHASES,
        find: 'isOfGoods(attempt.state, goods) && isOfCurrentOwner(attempt)',
        replace: 'isOfGoods(attempt.state, goods)',
      },
    ],
    noticedBy: "two-users: bob's button of the same goods is idle when ann's attempt is at the cashier",
  },
  {
    rule: 'a draft belongs to the user who uses it',
    edits: [
      {
        file: DRAFTS,
        find: 'return known.owner ? known : putDraft({ ...known, owner });',
        replace: 'return known;',
      },
    ],
    noticedBy: 'two-users: bob pays a new order when an order of before the login was called by ann',
  },
  {
    rule: 'an order that two users have called belongs to both',
    edits: [
      {
        file: CASHIER_CALL,
        find: "known.tpOrderId && owner && known.owner !== owner ? '' : known.owner || owner",
        replace: 'known.owner || owner',
      },
    ],
    noticedBy:
      'two-users: an order that ann and bob both called (status-url "/status") › bob sees the question for other goods when it may be paid',
  },
  {
    rule: 'each owner has a latest success of an order-key',
    edits: [
      {
        file: PAID_GOODS,
        find: 'paidGoodsWhere(name, paid => paid.owner !== owner)',
        replace: 'paidGoodsWhere(name, () => false)',
      },
    ],
    noticedBy: "two-users: an order-key that ann paid › ann's button stays paid when bob pays it, too",
  },
  {
    rule: 'an order that another user paid is called paid',
    edits: [
      { file: EFFECTS, find: "{ message: text('paid'), ...result.failure }", replace: 'result.failure' },
    ],
    noticedBy:
      'two-users: payfail has the message for paid when a guest paid the ready order and taps again after the login',
  },
  {
    rule: 'an order that two users have called stays that of both when one calls it again',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'known.tpOrderId && owner && known.owner !== owner',
        replace: 'known.owner && owner && known.owner !== owner',
      },
    ],
    noticedBy:
      'two-users: an order that ann and bob both called (status-url "/status") › bob sees the question for other goods when ann has called it again since',
  },

  // ---- Storage, copies

  {
    rule: 'storage: refused is never written over',
    edits: [{ file: LEDGER_STORAGE, find: '  if (stored === undefined) return;\n', replace: '' }],
    noticedBy: 'storage: the stored order of an earlier run is kept when storage refuses-reads',
  },
  {
    rule: 'storage: an error object is a refusal',
    edits: [
      { file: SWAN, find: 'stored === null || (stored && stored.errCode) ?', replace: 'stored === null ?' },
    ],
    noticedBy: 'storage: the stored order of an earlier run is kept when storage refuses-reads',
  },
  {
    rule: 'storage: null is a refusal',
    edits: [{ file: SWAN, find: 'stored === null || (stored', replace: '(stored' }],
    noticedBy:
      'storage: the question counts the stored order when storage that returns-null can be read again',
  },
  {
    rule: 'storage: refused is asked again',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: '  if (stored === undefined) return;\n  isLoaded = true;',
        replace: '  isLoaded = true;\n  if (stored === undefined) return;',
      },
    ],
    noticedBy:
      'storage: the question counts the stored order when storage that refuses-reads can be read again',
  },
  {
    rule: 'storage: the trace says durable false',
    edits: [{ file: LEDGER_STORAGE, find: 'return !isDirty;', replace: 'return true;' }],
    noticedBy: 'storage: the cashier is called, and the order kept in memory, when storage refuses-writes',
  },
  {
    rule: 'storage: damaged is replaced',
    edits: [{ file: LEDGER_STORAGE, find: '!isLedgerOrder(order)', replace: '!order' }],
    noticedBy: 'storage: the record is replaced when storage holds orders without required fields',
  },
  {
    rule: 'storage: newer is replaced',
    edits: [{ file: LEDGER_STORAGE, find: 'holder.v === VERSION && ', replace: '' }],
    noticedBy: 'storage: the record is ignored when a newer version wrote it',
  },
  {
    rule: 'copies share all this on getApp()',
    edits: [{ file: APP_STATE, find: 'if (!app) return local;\n', replace: 'return local;\n' }],
    noticedBy: 'package-copies: an attempt ends as busy when another copy has called the cashier',
  },
  {
    rule: 'copies: settings of before App() are merged',
    edits: [{ file: APP_STATE, find: 'if (state !== local && !hasJoined)', replace: 'if (false)' }],
    noticedBy: 'package-copies: configure() applies to all copies when only app.js calls it at module level',
  },
  {
    rule: 'storage read again: the calls of both runs count',
    edits: [
      { file: LEDGER_STORAGE, find: 'calls: calls.concat(known.calls)', replace: 'calls: known.calls' },
    ],
    noticedBy:
      'storage: an order counts the calls of both runs when it was called again before storage could be read',
  },
  {
    rule: 'storage read again: what is over stays over',
    edits: [{ file: LEDGER_STORAGE, find: ' || removed[order.tpOrderId]', replace: '' }],
    noticedBy: 'storage: a paid order stays settled when storage with its earlier record can be read again',
  },
  {
    rule: 'what configure() was given after App() counts when another copy joins',
    edits: [{ file: APP_STATE, find: ', state.latest || {})', replace: ', {})' }],
    noticedBy:
      'package-copies: configure() after App() wins when another copy joins later with its earlier settings',
  },
  {
    rule: 'what was paid in an earlier run is remembered when it is delivered',
    edits: [
      {
        file: DELIVERY,
        find: "if (outcome && outcome.outcome === 'success') rememberPaid(order, outcome);",
        replace: '',
      },
    ],
    noticedBy:
      'app-restart: what was paid before a restart and delivered after it › stays paid on the next page when it has an order-key',
  },
  {
    rule: 'how an order was settled is known after a restart',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: '    if (order.settled && order.outcome) setSettledStatus(tpOrderId, toSettledStatus(order.outcome));\n',
        replace: '',
      },
    ],
    noticedBy:
      'app-restart: what was paid before a restart and delivered after it › is not called again when its order-info was refunded',
  },
  {
    rule: 'goods made by create-url keep their own order-key',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'orderKey: made ? made.orderKey : orderKey',
        replace: 'orderKey: orderKey || (made ? made.orderKey : orderKey)',
      },
    ],
    noticedBy:
      'orders-of-goods: an order that its checkout made and its own page has called › is no purchase of an order-key when only its page has one',
  },
  {
    rule: 'the same goods are a new purchase when the outcome of their order was delivered',
    edits: [
      {
        file: DELIVERY,
        find: '    removeOrder(tpOrderId);\n    forgetGoodsOf(tpOrderId);',
        replace: '    removeOrder(tpOrderId);',
      },
    ],
    noticedBy:
      'orders-of-goods: the same goods are sold again › below the order that was closed when payfail has said so',
  },
  {
    rule: 'the drafts of a paid order go by its number',
    edits: [{ file: DRAFTS, find: ' && !isDraftOf(draft, order.tpOrderId)', replace: '' }],
    noticedBy:
      'orders-of-goods: the same goods are a new purchase when their shop kept one order for a cart whose note changed, and that was paid',
  },
];
