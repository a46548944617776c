/**
 * The rules of payments, each with what takes it out of the source and the one story that fails then. README.md says how
 * to print and play the list.
 */
import type { Edit } from './fakes/library';

const PAY_BUTTON = 'components/pay-button/pay-button.ts';
const CONTROLLER = 'components/order-summary/controller.ts';
const PROPS = 'components/pay-button/props.ts';
const CHECK_STATUS = 'utils/backend/check-status.ts';
const CREATE_ORDER = 'utils/backend/create-order.ts';
const REQUEST = 'utils/backend/request.ts';
const CONFIG = 'utils/config/config.ts';
const CONFIGURE = 'utils/config/configure.ts';
const APP_STATE = 'utils/host/app-state.ts';
const CASHIER = 'utils/host/cashier.ts';
const SWAN = 'utils/host/swan.ts';
const ATTEMPTS = 'utils/payment/attempts.ts';
const CASHIER_CALL = 'utils/payment/cashier-call.ts';
const CHECKS = 'utils/payment/checks.ts';
const COMPONENTS = 'utils/payment/components.ts';
const DELIVERY = 'utils/payment/delivery.ts';
const DRAFTS = 'utils/payment/drafts.ts';
const EFFECTS = 'utils/payment/effects.ts';
const LEDGER_STORAGE = 'utils/payment/ledger-storage.ts';
const LEDGER = 'utils/payment/ledger.ts';
const MANAGER = 'utils/payment/manager.ts';
const QUESTION = 'utils/payment/question.ts';
const SETTLEMENT = 'utils/payment/settlement.ts';
const STATE_MACHINE = 'utils/payment/state-machine.ts';

export interface RuleMutation {
  /** what is not true any more */
  rule: string;
  edits: Edit[];
  /** the story that fails: its file and its full name */
  noticedBy: string;
}

export const MUTATIONS: RuleMutation[] = [
  // ---- Goods and ledger

  {
    rule: 'the same goods get the same order again',
    edits: [
      { file: DRAFTS, find: 'if (known) return known.owner', replace: 'if (false) return known.owner' },
    ],
    noticedBy: 'create: the same order is called again, without a request, when it was cancelled',
  },
  {
    rule: 'goods: the order-key',
    edits: [{ file: PROPS, find: 'hash([orderKey, ', replace: 'hash([' }],
    noticedBy: 'properties: Goods are what is sent › the same goods under two keys are two purchases',
  },
  {
    rule: 'goods: the create-url',
    edits: [{ file: PROPS, find: 'createUrl, method, stableJson', replace: 'method, stableJson' }],
    noticedBy: 'properties: Goods are what is sent › a method or an address is part of them',
  },
  {
    rule: 'goods: the payload',
    edits: [{ file: PROPS, find: 'stableJson(payload), amount', replace: 'amount' }],
    noticedBy:
      'changed-goods: P2 the first order is checked and asked about when a note was added while it is pending',
  },
  {
    rule: 'goods: the payload as it is sent',
    edits: [{ file: PROPS, find: 'JSON.parse(JSON.stringify(payload))', replace: 'payload' }],
    noticedBy: 'properties: Goods are what is sent › another Date is another booking',
  },
  {
    rule: 'goods: the amount',
    edits: [{ file: PROPS, find: 'stableJson(payload), amount]', replace: 'stableJson(payload)]' }],
    noticedBy:
      'changed-goods: P10 the amount is part of the goods when it changes after a cancel: a new order',
  },
  {
    rule: 'goods of a ready order-info: its tpOrderId',
    edits: [
      {
        file: PROPS,
        find: 'goods = toText(((toObject(ready) || {}) as Values).tpOrderId)',
        replace: 'goods = hash(stableJson(ready))',
      },
    ],
    noticedBy:
      'call: the cashier stays closed when an order-summary of the page objects: the sum is not the total',
  },
  {
    rule: 'an order is found by its goods',
    edits: [{ file: LEDGER, find: 'order.goods === goods || order.tpOrderId', replace: 'order.tpOrderId' }],
    noticedBy:
      'attached: a button shows pending and checks once when it is attached and its goods have an unsettled order',
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
      'waiting-outcome: the outcome that waits is found by its number, too: the page of the order is opened',
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
    noticedBy: 'secrets: no secret is written down when an outcome waits for a page, raw answer and all',
  },
  {
    rule: 'an order stays until it is settled and its outcome was delivered, no longer',
    edits: [{ file: DELIVERY, find: 'if (order.settled) removeOrder', replace: 'if (false) removeOrder' }],
    noticedBy: 'storage: a settled and delivered order leaves storage',
  },
  {
    rule: 'before the first call keys live in memory',
    edits: [
      {
        file: DRAFTS,
        find: 'idempotencyKey: called ?',
        replace: 'idempotencyKey: goods ? goods : called ?',
      },
    ],
    noticedBy:
      'restart: an order has a new key when the app was killed before its call: keys live in memory until then',
  },
  {
    rule: 'the key of an order that was called survives a kill',
    edits: [{ file: DRAFTS, find: 'called ? called.idempotencyKey : randomKey()', replace: 'randomKey()' }],
    noticedBy:
      'restart: an order is called again under its old key when it was cancelled and the app was killed',
  },
  // ---- Claim

  {
    rule: 'the first answer of a call replaces unanswered',
    edits: [{ file: LEDGER, find: "claim === 'unanswered' || RANK[answer]", replace: 'RANK[answer]' }],
    noticedBy: 'claims: a claim is cancelled: other goods are asked about only when the order may be paid',
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
    noticedBy: 'claims: a cancel is ignored when its call was given up as lost',
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
    noticedBy: 'claims: a cancel is ignored when its call was given up as lost',
  },
  {
    rule: 'rejected and not-logged-in take the call back',
    edits: [
      {
        file: LEDGER,
        find: 'if (!answer) return {',
        replace: 'if (!answer) return order; if (!answer) return {',
      },
    ],
    noticedBy:
      'claims: a claim is taken back: the cashier never opened: other goods are asked about only when the order may be paid',
  },
  {
    rule: 'a call that was answered is not taken back by a later answer',
    edits: [{ file: LEDGER, find: ' || !isOpen(call.claim)', replace: '' }],
    noticedBy:
      'host-ports: A payment through requestPayment › stays unsettled when the port fails and then says that its cashier never opened',
  },
  {
    rule: 'the claim of an order is the highest of its calls',
    edits: [{ file: LEDGER, find: 'RANK[claim] > RANK[highest] ? claim : highest', replace: 'claim' }],
    noticedBy:
      'claims: what is claimed of an order stays doubtful when a later call of it was cancelled: pending, not cancelled',
  },
  {
    rule: 'a success raises a claim that was taken back',
    edits: [
      {
        file: CASHIER_CALL,
        find: "? orderOf(answered, result === 'success')",
        replace: "? result === 'success' ? findOrder(tpOrderId) : orderOf(answered, false)",
      },
    ],
    noticedBy:
      'claims: a later answer raises the claim when the same call is answered never opened and then success',
  },
  // ---- Unsettled

  {
    rule: 'after a restart unanswered counts as lost: unsettled',
    edits: [{ file: LEDGER, find: "claimOf(order) !== 'cancelled'", replace: 'RANK[claimOf(order)] > 1' }],
    noticedBy:
      'restart: an unanswered call counts as lost when the app was killed: other goods are asked about',
  },
  {
    rule: 'refunding settles',
    edits: [{ file: LEDGER, find: "status === 'refunding' || ", replace: '' }],
    noticedBy:
      'settled: P8 the person is told of the refund, not of a success, when a pending order was refunded and the page is shown',
  },
  {
    rule: 'closed settles silently when the claim is cancelled',
    edits: [{ file: LEDGER, find: "if (claim === 'cancelled') return 'dropped';", replace: '' }],
    noticedBy: 'create: a new key is taken once when create-url says that the order is closed',
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
    noticedBy: 'settled: closed is delivered to the button of these goods when the order is doubtful',
  },
  {
    rule: 'a claimed success is not settled by closed',
    edits: [{ file: LEDGER, find: "if (claim !== 'success') return 'closed';", replace: "return 'closed';" }],
    noticedBy:
      'settled: P5 a claimed success is pending when the backend says closed for the whole window, and asks before a new order',
  },
  {
    rule: 'age: 24 h since the latest call',
    edits: [{ file: LEDGER_STORAGE, find: 'ageOf(order, now()) > timing().recordTtl', replace: 'false' }],
    noticedBy: 'age: an order without status-url is dropped 90000000 ms away',
  },
  {
    rule: 'age: either way of the clock',
    edits: [{ file: LEDGER, find: 'Math.abs(now - calledAt)', replace: '(now - calledAt)' }],
    noticedBy: 'age: an order without status-url is dropped -90000000 ms away',
  },
  {
    rule: 'age: with status-url a check that was answered settles',
    edits: [
      { file: LEDGER, find: "return isOld && !isLive ? 'dropped' : 'none';", replace: "return 'none';" },
    ],
    noticedBy: 'age: other goods are bought without a question after 25 h: a check was answered',
  },
  {
    rule: 'age: unreachable leaves it unsettled',
    edits: [{ file: LEDGER, find: "if (status === 'unreachable') return 'none';", replace: '' }],
    noticedBy: 'age: an order stays unsettled after 25 h when it cannot be checked',
  },
  {
    rule: 'age: with status-url nothing is dropped unchecked',
    edits: [{ file: LEDGER_STORAGE, find: '? !!order.statusUrl', replace: '? false' }],
    noticedBy: 'age: an order is a success after 25 h when the check says paid',
  },
  {
    rule: 'age: cancelled orders are dropped',
    edits: [{ file: LEDGER_STORAGE, find: ': order.settled &&', replace: ': true &&' }],
    noticedBy: 'age: a cancelled order is dropped after 24 h',
  },
  {
    rule: 'age: orders of other owners are dropped',
    edits: [{ file: LEDGER_STORAGE, find: '!(isWaiting && isOurs)', replace: '!isWaiting' }],
    noticedBy: "age: another owner's order is dropped after 24 h",
  },
  {
    rule: 'a new call clears accepted',
    edits: [
      { file: LEDGER, find: 'calledAt: now, accepted: false', replace: 'calledAt: now' },
      {
        file: CASHIER_CALL,
        find: 'known.outcome || null',
        replace: 'known.outcome || null, accepted: !!known.accepted',
      },
    ],
    noticedBy: 'accepted: the person is asked again when the accepted order was called once more',
  },
  {
    rule: 'a claim that rises clears accepted',
    edits: [
      {
        file: LEDGER,
        find: 'return rises ? { ...answered, accepted: false } : answered;',
        replace: 'return answered;',
      },
    ],
    noticedBy: 'accepted: the person is asked again when the claim of the accepted order rose',
  },
  // ---- One attempt; refuse

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
      'newer-tap: P27 the first attempt is over when another button was tapped while its order was made',
  },
  {
    rule: 'refuse: properties',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'if (attempt.refusal) fail(turn, attempt.refusal);\n    else if',
        replace: 'if',
      },
    ],
    noticedBy:
      'call: the cashier stays closed when an order-summary of the page objects: the sum is not the total',
  },
  {
    rule: 'refuse: unsupported',
    edits: [{ file: MANAGER, find: 'if (!hasCashier())', replace: 'if (false)' }],
    noticedBy: 'host-missing: nobody is asked to pay when the base library has no cashier: no order is made',
  },
  {
    rule: 'refuse: iOS virtual goods',
    edits: [{ file: PROPS, find: 'refusal: isVirtual', replace: 'refusal: false' }],
    noticedBy:
      'host-missing: Virtual goods › are not sold when the phone runs iOS: nothing is drawn, and pay() says so, without an order',
  },
  {
    rule: 'refuse: an objecting order-summary',
    edits: [{ file: MANAGER, find: 'return block && block.failure;', replace: 'return null;' }],
    noticedBy:
      'call: the cashier stays closed when an order-summary of the page objects: the sum is not the total',
  },
  {
    rule: 'refuse: unsettled orders of these goods are checked all the same',
    edits: [
      {
        file: STATE_MACHINE,
        find: '(!attempt.refusal || isOfGoods(one, attempt.goods))',
        replace: '!attempt.refusal',
      },
    ],
    noticedBy:
      'check-besides: unsettled orders of these goods are checked all the same when what is wanted is refused',
  },
  // ---- Check

  {
    rule: 'check: outcomes not yet delivered are in the question',
    edits: [{ file: EFFECTS, find: 'waitingOrders(owner)),', replace: '[]),' }],
    noticedBy:
      'waiting-outcome: the question tells of an outcome that still waits when other goods are wanted',
  },
  {
    rule: 'check: one GET for each unsettled order, together',
    edits: [
      {
        file: STATE_MACHINE,
        find: "{ type: 'check', orders: unsettled }",
        replace: "{ type: 'check', orders: unsettled.slice(0, 1) }",
      },
    ],
    noticedBy: 'check: an attempt checks each unsettled order once, all at the same time, when there are two',
  },
  {
    rule: 'check: 3 s at most',
    edits: [{ file: CONFIG, find: 'statusTimeout: 3000', replace: 'statusTimeout: 30000' }],
    noticedBy: 'check: an attempt waits 3 s for a check, and no longer, when the backend is slow',
  },
  {
    rule: 'check: orders of this owner',
    edits: [
      { file: ATTEMPTS, find: 'isSameOwner(order.owner, owner) ||', replace: 'order.owner !== undefined ||' },
    ],
    noticedBy: "owner: another owner's order does not block: bob buys a cup while ann's tea is pending",
  },
  {
    rule: 'check: paid of these goods is success(resumed)',
    edits: [{ file: STATE_MACHINE, find: 'const FRESH = 600000', replace: 'const FRESH = 0' }],
    noticedBy:
      'check: an attempt succeeds, without another order, when its goods turn out to have been paid a moment ago',
  },
  {
    rule: 'check: paid of these goods, younger than 10 min',
    edits: [{ file: STATE_MACHINE, find: 'const FRESH = 600000', replace: 'const FRESH = 6e9' }],
    noticedBy:
      'check: an attempt delivers the payment and asks about it when its goods were paid more than 10 min ago',
  },
  {
    rule: 'check: paid of these goods, or with an explicit order-key',
    edits: [{ file: STATE_MACHINE, find: ' || !!orderKey || ', replace: ' || ' }],
    noticedBy:
      'check: an attempt succeeds when its goods were paid more than 10 min ago under an order-key of the page',
  },
  {
    rule: 'check: paid of these goods, or a ready order-info',
    edits: [{ file: STATE_MACHINE, find: 'isReady || !!orderKey ||', replace: '!!orderKey ||' }],
    noticedBy: 'check: an attempt succeeds when its ready order was paid more than 10 min ago',
  },
  {
    rule: 'check: paid, older or of other goods, joins the question',
    edits: [
      {
        file: SETTLEMENT,
        find: "dispatch(one, { type: 'found'",
        replace: "(() => undefined)(one, { type: 'found'",
      },
    ],
    noticedBy:
      'check: the question says paid when an order of other goods was paid meanwhile, and it waits for nobody else then',
  },
  {
    rule: 'check: of these goods and unreachable is pending',
    edits: [{ file: STATE_MACHINE, find: 'else if (silent) {', replace: 'else if (silent && false) {' }],
    noticedBy:
      'check: an attempt is pending when its own order cannot be checked, and asks when it cannot the second time running',
  },
  {
    rule: 'check: unreachable the second time is asked about',
    edits: [{ file: STATE_MACHINE, find: ' && before.indexOf(tpOrderId) < 0', replace: '' }],
    noticedBy:
      'check: an attempt is pending when its own order cannot be checked, and asks when it cannot the second time running',
  },
  {
    rule: 'check: unreachable the second time running',
    edits: [
      {
        file: EFFECTS,
        find: 'unreachableBefore = unreachable;',
        replace: 'unreachableBefore = before.concat(unreachable);',
      },
    ],
    noticedBy: 'check: an attempt is pending again when its order could be checked in between',
  },
  {
    rule: 'cancelled orders are checked beside the create request',
    edits: [
      {
        file: EFFECTS,
        find: "    checkCancelled(live);\n  },\n\n  'free-key'",
        replace: "  },\n\n  'free-key'",
      },
    ],
    noticedBy: 'check-besides: cancelled orders are checked beside the create request, and never waited for',
  },
  {
    rule: 'cancelled orders are checked when nothing has to be created, too',
    edits: [{ file: EFFECTS, find: 'gate(live) {\n    checkCancelled(live);', replace: 'gate(live) {' }],
    noticedBy:
      'check-besides: cancelled orders are checked once in an attempt, also when its own order need not be made',
  },
  {
    rule: 'cancelled orders younger than 30 min are checked',
    edits: [
      { file: EFFECTS, find: 'const CANCELLED_AGE = 1800000', replace: 'const CANCELLED_AGE = 7200000' },
    ],
    noticedBy:
      'check-besides: cancelled orders are not checked when they were called more than 30 min ago, and at most three are',
  },
  {
    rule: 'at most 3 cancelled orders are checked',
    edits: [{ file: EFFECTS, find: 'const MAX_CANCELLED = 3', replace: 'const MAX_CANCELLED = 5' }],
    noticedBy:
      'check-besides: cancelled orders are not checked when they were called more than 30 min ago, and at most three are',
  },
  {
    rule: 'cancelled orders with a status-url are checked',
    edits: [{ file: EFFECTS, find: '!!order.statusUrl &&\n        claimOf', replace: 'claimOf' }],
    noticedBy: 'check-besides: a cancelled order is not checked when it has no status-url',
  },
  // ---- Create

  {
    rule: 'create, unless the orderInfo is in memory',
    edits: [{ file: EFFECTS, find: 'if (orderInfo) {', replace: 'if (orderInfo && isReady) {' }],
    noticedBy: 'create: the same order is called again, without a request, when it was cancelled',
  },
  {
    rule: 'a clear refusal frees the key',
    edits: [{ file: STATE_MACHINE, find: "effects.push({ type: 'free-key' });", replace: ';' }],
    noticedBy:
      'create: P11 a clear refusal frees the key when the backend replays its first answer for a key',
  },
  {
    rule: 'a lost connection keeps the key',
    edits: [
      {
        file: STATE_MACHINE,
        find: "result.failure.reason === 'order-rejected' && !unsettled",
        replace: '!unsettled',
      },
    ],
    noticedBy: 'create: the key is kept when the answer was lost: the same order comes',
  },
  {
    rule: 'create: paid is success',
    edits: [{ file: STATE_MACHINE, find: "status === 'paid' && !wasCalled", replace: 'false' }],
    noticedBy:
      'create: an attempt succeeds, without a call, when create-url says that its order is paid by now',
  },
  {
    rule: 'create: the status of the answer settles its order',
    edits: [{ file: EFFECTS, find: '      applyStatus(tpOrderId, result.status);\n', replace: '' }],
    noticedBy:
      'restart: an order is delivered as paid when there is no status-url, and create-url says so at the next tap',
  },
  {
    rule: 'create: closed takes a new key',
    edits: [{ file: STATE_MACHINE, find: '} else if (attempt.renewed) {', replace: '} else if (true) {' }],
    noticedBy: 'create: a new key is taken once when create-url says that the order is closed',
  },
  {
    rule: 'create: closed takes a new key once',
    edits: [{ file: STATE_MACHINE, find: '} else if (attempt.renewed) {', replace: '} else if (false) {' }],
    noticedBy: 'create: an attempt fails as closed when the order of the new key is closed, too',
  },
  {
    rule: 'ordercreated is delivered now',
    edits: [{ file: EFFECTS, find: 'orderKey, reused }));\n    flush();', replace: 'orderKey, reused }));' }],
    noticedBy: 'create: ordercreated is told before the cashier opens',
  },
  {
    rule: 'an order that was given up while it was made is not used again',
    edits: [
      {
        file: EFFECTS,
        find: 'createOrder(request, idempotencyKey, result => {\n      if (!isStill()) return;',
        replace: 'createOrder(request, idempotencyKey, result => {',
      },
    ],
    noticedBy:
      'changed-goods: reset() gives up the order that is still made, too: the next tap has a new key',
  },
  {
    rule: 'amount-changed',
    edits: [{ file: CREATE_ORDER, find: 'amount === null || amount === totalAmount', replace: 'true' }],
    noticedBy:
      'changed-goods: an order is refused as amount-changed, with what it costs now, when the amount shown is another',
  },
  // ---- Ask once

  {
    rule: 'ask, when something is unsettled',
    edits: [{ file: STATE_MACHINE, find: '.concat(blocking)', replace: '' }],
    noticedBy:
      'question: the question offers the same order, and a yes calls it, when that order may be paid',
  },
  {
    rule: 'ask, when something was just found paid or closed',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'const subjects = found\n    .map(one => one.order)\n    .concat(blocking)',
        replace: 'const subjects = blocking',
      },
    ],
    noticedBy:
      'check: the question says paid when an order of other goods was paid meanwhile, and it waits for nobody else then',
  },
  {
    rule: 'ask: the same order is offered',
    edits: [{ file: STATE_MACHINE, find: "kind: isSame ? 'same' :", replace: 'kind:' }],
    noticedBy:
      'question: the question offers the same order, and a yes calls it, when that order may be paid',
  },
  {
    rule: 'ask: one question names the newest',
    edits: [
      {
        file: STATE_MACHINE,
        find: '.sort((one, other) => other.calledAt - one.calledAt)',
        replace: '.sort((one, other) => one.calledAt - other.calledAt)',
      },
    ],
    noticedBy:
      'question: one question names the newest and counts the rest, and a yes accepts them all, when several may be paid',
  },
  {
    rule: 'ask: one question counts the others',
    edits: [{ file: QUESTION, find: "orders.length > 1 ? 'askOrders' : 'askOrder'", replace: "'askOrder'" }],
    noticedBy:
      'question: one question names the newest and counts the rest, and a yes accepts them all, when several may be paid',
  },
  {
    rule: 'ask: yes accepts',
    edits: [{ file: EFFECTS, find: 'putOrder({ ...order, accepted: true })', replace: 'order' }],
    noticedBy: 'accepted: nobody is asked again when the person said yes and cancelled the new order',
  },
  {
    rule: 'ask: yes accepts all',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'attempt.named.indexOf(one.tpOrderId) >= 0 && (one !== same',
        replace: 'attempt.named[0] === one.tpOrderId && (one !== same',
      },
    ],
    noticedBy:
      'question: one question names the newest and counts the rest, and a yes accepts them all, when several may be paid',
  },
  {
    rule: 'ask: after two calls about a new order',
    edits: [{ file: LEDGER, find: 'const MAX_CALLS = 2', replace: 'const MAX_CALLS = 3' }],
    noticedBy:
      'question: the question is about a new order, and a yes takes a new key, when the same order was called twice in vain',
  },
  {
    rule: 'ask: two calls that were not cancelled',
    edits: [
      {
        file: LEDGER,
        find: "order.calls.filter(({ claim }) => claim !== 'cancelled').length",
        replace: 'order.calls.length',
      },
    ],
    noticedBy: 'question: the question is about the same order when one of its two calls was cancelled',
  },
  {
    rule: 'ask: after 30 min about a new order',
    edits: [
      {
        file: LEDGER,
        find: 'const MAX_UNCHECKED_AGE = 1800000',
        replace: 'const MAX_UNCHECKED_AGE = 2400000',
      },
    ],
    noticedBy:
      'question: the question after 31 min, with {"createUrl":"/orders","orderPayload":{"goods":"tea"},"statusUrl":""}, is about 本次订单',
  },
  {
    rule: 'ask: after 30 min without a status-url',
    edits: [{ file: LEDGER, find: '(!order.statusUrl && ageOf', replace: '(ageOf' }],
    noticedBy:
      'question: the question after 31 min, with {"createUrl":"/orders","orderPayload":{"goods":"tea"},"statusUrl":"/status"}, is about 同一笔',
  },
  {
    rule: 'ask: yes to a new order takes a new key',
    edits: [
      { file: STATE_MACHINE, find: 'if (replaces) create(turn, true);\n    else wait', replace: 'wait' },
    ],
    noticedBy:
      'question: the question is about a new order, and a yes takes a new key, when the same order was called twice in vain',
  },
  {
    rule: 'ask: another order for the key of an unsettled one names the header',
    edits: [
      { file: STATE_MACHINE, find: 'unsettled && unsettled.tpOrderId !== tpOrderId', replace: 'false' },
    ],
    noticedBy:
      'create: P12 the console names the header when a shop without status-url answers another order for the key',
  },
  {
    rule: 'a question is put only in front',
    edits: [
      {
        file: EFFECTS,
        find: 'ask(live, { question: subject }) {\n    whenActive(live,',
        replace:
          'ask(live, { question: subject }) {\n    ((_live: LiveAttempt, then: () => void) => then())(live,',
      },
    ],
    noticedBy: 'question-ends: P13 no question is put when the person goes back before the check answers',
  },
  {
    rule: 'a question ends as no with its page',
    edits: [
      { file: EFFECTS, find: 'if (question && !isActive(question.live.button)) reply(false);', replace: '' },
    ],
    noticedBy: 'question-ends: a question ends as no when its page is left, and its late yes does nothing',
  },
  {
    rule: 'a question ends as no when a tap gets through',
    edits: [{ file: EFFECTS, find: 'if (question && !question.isFresh) reply(false);', replace: '' }],
    noticedBy: 'question-ends: a question ends as no when a tap gets through: the host dropped it',
  },
  {
    rule: 'a question does not end by a tap that was on its way',
    edits: [{ file: EFFECTS, find: 'if (question && !question.isFresh)', replace: 'if (question)' }],
    noticedBy: 'question-ends: a question stays open when the tap was on its way as it was put: a double tap',
  },
  {
    rule: 'a question ends as no when showModal fails',
    edits: [{ file: SWAN, find: '        fail: failed,\n', replace: '' }],
    noticedBy: 'question-ends: a question counts as answered no when showModal fails',
  },
  {
    rule: 'a question that named an order counts as delivery',
    edits: [
      {
        file: EFFECTS,
        find: 'forEach(order => takeOutcome(order.tpOrderId))',
        replace: 'forEach(() => undefined)',
      },
    ],
    noticedBy:
      'check: the question says paid when an order of other goods was paid meanwhile, and it waits for nobody else then',
  },
  {
    rule: 'a question that could not be put delivers nothing',
    edits: [{ file: EFFECTS, find: 'if (yes !== null && ', replace: 'if (' }],
    noticedBy:
      'question-ends: a paid order of other goods is not delivered by a question that could not be put',
  },
  {
    rule: 'a question says of several only what is true of all',
    edits: [{ file: STATE_MACHINE, find: 'kinds.every(kind => kind === kinds[0])', replace: 'true' }],
    noticedBy:
      'question: a question about a paid and an unsettled order says neither of both, and the payment is still told where it belongs',
  },
  {
    rule: 'a question that says no more than that of several delivers nothing',
    edits: [{ file: EFFECTS, find: " && subject.kind !== 'mixed'", replace: '' }],
    noticedBy:
      'question: a question about a paid and an unsettled order says neither of both, and the payment is still told where it belongs',
  },
  {
    rule: 'no to the same order is pending',
    edits: [{ file: STATE_MACHINE, find: "unsettled ? { outcome: 'pending' } :", replace: '' }],
    noticedBy: 'question: a no to the same order ends as pending',
  },
  // ---- Call

  {
    rule: 'call: 1100 ms since the last one',
    edits: [{ file: EFFECTS, find: 'if (waitForInterval(again)) return;', replace: '' }],
    noticedBy:
      'call: a call waits until 1100 ms have passed since the last one: Android swallows an earlier one',
  },
  {
    rule: 'call: the page on top',
    edits: [{ file: COMPONENTS, find: '!background && isTopPage(handle)', replace: '!background' }],
    noticedBy: 'call: the cashier stays closed when another page was opened while the order was made',
  },
  {
    rule: 'call: the app in front',
    edits: [{ file: COMPONENTS, find: '!background && isTopPage', replace: 'isTopPage' }],
    noticedBy: 'question-ends: a question ends as no when the app goes to the background',
  },
  {
    rule: 'call: hidden, it waits for the show',
    edits: [{ file: EFFECTS, find: 'const SHOW_WAIT = 1000', replace: 'const SHOW_WAIT = 0' }],
    noticedBy: 'call: the cashier of an app that comes back after 700 ms opens',
  },
  {
    rule: 'call: hidden, it waits 1 s',
    edits: [{ file: EFFECTS, find: 'const SHOW_WAIT = 1000', replace: 'const SHOW_WAIT = 3000' }],
    noticedBy: 'call: the cashier of an app that comes back after 1500 ms stays closed',
  },
  {
    rule: 'call: for pay() one macrotask first',
    edits: [{ file: EFFECTS, find: 'isPageKnown: isTapped', replace: 'isPageKnown: true' }],
    noticedBy:
      'reentrant: pay() waits until everybody was told when a handler calls it: paycomplete comes before the next attempt',
  },
  {
    rule: 'call: not detached since',
    edits: [{ file: MANAGER, find: "dispatch(current, { type: 'cancel', by: 'detached' });", replace: ';' }],
    noticedBy: 'call: the cashier stays closed when the component was taken away while the order was made',
  },
  {
    rule: 'call: no objection by then',
    edits: [
      {
        file: EFFECTS,
        find: "else if (block) dispatch(live, { type: 'fail', failure: block.failure });",
        replace: '',
      },
    ],
    noticedBy:
      'call: the cashier stays closed when an order-summary starts to object while the order is made',
  },
  {
    rule: 'call: nothing became unsettled since the check',
    edits: [
      { file: STATE_MACHINE, find: 'orders.some(one => isBlocking(one) && !isNamed(one)) ||', replace: '' },
    ],
    noticedBy:
      'call: an attempt checks again, and asks, when an accepted order became doubtful while it waited for the app',
  },
  {
    rule: 'changed goods: once more from create',
    edits: [
      { file: EFFECTS, find: 'else if (request.goods !== goods) changeGoods(live, request);', replace: '' },
    ],
    noticedBy:
      'changed-goods: P29 the goods are ordered once more when the tap blurred a note field above the button',
  },
  {
    rule: 'changed goods: once',
    edits: [{ file: EFFECTS, find: 'live.state.recreated ||', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names the keys, when the goods change a second time',
  },
  {
    rule: 'changed goods: the same amount',
    edits: [{ file: EFFECTS, find: 'amount !== live.request.amount ||', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names the key, when the amount changed after the tap',
  },
  {
    rule: 'changed goods: the console names the keys',
    edits: [{ file: EFFECTS, find: 'changedKeys(live.request, request)', replace: "''" }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names the keys, when the goods change a second time',
  },
  {
    rule: 'changed goods: not after a yes to the same order',
    edits: [
      {
        file: STATE_MACHINE,
        find: "if (sameOrder(turn)) {\n      cancel(turn, 'changed');\n      return;\n    }",
        replace: '',
      },
    ],
    noticedBy: 'call: the cashier is not called when the goods changed after a yes to pay the same order',
  },
  {
    rule: 'the ledger is in storage before the call',
    edits: [{ file: CASHIER_CALL, find: '{ durable: saveLedger() }', replace: '{ durable: true }' }],
    noticedBy: 'call: the order is in storage when the cashier is called, written once',
  },
  {
    rule: 'the ledger is read back and compared',
    edits: [{ file: SWAN, find: '!!stored && stored.text === value.text', replace: 'true' }],
    noticedBy: 'storage: the call is made, and the order remembered in memory, when storage refuses-writes',
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
    noticedBy: 'late-answers: a late success is confirmed, and delivered as one more outcome, resumed',
  },
  {
    rule: 'a late success without status-url is delivered at once',
    edits: [
      { file: CASHIER_CALL, find: 'if (!order.statusUrl) settleUnverified();', replace: 'if (false) ;' },
    ],
    noticedBy: 'late-answers: a late success is delivered without a check when there is no status-url',
  },
  {
    rule: 'any other late answer only changes the claim',
    edits: [
      { file: CASHIER_CALL, find: "else if (claimed && result === 'success')", replace: 'else if (claimed)' },
    ],
    noticedBy: 'late-answers: a late 6 only changes the claim: no event, no check',
  },
  {
    rule: 'a late success of what was found paid before says nothing new',
    edits: [
      {
        file: CASHIER_CALL,
        find: "if (end && (end !== 'closed' || !isSuccess))",
        replace: "if (end === 'closed' && !isSuccess)",
      },
    ],
    noticedBy: 'late-answers: a late success is delivered once when the payment was found before',
  },
  {
    rule: 'while a call is confirmed, only a success says more',
    edits: [
      {
        file: STATE_MACHINE,
        find: "if (attempt.step === 'confirming' && (result !== 'success' || attempt.result === 'success')) return;",
        replace: '',
      },
    ],
    noticedBy:
      'host-ports: A payment through requestPayment › has one outcome when the port calls back and then says that its cashier never opened',
  },
  // ---- The outstanding call

  {
    rule: 'outstanding: the same goods on the same button join it',
    edits: [
      {
        file: MANAGER,
        find: 'if (joined) {\n      button.request',
        replace: 'if (false) {\n      button.request',
      },
    ],
    noticedBy:
      'outstanding-call: a tap joins the attempt when it comes before the cashier and when it comes after',
  },
  {
    rule: 'outstanding: anything else is busy',
    edits: [{ file: MANAGER, find: 'if (newer || isOutstanding())', replace: 'if (newer)' }],
    noticedBy: 'outstanding-call: no order is made for a button that is busy',
  },
  {
    rule: 'outstanding: lost when a tap gets through',
    edits: [{ file: MANAGER, find: 'detectLostCall(true);', replace: '' }],
    noticedBy: 'lost-call: a tap 5100 ms after a call that nobody answers gives it up after one check',
  },
  {
    rule: 'outstanding: lost by a tap 5 s after the call',
    edits: [{ file: CASHIER_CALL, find: 'const TAP_PROOF = 5000', replace: 'const TAP_PROOF = 500' }],
    noticedBy: 'lost-call: a tap 4900 ms after a call that nobody answers joins it',
  },
  {
    rule: 'outstanding: lost by a tap after its page was shown again',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'current.page !== page) return;\n  current.isTapProof = true;',
        replace: 'current.page !== page) return;',
      },
    ],
    noticedBy: 'lost-call: a tap gives the call up at once when its page was shown again since',
  },
  {
    rule: 'outstanding: pay() needs the show and 5 s after it',
    edits: [
      {
        file: CASHIER_CALL,
        find: '  setTimeout(() => (current.isPayProof = true), TAP_PROOF);',
        replace: '  current.isPayProof = true;',
      },
    ],
    noticedBy:
      'lost-call: P31 nothing is given up without a tap when pay() comes 4.9 s after the show, and it is when 5.1 s',
  },
  {
    rule: 'outstanding: pay() without a show needs 60 s',
    edits: [{ file: CASHIER_CALL, find: 'const PAY_PROOF = 60000', replace: 'const PAY_PROOF = 6000' }],
    noticedBy:
      'lost-call: pay() of other goods 59000 ms after a call that nobody answers, without a show, finds it busy',
  },
  {
    rule: 'outstanding: 15 min without an answer',
    edits: [{ file: CASHIER_CALL, find: '  setTimeout(() => lose(current), callTimeout);\n', replace: '' }],
    noticedBy: 'lost-call: a call is lost by itself when it has had no answer for 15 min',
  },
  {
    rule: 'outstanding: lost is one check',
    edits: [
      {
        file: STATE_MACHINE,
        find: "? 'short' : 'once'",
        replace: "? 'short' : attempt.result === 'lost' ? 'short' : 'once'",
      },
    ],
    noticedBy: 'lost-call: a tap 5100 ms after a call that nobody answers gives it up after one check',
  },
  {
    rule: 'outstanding: another button goes on without checking that order again',
    edits: [{ file: CHECKS, find: 'if (current && current.epoch === epoch) {', replace: 'if (false) {' }],
    noticedBy:
      'lost-call: a tap on another button goes on, without another check of the lost order, when it gives the call up',
  },
  {
    rule: 'a check that began before the answer says nothing about it',
    edits: [{ file: CHECKS, find: 'epoch++;', replace: '' }],
    noticedBy:
      'outstanding-call: a check that was on its way when the cashier answered says nothing about the payment: there is another',
  },
  {
    rule: 'outstanding: a tap that ends the attempt it joins starts none',
    edits: [
      {
        file: MANAGER,
        find: 'if (endedByTap && endedByTap.button === button && endedByTap.goods === goods) return endedByTap.promise;',
        replace: '',
      },
    ],
    noticedBy: 'lost-call: a tap on the same button only gives the call up when there is no status-url, too',
  },
  {
    rule: 'an attempt that waits leaves its order to the next call',
    edits: [{ file: CASHIER_CALL, find: '    endEarlier(live);\n', replace: '' }],
    noticedBy:
      'outstanding-call: the first attempt ends as pending when another button calls its order while that is confirmed',
  },
  {
    rule: 'while paying the built-in button is not disabled',
    edits: [
      {
        file: PAY_BUTTON,
        find: "this.isLocked(lockedLabel) || phase === 'paid'",
        replace: "this.isLocked(lockedLabel) || phase === 'paid' || phase === 'paying'",
      },
    ],
    noticedBy:
      'outstanding-call: the built-in button is not disabled while the cashier is called, so that a tap can prove that it is gone',
  },
  // ---- Without a tap

  {
    rule: 'without a tap: pending is shown when attached',
    edits: [
      {
        file: MANAGER,
        find: "isOfGoods(order, goods))) return 'pending';",
        replace: "isOfGoods(order, goods))) return 'idle';",
      },
    ],
    noticedBy:
      'attached: a button shows pending and checks once when it is attached and its goods have an unsettled order',
  },
  {
    rule: 'without a tap: one check when attached',
    edits: [{ file: MANAGER, find: '    lookAfter(handle, 0);', replace: '' }],
    noticedBy:
      'host-missing: nothing is set, and the next page finds the payment, when a page closed in mid-payment and its hide comes first',
  },
  {
    rule: 'without a tap: one check when shown',
    edits: [{ file: MANAGER, find: '    lookAfter(handle, CHECK_DELAY);', replace: '' }],
    noticedBy:
      'attached: a page that is shown tells what was paid meanwhile, and a second page of the same goods shows it',
  },
  {
    rule: 'without a tap: 2 s after the show while the call has no answer',
    edits: [{ file: MANAGER, find: 'const CHECK_DELAY = 2000', replace: 'const CHECK_DELAY = 100' }],
    noticedBy: 'attached: an unanswered call is checked 2 s after its page was shown, and not before',
  },
  {
    rule: 'without a tap: at most one per order in 5 s',
    edits: [{ file: MANAGER, find: 'if (!wasJustChecked(tpOrderId))', replace: 'if (true)' }],
    noticedBy: 'attached: an order is checked at most once in 5 s when its page is shown again and again',
  },
  {
    rule: 'without a tap: after a restart checks at 0, 3, 6 s',
    edits: [
      { file: MANAGER, find: 'takeRestored(tpOrderId) ? timing().failureDelays : [0]', replace: '[0]' },
    ],
    noticedBy:
      'restart: a restarted app checks at 0, 3 and 6 s, and no more, when an order was left at the cashier',
  },
  {
    rule: 'resumePending() does it for all',
    edits: [
      {
        file: MANAGER,
        find: 'if (statusUrl) poll(order, timing().failureDelays, () => isOpen, giveUp);\n    else giveUp();',
        replace: 'giveUp();',
      },
    ],
    noticedBy: 'resume-pending: resumePending() finds every unsettled order, in 6 s, when two may be paid',
  },
  {
    rule: 'resumePending() joins a live attempt',
    edits: [{ file: MANAGER, find: 'if (attemptAtCashier(tpOrderId)) return;\n', replace: '\n' }],
    noticedBy: 'resume-pending: resumePending() joins the live attempt: it ends with its outcome',
  },
  {
    rule: 'resumePending() returns what was not delivered',
    edits: [
      { file: MANAGER, find: 'isUnsettled(order) || !!order.outcome)', replace: 'isUnsettled(order))' },
    ],
    noticedBy:
      'resume-pending: resumePending() hands out once what waited for a component: it counts as delivered',
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
      'resume-pending: resumePending() hands out once what waited for a component: it counts as delivered',
  },
  // ---- Paid

  {
    rule: 'a button shows paid after its success',
    edits: [{ file: DELIVERY, find: 'button.paid = { goods: shown', replace: 'false && { goods: shown' }],
    noticedBy: 'paid: pay() on a paid button is no attempt: it resolves to the old outcome, resumed',
  },
  {
    rule: 'paid: while its goods stay what they were',
    edits: [
      { file: PAY_BUTTON, find: 'if (before !== handle.request.goods) handle.paid = null;', replace: '' },
    ],
    noticedBy: 'paid: a button is idle when its goods change, and when they change back',
  },
  {
    rule: 'paid: not any more when the button paid other goods',
    edits: [{ file: CASHIER_CALL, find: '  button.paid = null;\n', replace: '' }],
    noticedBy: 'paid: a button is not paid any more when it took other goods to the cashier in between',
  },
  {
    rule: 'paid: for 3 s nothing is accepted',
    edits: [{ file: DELIVERY, find: 'const SUCCESS_GUARD = 3000', replace: 'const SUCCESS_GUARD = 0' }],
    noticedBy: 'paid: a tap on another button of the page 2900 ms after a success is taken: false',
  },
  {
    rule: 'paid: on that page only',
    edits: [{ file: DELIVERY, find: 'guardedPages.indexOf(page) >= 0', replace: 'guardedPages.length > 0' }],
    noticedBy: 'paid: a tap on another page is taken within 3 s after a success',
  },
  {
    rule: 'paid ends with reset()',
    edits: [{ file: MANAGER, find: '    forgetPaid(button);\n', replace: '' }],
    noticedBy: 'paid: reset() makes a paid button idle, and the next tap a new purchase',
  },
  {
    rule: 'paid ends when its page has left the stack and comes back',
    edits: [
      { file: MANAGER, find: "if (handle.kind === 'button' && wasAway) handle.paid = null;", replace: '' },
    ],
    noticedBy: 'paid: P30 a coffee is a new purchase when its tab page was switched away and comes back',
  },
  {
    rule: 'paid of an implicit key is not remembered',
    edits: [{ file: DELIVERY, find: 'if (orderKey && goods) remember', replace: 'if (goods) remember' }],
    noticedBy: 'paid: P21 the same coffee is a new purchase when its page was left, with status-url',
  },
  {
    rule: 'paid of a ready order-info is remembered',
    edits: [{ file: DELIVERY, find: 'if (tpOrderId) remember(tpOrderId);', replace: '' }],
    noticedBy: 'paid: a ready order stays paid for the run of the app: its page is opened again',
  },
  {
    rule: "paid is its owner's",
    edits: [
      {
        file: DELIVERY,
        find: 'own && isMine(own) ? own : paidBy(goods, isMine).pop()',
        replace: 'own || paidBy(goods, () => true).pop()',
      },
    ],
    noticedBy: 'paid: an order-key that ann paid is not paid for bob',
  },
  {
    rule: 'pay() on what is paid is no attempt',
    edits: [{ file: MANAGER, find: 'if (paid) return', replace: 'if (false) return' }],
    noticedBy: 'paid: pay() on a paid button is no attempt: it resolves to the old outcome, resumed',
  },
  {
    rule: 'pay() on what is paid resolves with the old outcome, resumed',
    edits: [{ file: MANAGER, find: '{ ...paid, resumed: true }', replace: '{ ...paid }' }],
    noticedBy: 'paid: pay() on a paid button is no attempt: it resolves to the old outcome, resumed',
  },
  {
    rule: 'the next purchase of paid goods has a new key',
    edits: [
      {
        file: DELIVERY,
        find: '[] = takeDraftsOf(order);',
        replace: '[] = [];',
      },
    ],
    noticedBy: 'paid: P21 the same coffee is a new purchase when its page was left, without status-url',
  },
  {
    rule: 'an order that is paid by way of its orderInfo keeps its order-key',
    edits: [
      {
        file: CASHIER_CALL,
        find: '(isReady && known.orderKey) || orderKey',
        replace: 'orderKey',
      },
    ],
    noticedBy:
      'ordered-elsewhere: a checkout with an order-key shows paid when its order was paid by way of order-info after a restart',
  },
  {
    rule: 'a draft knows the order-key of what was paid by way of orderInfo',
    edits: [{ file: DELIVERY, find: 'named.concat(order)', replace: '[order]' }],
    noticedBy:
      'ordered-elsewhere: a checkout with an order-key shows paid when its order was never called before it was paid by way of order-info',
  },
  {
    rule: 'a draft goes with the order of its number',
    edits: [
      {
        file: DRAFTS,
        find: ' || (!!orderInfo && orderInfo.tpOrderId === order.tpOrderId)',
        replace: ' && orderInfo !== undefined',
      },
    ],
    noticedBy:
      'ordered-elsewhere: the next cup has an order of its own when the first one never came to the cashier before and was paid by way of order-info',
  },
  {
    rule: 'a success that has waited for a day is not what pay() resolves to',
    edits: [{ file: DELIVERY, find: '!!order.outcome && !isOld(order) &&', replace: '!!order.outcome &&' }],
    noticedBy:
      'waiting-outcome: a tap buys again when a success has waited for more than a day: with an order-key, after a restart',
  },
  {
    rule: 'an earlier success of the same goods is not what pay() resolves to',
    edits: [
      {
        file: MANAGER,
        find: '!isSuccess(order.outcome) || isThisPurchase(request, order, now())',
        replace: '!!order',
      },
    ],
    noticedBy:
      'waiting-outcome: pay({ payload }) of goods that were paid while their page was closed › names it in the question and buys again when that was earlier',
  },
  {
    rule: 'an outcome that waits is over when its order is settled',
    edits: [{ file: SETTLEMENT, find: 'settled: true, outcome: null', replace: 'settled: true' }],
    noticedBy:
      'waiting-outcome: an order whose page was closed in the cashier, so that paypending waits for it › is not asked about any more when it was paid since',
  },
  {
    rule: 'pay() of a closed page takes nothing that waits',
    edits: [
      {
        file: MANAGER,
        find: 'isMounted(button) ? deliverWaiting(button, goods, isMeant) : []',
        replace: 'deliverWaiting(button, goods, isMeant)',
      },
    ],
    noticedBy: 'waiting-outcome: pay() of a page that is closed takes no success that waits',
  },
  {
    rule: 'a component of a closed page takes nothing that waits',
    edits: [
      {
        file: MANAGER,
        find: "handle.kind === 'button' && isMounted(handle)",
        replace: "handle.kind === 'button'",
      },
    ],
    noticedBy:
      'waiting-outcome: a component that is ready when its page is closed takes no success that waits',
  },
  {
    rule: 'reset() leaves what waits for delivery to its goods',
    edits: [
      { file: DRAFTS, find: ' && !order.settled && !isUnsettled(order)', replace: ' && !isUnsettled(order)' },
    ],
    noticedBy: 'waiting-outcome: reset() leaves a success that waits to the component',
  },
  {
    rule: 'paid stays on a host that names no pages',
    edits: [
      {
        file: COMPONENTS,
        find: 'pages.length && pages.indexOf(handle.page',
        replace: 'pages.indexOf(handle.page',
      },
    ],
    noticedBy: 'paid: paid stays when the app was in the background on a host that names no pages',
  },
  {
    rule: 'what was refunded is not paid any more',
    edits: [{ file: MANAGER, find: 'forgetPaidOrder(tpOrderId);', replace: ';' }],
    noticedBy: 'paid: paid ends when an order-summary on the page shows that the order was refunded',
  },
  {
    rule: 'reset() leaves a ready order paid',
    edits: [
      {
        file: MANAGER,
        find: '(button.request.isReady && !!paidOutcome(goods)) ||',
        replace: '',
      },
    ],
    noticedBy:
      'known-order: reset() leaves a ready order paid when it is paid, because there is no other order of its orderInfo',
  },
  {
    rule: 'an order that is known to be over is not called',
    edits: [{ file: EFFECTS, find: 'else if (over) dispatch', replace: 'else if (over && !live) dispatch' }],
    noticedBy: 'known-order: a ready order that another person has paid is closed for the next one',
  },
  {
    rule: 'an order that was refunded is called refunded',
    edits: [{ file: EFFECTS, find: "end === 'refunded' ? 'refunded' : 'closed'", replace: "'closed'" }],
    noticedBy: 'known-order: a ready order that was refunded is not called again',
  },
  {
    rule: 'an attempt knows the order of its number, whoever called it',
    edits: [
      { file: ATTEMPTS, find: ' || order.tpOrderId === goods', replace: '' },
      { file: ATTEMPTS, find: ' || order.tpOrderId === tpOrderId', replace: '' },
    ],
    noticedBy:
      'known-order: the next person is asked when a ready order may have been paid by the one before, who is told in the end',
  },
  {
    rule: 'an order that another person calls stays that of its first owner, too',
    edits: [
      {
        file: CASHIER_CALL,
        find: "known.tpOrderId && (!known.owner || (owner && known.owner !== owner)) ? '' : known.owner || owner",
        replace: 'owner',
      },
    ],
    noticedBy:
      'known-order: an order that the next person calls all the same is delivered to the one before, too',
  },
  {
    rule: 'a simulated success ends every attempt of its order',
    edits: [{ file: EFFECTS, find: 'takesSettlement(other.state, known, result, now())', replace: '!other' }],
    noticedBy:
      'known-order: two buttons of one order both succeed when DevTools simulates the payment of the one',
  },
  {
    rule: 'the countdown of an order-summary ends with its page',
    edits: [
      {
        file: CONTROLLER,
        find: 'function tick(summary: Summary): void {\n  if (!isMounted(summary)) return;',
        replace: 'function tick(summary: Summary): void {',
      },
    ],
    noticedBy:
      'order-summary: the countdown of an order-summary ends when its page was closed on a host without page lifetimes',
  },
  {
    rule: 'a page has a copy of the outcome',
    edits: [{ file: EFFECTS, find: 'live.resolve({ ...outcome })', replace: 'live.resolve(outcome)' }],
    noticedBy: 'secrets: what a page writes to the outcome of pay() stays out of the ledger',
  },
  {
    rule: 'resumePending() waits for App()',
    edits: [{ file: MANAGER, find: 'return isJoined()', replace: 'return isJoined' }],
    noticedBy: 'copies: the record of a copy stays when another one resumed payments before App() had run',
  },
  {
    rule: 'an answer of the host may be empty',
    edits: [{ file: SWAN, find: 'reply(!!res && !!res.confirm)', replace: 'reply(!!res.confirm)' }],
    noticedBy: 'question-ends: an answer that says nothing is a no',
  },
  {
    rule: 'the goods of the first properties are known',
    edits: [{ file: PAY_BUTTON, find: 'this.ownGoods = request.goods;', replace: '' }],
    noticedBy:
      'paid: a manual button stays paid when a property is set that does not change what pay() was given',
  },
  {
    rule: 'a success that waits for another person is not denied',
    edits: [{ file: STATE_MACHINE, find: ' || isPaidUntold(one)', replace: '' }],
    noticedBy:
      'known-order: a ready order may be paid when the success of another person still waits for them',
  },
  // ---- Delivery

  {
    rule: 'delivery: to the component that started the attempt',
    edits: [{ file: DELIVERY, find: 'if (starter && isMounted(starter)) return starter;', replace: '' }],
    noticedBy:
      'delivery: the component that started the attempt is told, not another one of the same goods in front',
  },
  {
    rule: 'delivery: while it is not detached',
    edits: [{ file: DELIVERY, find: 'if (starter && isMounted(starter))', replace: 'if (starter)' }],
    noticedBy:
      'delivery: a component in front that shows these goods is told when the one that started it was taken away',
  },
  {
    rule: 'delivery: while its page is not unloaded',
    edits: [
      {
        file: COMPONENTS,
        find: 'function markUnloaded(page: Unloadable): void {',
        replace: 'function markUnloaded(page: Unloadable): void { return;',
      },
    ],
    noticedBy:
      'delivery: a component in front that shows these goods is told when reLaunch took the page of the attempt away',
  },
  {
    rule: 'delivery: a tab page that is switched away is not unloaded',
    edits: [{ file: COMPONENTS, find: 'return !!handle.isRoot && !isReplaced;', replace: 'return false;' }],
    noticedBy: 'delivery: a tab page that is switched away still gets its event',
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
      'delivery: a component in front that shows these goods is told when the page of the attempt was closed',
  },
  {
    rule: 'delivery: else it waits in the ledger',
    edits: [{ file: DELIVERY, find: 'if (order) putOrder({ ...order, outcome });', replace: '' }],
    noticedBy:
      'waiting-outcome: the outcome waits for the next one that is attached when nobody shows these goods',
  },
  {
    rule: 'delivery: for the next one attached or shown',
    edits: [{ file: MANAGER, find: '    deliverWaiting(handle, goods);\n', replace: '' }],
    noticedBy:
      'waiting-outcome: the outcome waits for the next one that is attached when nobody shows these goods',
  },
  {
    rule: 'delivery: for 24 h',
    edits: [{ file: DELIVERY, find: '!!order.outcome && !isOld(order) &&', replace: '!!order.outcome &&' }],
    noticedBy: 'waiting-outcome: the outcome that waits reaches a component 90000000 ms later: false',
  },
  {
    rule: 'delivery: then resumePending() only',
    edits: [{ file: LEDGER_STORAGE, find: 'MAX_WAIT * timing', replace: 'timing' }],
    noticedBy:
      'resume-pending: resumePending() hands out what waited longer than a day, which no component gets any more',
  },
  {
    rule: 'delivery: one outcome event',
    edits: [{ file: DELIVERY, find: 'if (!current || current.outcome !== outcome) return;', replace: '' }],
    noticedBy:
      'waiting-outcome: the outcome that waits is told once when a handler logs its owner in, and two buttons show its goods',
  },
  {
    rule: 'delivery: one paycomplete',
    edits: [{ file: PAY_BUTTON, find: "this.emit('paycomplete', outcome);", replace: '' }],
    noticedBy: 'accepted: nobody is asked again when the person said yes and cancelled the new order',
  },
  {
    rule: 'delivery: at least once across a kill',
    edits: [{ file: ATTEMPTS, find: '  saveLedger();\n', replace: '' }],
    noticedBy:
      'restart: an outcome is delivered once when the app is killed between the answer and the next page',
  },
  {
    rule: 'toasts only on the page in front',
    edits: [{ file: PAY_BUTTON, find: ' && paymentManager().isActive(this.getHandle())', replace: '' }],
    noticedBy: 'delivery: nobody is toasted when the page of the payment is not in front',
  },
  {
    rule: 'onOutcome gets every outcome',
    edits: [
      {
        file: DELIVERY,
        find: "if (onOutcome) enqueue(() => guard('onOutcome', () => onOutcome({ ...outcome })));",
        replace: '',
      },
    ],
    noticedBy:
      'delivery: configure({ onOutcome }) gets every outcome besides, and does not count as delivery',
  },
  {
    rule: 'onOutcome does not count as delivery',
    edits: [
      {
        file: DELIVERY,
        find: 'if (order) putOrder({ ...order, outcome });',
        replace: 'if (order && !onOutcome) putOrder({ ...order, outcome });',
      },
    ],
    noticedBy:
      'delivery: configure({ onOutcome }) gets every outcome besides, and does not count as delivery',
  },
  {
    rule: 'details carry orderKey',
    edits: [
      {
        file: EFFECTS,
        find: 'toOutcome(result, { tpOrderId, totalAmount, orderKey, resumed',
        replace: "toOutcome(result, { tpOrderId, totalAmount, orderKey: '', resumed",
      },
    ],
    noticedBy: 'delivery: details carry the order-key of the page',
  },
  {
    rule: 'any show means in front',
    edits: [{ file: COMPONENTS, find: 'if (handle.isHidden && isMounted', replace: 'if (isMounted' }],
    noticedBy:
      'host-missing: a button is in front when the app is shown before the timer of its hide has run',
  },
  // ---- Owner

  {
    rule: 'an order belongs to the owner of its attempt',
    edits: [{ file: CASHIER_CALL, find: 'known.owner || owner', replace: "''" }],
    noticedBy: "owner: another owner's order does not block: bob buys a cup while ann's tea is pending",
  },
  {
    rule: 'an unknown owner matches everybody',
    edits: [
      { file: LEDGER, find: 'return !one || !other || one === other;', replace: 'return one === other;' },
    ],
    noticedBy:
      "owner: an order of nobody known blocks everybody: it was called before the login, and ann's cup asks",
  },
  {
    rule: "another owner's orders do not block",
    edits: [{ file: LEDGER, find: 'return !one || !other || one === other;', replace: 'return true;' }],
    noticedBy: "owner: another owner's order does not block: bob buys a cup while ann's tea is pending",
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
    noticedBy: 'owner: an order belongs to who tapped when somebody else logs in before the cashier opens',
  },
  {
    rule: 'components look again when the owner changes',
    edits: [
      {
        file: MANAGER,
        find: '    mountedButtons().forEach(button => button.isReady && lookAfter(button));\n',
        replace: '',
      },
    ],
    noticedBy: 'owner: components look again when the user becomes known: what waited is told',
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
    noticedBy: "owner: a key is its owner's: bob's same goods are another order than ann's cancelled one",
  },
  // ---- Storage, copies

  {
    rule: 'storage: refused is never written over',
    edits: [{ file: LEDGER_STORAGE, find: '  if (stored === undefined) return;\n', replace: '' }],
    noticedBy: 'storage: P7 the pending order of yesterday is not written over when storage refuses-reads',
  },
  {
    rule: 'storage: an error object is a refusal',
    edits: [
      { file: SWAN, find: 'stored === null || (stored && stored.errCode) ?', replace: 'stored === null ?' },
    ],
    noticedBy: 'storage: P7 the pending order of yesterday is not written over when storage refuses-reads',
  },
  {
    rule: 'storage: null is a refusal',
    edits: [{ file: SWAN, find: 'stored === null || (stored', replace: '(stored' }],
    noticedBy:
      'storage: P7 the pending order of yesterday asks as soon as storage that returns-null can be read again',
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
      'storage: P7 the pending order of yesterday asks as soon as storage that refuses-reads can be read again',
  },
  {
    rule: 'storage: the trace says durable false',
    edits: [{ file: LEDGER_STORAGE, find: 'return !isDirty;', replace: 'return true;' }],
    noticedBy: 'storage: the call is made, and the order remembered in memory, when storage refuses-writes',
  },
  {
    rule: 'storage: damaged is replaced',
    edits: [{ file: LEDGER_STORAGE, find: '!isLedgerOrder(order)', replace: '!order' }],
    noticedBy: 'storage: the record is replaced when what was read is orders without what they need',
  },
  {
    rule: 'storage: newer is replaced',
    edits: [{ file: LEDGER_STORAGE, find: 'holder.v === VERSION && ', replace: '' }],
    noticedBy: 'storage: the record is replaced when a newer version wrote it, however readable it looks',
  },
  {
    rule: 'copies share all this on getApp()',
    edits: [{ file: APP_STATE, find: 'if (!app) return local;\n', replace: 'return local;\n' }],
    noticedBy: 'copies: one cashier is open when two copies are tapped',
  },
  {
    rule: 'copies: what one was told before App() joins',
    edits: [{ file: APP_STATE, find: 'if (state !== local && !joined)', replace: 'if (false)' }],
    noticedBy: 'copies: P26 one configure() is for all copies when only app.js calls it, at module level',
  },
  // ---- Outcomes (section 3)

  {
    rule: 'outcomes: refunded ends it early, as a failure',
    edits: [
      {
        file: SETTLEMENT,
        find: "settle(order, { outcome: 'fail', failure: { reason: 'refunded', code: null }, mayBePaid: false });",
        replace: "settle(order, { outcome: 'success', verified: true, raw: null });",
      },
    ],
    noticedBy: 'resume-pending: resumePending() has the refund of an order that was refunded meanwhile',
  },
  {
    rule: 'outcomes: closed not before the window is over',
    edits: [
      { file: LEDGER, find: "if (status === 'closed' && !isLive)", replace: "if (status === 'closed')" },
    ],
    noticedBy: 'outcomes: closed counts only when the window is over, and the cashier says failed (6000 ms)',
  },
  {
    rule: 'outcomes: closed when the window is over',
    edits: [
      {
        file: EFFECTS,
        find: "if (status === 'closed') applyStatus(live.state.tpOrderId, status, true);",
        replace: '',
      },
    ],
    noticedBy: 'outcomes: closed counts only when the window is over, and the cashier says failed (6000 ms)',
  },
  {
    rule: 'success: checked until paid, 60 s',
    edits: [{ file: STATE_MACHINE, find: "(result === 'success' && !attempt.isSimulated) || ", replace: '' }],
    noticedBy: 'outcomes: success is pending when no check says paid for 60 s',
  },
  {
    rule: 'success without status-url: not verified',
    edits: [{ file: STATE_MACHINE, find: '(!canCheck || isSimulated)', replace: 'isSimulated' }],
    noticedBy: 'outcomes: success is not verified when there is no status-url',
  },
  {
    rule: 'DevTools: one check',
    edits: [{ file: STATE_MACHINE, find: ' && !attempt.isSimulated)', replace: ')' }],
    noticedBy:
      'devtools: P22 a simulated success is a success that nobody verified, after one check, and the console says why',
  },
  {
    rule: 'DevTools: success, not verified',
    edits: [{ file: STATE_MACHINE, find: '(!canCheck || isSimulated)', replace: '!canCheck' }],
    noticedBy:
      'devtools: P22 a simulated success is a success that nobody verified, after one check, and the console says why',
  },
  {
    rule: 'DevTools: one warning',
    edits: [{ file: CASHIER_CALL, find: 'if (!hasWarned)', replace: 'if (true)' }],
    noticedBy: 'devtools: the console says once that DevTools only simulates',
  },
  {
    rule: 'DevTools: not with a cashier of configure()',
    edits: [{ file: CASHIER, find: '!settings().requestPayment && isDevtools()', replace: 'isDevtools()' }],
    noticedBy:
      'devtools: a cashier of configure({ requestPayment }) is no simulation in DevTools: its success is confirmed',
  },
  {
    rule: '2: cancel',
    edits: [{ file: CASHIER, find: 'code === 2 || ', replace: '' }],
    noticedBy: 'outcomes: a cancel (2) › is a cancel after one check that says unpaid',
  },
  {
    rule: '取消: cancel',
    edits: [{ file: CASHIER, find: 'code === 2 || /取消/.test(message)', replace: 'code === 2' }],
    noticedBy: 'outcomes: a cancel (the word 取消) › is a cancel after one check that says unpaid',
  },
  {
    rule: 'cancel: one check',
    edits: [
      {
        file: STATE_MACHINE,
        find: "? 'short' : 'once'",
        replace: "? 'short' : attempt.result === 'cancel' ? 'short' : 'once'",
      },
    ],
    noticedBy: 'outcomes: a cancel (2) › is a cancel after one check that says unpaid',
  },
  {
    rule: 'cancel, unreachable: may be paid',
    edits: [
      {
        file: STATE_MACHINE,
        find: "cancel(turn, 'user', canCheck && status === 'unreachable');",
        replace: "cancel(turn, 'user');",
      },
    ],
    noticedBy: 'outcomes: P18 a cancel may be paid when its check fails: lost',
  },
  {
    rule: '1: paying',
    edits: [{ file: CASHIER, find: "if (code === 1) return 'paying';", replace: '' }],
    noticedBy: 'outcomes: paying (1) is pending at once when there is no status-url',
  },
  {
    rule: '1: checked until paid, 60 s',
    edits: [{ file: STATE_MACHINE, find: " || result === 'paying';", replace: ';' }],
    noticedBy: 'outcomes: paying (1) is a success when a check says paid within 60 s',
  },
  {
    rule: '6, 3, unlisted: checks at 0, 3, 6 s',
    edits: [{ file: STATE_MACHINE, find: "result === 'failed' ? 'short' : 'once'", replace: "'once'" }],
    noticedBy: 'outcomes: a failure (6) › may be paid after checks at 0, 3 and 6 s that say unpaid',
  },
  {
    rule: '6, 3, unlisted: a failure that may be paid',
    edits: [
      {
        file: STATE_MACHINE,
        find: '? isUnsettled(one) || isPaidUntold(one)',
        replace: '? isPaidUntold(one)',
      },
    ],
    noticedBy: 'outcomes: a failure (6) › may be paid, at once, when there is no status-url',
  },
  {
    rule: '5: not-logged-in',
    edits: [{ file: CASHIER, find: "if (code === 5) return 'not-logged-in';", replace: '' }],
    noticedBy: 'outcomes: with status-url › 5 fails as not-logged-in, and is not paid',
  },
  {
    rule: 'never opened: rejected',
    edits: [{ file: CASHIER, find: '101 201 202 301 302 401 402 403 904 1001 1002', replace: '904' }],
    noticedBy:
      'outcomes: with status-url › 201, as number or text, fails as rejected, and is not paid: the cashier never opened',
  },
  {
    rule: 'nothing: lost, pending',
    edits: [{ file: CASHIER_CALL, find: "if (live) dispatch(live, { type: 'lost' });", replace: '' }],
    noticedBy: 'outcomes: with status-url › nothing is pending after 15 min',
  },
  {
    rule: 'windows end by time as well',
    edits: [{ file: SETTLEMENT, find: 'rest.length < 2 || elapsed() >= total', replace: 'rest.length < 2' }],
    noticedBy: 'windows: the window of 60 s ends in time when the backend times out at every check',
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
    noticedBy: 'windows: the window ends with a check that begins when it is over, not unchecked',
  },
  {
    rule: 'late or not, paid is the truth',
    edits: [
      {
        file: SETTLEMENT,
        find: 'checkOrder(order, applyFirst, apply);',
        replace: 'checkOrder(order, applyFirst, () => undefined);',
      },
    ],
    noticedBy: 'windows: what the backend says after the 3 s of a check is the truth, too',
  },
  {
    rule: 'only order.status of a create answer is read as a status',
    edits: [
      {
        file: CREATE_ORDER,
        find: 'const { order } = answer;',
        replace: 'const order = answer.order || (answer as Record<string, unknown>);',
      },
    ],
    noticedBy:
      'create: P16 the cashier is called when the backend answers with a status of its own beside the orderInfo',
  },
  {
    rule: 'what configure() was given counts from the next step on',
    edits: [
      {
        file: CONFIGURE,
        find: 'const target = { ...table };',
        replace: 'const target = table;',
      },
    ],
    noticedBy:
      'configure: checks use the header of the moment when the session changed since the order was made',
  },
  {
    rule: 'checks use the header of configure()',
    edits: [{ file: REQUEST, find: "typeof header === 'function' ? header() : header", replace: '{}' }],
    noticedBy:
      'configure: checks use the header of the moment when the session changed since the order was made',
  },
  {
    rule: "checks use the component's own header",
    edits: [{ file: CHECKS, find: 'return request ? request.header : null;', replace: 'return null;' }],
    noticedBy:
      'windows: checks carry the header of the moment: a session that was renewed, and the component’s own',
  },
  {
    rule: "the component's own header is for the same origin",
    edits: [{ file: CHECKS, find: ' && originOf(statusUrl || createUrl) === origin', replace: '' }],
    noticedBy:
      'host-functions: a check of an order carries the header of a button only when that is meant for the same origin',
  },
  // ---- pay-button (section 4)

  {
    rule: 'status-url may hold {tpOrderId}',
    edits: [{ file: CHECK_STATUS, find: "url.split('{tpOrderId}').join(id)", replace: 'url' }],
    noticedBy: 'windows: {tpOrderId} in the status-url stands for the number',
  },
  {
    rule: 'a text that is empty is silent',
    edits: [{ file: CONFIG, find: "typeof own === 'string' ? own", replace: 'own ? own' }],
    noticedBy:
      'words: The texts of a payment › are silent when success is configured as an empty text, and the event still comes',
  },
  {
    rule: 'a button that awaits its order-info is locked',
    edits: [{ file: PAY_BUTTON, find: ' || isAwaited(data)', replace: '' }],
    noticedBy:
      'locked: P23 a button is locked, not wrong, while its order-info is awaited, and pays when it is there',
  },
  {
    rule: 'an order-summary locks the button of its order-key',
    edits: [
      {
        file: COMPONENTS,
        find: '(!!handle.orderKey && handle.orderKey === request.orderKey) ||',
        replace: '',
      },
    ],
    noticedBy: 'locked: P24 a button is locked when the order-summary of its order-key shows closed',
  },
  {
    rule: 'an order-summary locks buttons of its page',
    edits: [{ file: COMPONENTS, find: 'handle.page === page &&', replace: '' }],
    noticedBy:
      'locked: P24 a button is not locked when the order-summary that shows closed is on another page',
  },
  {
    rule: 'the paid of an order-summary counts as a check',
    edits: [
      {
        file: MANAGER,
        find: '    applyStatus(tpOrderId, status);\n  },',
        replace: '  },',
      },
    ],
    noticedBy:
      'locked: the paid of an order-summary counts as a check of an unsettled order: the button tells the success',
  },
  {
    rule: 'order-rejected keeps the body of the backend',
    edits: [
      {
        file: CREATE_ORDER,
        find: "isForPeople ? message : '', raw }",
        replace: "isForPeople ? message : '' }",
      },
    ],
    noticedBy: 'create: P20 the page gets the body of a refusal when its words are too long for a toast',
  },
  {
    rule: 'reset() gives nothing up that is at the cashier',
    edits: [{ file: MANAGER, find: 'own.some(({ state }) => !!state.call) ||', replace: '' }],
    noticedBy:
      'changed-goods: reset() does nothing while it is checked whether a cancelled order is paid all the same',
  },
  {
    rule: 'reset() gives nothing up that is unsettled',
    edits: [
      {
        file: MANAGER,
        find: 'ownOrders().some(order => isUnsettled(order) && isOfGoods(order, goods));\n    if (isKept)',
        replace: 'false;\n    if (isKept)',
      },
    ],
    noticedBy: 'changed-goods: P10 reset() does nothing and says so when the order may be paid',
  },
  {
    rule: 'reset() gives the order up',
    edits: [{ file: MANAGER, find: '    freeKey(goods, currentOwner());\n', replace: '' }],
    noticedBy: 'changed-goods: P10 reset() gives the order up and says so when it was cancelled',
  },
  {
    rule: 'no setData when nothing changed',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'if (data[key] !== value) next[key] = value;',
        replace: 'next[key] = value;',
      },
    ],
    noticedBy: 'properties: Nothing is drawn › when nothing that can be seen changed',
  },
  // ---- Handlers that pay before others got their events

  {
    rule: 'pay(): the success that waited is its answer',
    edits: [{ file: MANAGER, find: 'if (waiting) return Promise', replace: 'if (false) return Promise' }],
    noticedBy:
      'waiting-outcome: A success that waits for a page which pays by pay({ payload }) › is the answer of pay() when the handler of paysuccess calls reset()',
  },
  {
    rule: 'pay() in a handler waits until everybody was told',
    edits: [
      {
        file: MANAGER,
        find: 'if (isDelivering()) return later(() => MANAGER.pay(button, request, isTapped));',
        replace: '',
      },
    ],
    noticedBy:
      'reentrant: pay() waits until everybody was told when a handler calls it: paycomplete comes before the next attempt',
  },
  {
    rule: 'pay() in a handler is not answered in the same task',
    edits: [
      {
        file: MANAGER,
        find: 'if (isDelivering()) return later(() => MANAGER.pay(button, request, isTapped));',
        replace: '',
      },
    ],
    noticedBy:
      'reentrant: a page that pays again whenever it is told busy does not freeze when a call is outstanding',
  },
  {
    rule: 'delivery: an outcome takes only itself from the ledger',
    edits: [
      {
        file: MANAGER,
        find: 'if (isDelivering()) return later(() => MANAGER.pay(button, request, isTapped));',
        replace: '',
      },
      {
        file: DELIVERY,
        find: 'if (!current || current.outcome !== outcome) return;\n    takeOutcome(order.tpOrderId);',
        replace: 'if (!current || takeOutcome(order.tpOrderId) !== outcome) return;',
      },
    ],
    noticedBy:
      'reentrant: two outcomes of these goods are both told when the handler of the first pays again',
  },
  {
    rule: 'the call is outstanding before anybody is told of it',
    edits: [
      {
        file: MANAGER,
        find: 'if (isDelivering()) return later(() => MANAGER.pay(button, request, isTapped));',
        replace: '',
      },
      {
        file: CASHIER_CALL,
        find: '  const called = putOrder(withCall(',
        replace: '  endEarlier(live);\n  const called = putOrder(withCall(',
      },
    ],
    noticedBy:
      'reentrant: no question is put over the cashier when a handler pays while the call is being made',
  },
  {
    rule: 'onTrace is told of an event when its effects have run',
    edits: [
      {
        file: ATTEMPTS,
        find: '  if (effects.length) live.revision++;',
        replace:
          '  trace(event.type, state.tpOrderId, { step: state.step });\n  if (effects.length) live.revision++;',
      },
    ],
    noticedBy:
      'reentrant: another button is busy, and not asked over the cashier, when onTrace pays as the call is made',
  },
  {
    rule: 'onOutcome gets an outcome after the ledger and the component',
    edits: [
      {
        file: DELIVERY,
        find: '  if (order) putOrder({ ...order, outcome });',
        replace:
          "  if (onOutcome) guard('onOutcome', () => onOutcome({ ...outcome }));\n  if (order) putOrder({ ...order, outcome });",
      },
      {
        file: DELIVERY,
        find: "  if (onOutcome) enqueue(() => guard('onOutcome', () => onOutcome({ ...outcome })));\n",
        replace: '',
      },
    ],
    noticedBy:
      'reentrant: outcomes are told in their order when onOutcome pays again and the backend answers at once',
  },
  // ---- Adapters

  {
    rule: 'an adapter that rejects with a code answers with it',
    edits: [
      {
        file: CASHIER,
        find: 'then.call(returned, undefined, options.fail);',
        replace:
          "then.call(returned, undefined, (error: unknown) =>\n        respond({ result: 'rejected', code: null, raw: error }),\n      );",
      },
    ],
    noticedBy:
      'adapters: an order may be paid, and other goods are asked about it, when an async adapter rejects with code 6',
  },
  {
    rule: 'an adapter that rejects with a cancel is a cancel',
    edits: [
      {
        file: CASHIER,
        find: 'then.call(returned, undefined, options.fail);',
        replace:
          "then.call(returned, undefined, (error: unknown) =>\n        respond({ result: 'failed', code: null, raw: error }),\n      );",
      },
    ],
    noticedBy: 'adapters: an attempt is cancelled when an async adapter rejects with code 2',
  },
  {
    rule: 'an adapter that rejects is an answer',
    edits: [{ file: CASHIER, find: "if (typeof then === 'function') ", replace: 'if (false) ' }],
    noticedBy:
      'adapters: an attempt fails, and may be paid, when an async adapter rejects with an error of its own',
  },
  {
    rule: 'an adapter that throws may have opened the cashier',
    edits: [
      {
        file: CASHIER,
        find: 'if (requestPayment) options.fail(error);',
        replace: 'if (false) options.fail(error);',
      },
    ],
    noticedBy: 'adapters: an order may be paid when its adapter opened the cashier and threw then',
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
    noticedBy: 'adapters: an order may be paid when the same call is answered never opened and then 6',
  },
  {
    rule: 'a second success of the same call does not prolong the window',
    edits: [
      { file: STATE_MACHINE, find: " || attempt.result === 'success')) return;", replace: ')) return;' },
    ],
    noticedBy:
      'adapters: a payment is pending after 60 s when a host repeats its success and the backend never says paid',
  },
  // ---- Pages that are replaced

  {
    rule: 'reLaunch to a tab page replaces its instance',
    edits: [
      {
        file: COMPONENTS,
        find: 'const isReplaced = pages.some(',
        replace: 'const isReplaced = false && pages.some(',
      },
    ],
    noticedBy:
      'replaced-page: the new instance of a tab page is told, and pays no second time, when reLaunch replaced the one that paid',
  },
  {
    rule: 'a page that was unloaded is not in front',
    edits: [
      {
        file: COMPONENTS,
        find: 'isTopPage(handle) && isMounted(handle);\n}\n\nexport function mountedButtons',
        replace: 'isTopPage(handle);\n}\n\nexport function mountedButtons',
      },
    ],
    noticedBy:
      'replaced-page: the cashier stays closed when its page was unloaded by redirectTo and is still on top',
  },
  {
    rule: 'a component on a page that had none is in front',
    edits: [
      {
        file: COMPONENTS,
        find: '(background.page !== handle.page || isFirstOfPage)',
        replace: 'background.page !== handle.page',
      },
    ],
    noticedBy:
      'replaced-page: pay() opens the cashier when its button was taken away in the background and is attached again',
  },
  {
    rule: 'a component that comes back is told',
    edits: [
      {
        file: COMPONENTS,
        find: '(background.page !== handle.page || isFirstOfPage)',
        replace: 'background.page !== handle.page',
      },
    ],
    noticedBy:
      'replaced-page: a success is told when the button of its goods was taken away in the background and is attached again',
  },
  {
    rule: 'on a host that names no page the one on top counts at each show and tap',
    edits: [{ file: COMPONENTS, find: '(isAttach && handle.page) ||', replace: 'handle.page ||' }],
    noticedBy:
      'replaced-page: a button works on the page below when the host names no page and the one above is closed',
  },
  // ---- Several buttons

  {
    rule: 'every attempt of an order ends with it',
    edits: [
      { file: SETTLEMENT, find: 'takers.forEach(taker =>', replace: 'takers.slice(0, 1).forEach(taker =>' },
    ],
    noticedBy:
      'several-buttons: two attempts of one order end together, and the cashier stays closed, when it is paid while the second asks (no)',
  },
  {
    rule: 'who is there is told first',
    edits: [
      {
        file: SETTLEMENT,
        find: 'takers.sort((one, other) => isThere(one) - isThere(other));',
        replace: 'takers.sort((one, other) => isThere(other) - isThere(one));',
      },
    ],
    noticedBy:
      'several-buttons: the button that is there is told when the order is paid for it and for one whose page was closed',
  },
  {
    rule: 'pay() that starts nothing changes nothing on its button',
    edits: [
      {
        file: MANAGER,
        find: '    const delivered =',
        replace: '    button.request = request;\n    const delivered =',
      },
    ],
    noticedBy: 'several-buttons: a button keeps what it is paying when it is handed other goods and is busy',
  },
  {
    rule: 'an attempt reads its button with what pay() was given',
    edits: [
      {
        file: EFFECTS,
        find: 'button.read(live.request.input)',
        replace: 'button.read(button.request.input)',
      },
      {
        file: MANAGER,
        find: '    const delivered =',
        replace: '    button.request = request;\n    const delivered =',
      },
    ],
    noticedBy:
      'several-buttons: pay() of another order-key buys that when the button shows what is paid and is tapped meanwhile',
  },
  {
    rule: 'changed goods: not into goods that are paid',
    edits: [{ file: EFFECTS, find: '    paidOutcome(goods, live.button)\n', replace: '    false\n' }],
    noticedBy:
      'several-buttons: an attempt ends as changed when the goods of its button change into goods that are paid',
  },
  {
    rule: 'paid are the goods of the attempt',
    edits: [
      {
        file: DELIVERY,
        find: 'if (shown === goods || (order &&',
        replace: 'if (!order || shown === goods || (order &&',
      },
    ],
    noticedBy:
      'several-buttons: other goods are not paid when the page sets them while the backend says that the first ones are',
  },
  // ---- Hostile values

  {
    rule: 'an order number is no name of JavaScript: constructor',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: 'Object.create(null) as Record<string, Value>',
        replace: '({}) as Record<string, Value>',
      },
    ],
    noticedBy: 'hostile-values: an order is found again when its number is constructor',
  },
  {
    rule: 'an order number is no name of JavaScript: __proto__',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: 'Object.create(null) as Record<string, Value>',
        replace: '({}) as Record<string, Value>',
      },
    ],
    noticedBy: 'hostile-values: an order is found again when its number is __proto__',
  },
  {
    rule: 'an order number is no name of JavaScript: raw',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: 'JSON.stringify({ v: VERSION, orders: stored })',
        replace:
          "JSON.stringify({ v: VERSION, orders: stored }, (key, value: unknown) => (key === 'raw' ? null : value))",
      },
    ],
    noticedBy: 'hostile-values: an order is found again when its number is raw',
  },
  {
    rule: 'a record is of the number it names',
    edits: [
      {
        file: LEDGER_STORAGE,
        find: 'const { tpOrderId } = order;\n    restored',
        replace: 'const tpOrderId = key;\n    restored',
      },
    ],
    noticedBy:
      'hostile-values: an order is told to be paid once when storage holds it under another key than its number',
  },
  {
    rule: 'pay() throws nothing',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'try {\n          return readRequest(this.data, input',
        replace:
          'const all = readRequest(this.data, input, isPaying, report);\n        try {\n          return all || readRequest(this.data, input',
      },
    ],
    noticedBy:
      'hostile-values: pay() fails in words, and throws nothing, when its orderInfo throws when it is read',
  },
  {
    rule: 'what cannot be written as text is described',
    edits: [{ file: PROPS, find: "got ' + describe(amountGiven)", replace: "got ' + String(amountGiven)" }],
    noticedBy:
      'hostile-values: the console names the property when it holds an object that cannot be written as text',
  },
  {
    rule: 'what has no name is not paid',
    edits: [
      {
        file: DELIVERY,
        find: 'if (tpOrderId) remember(tpOrderId);',
        replace: 'remember(tpOrderId);',
      },
      { file: DELIVERY, find: '  if (!goods) return null;\n', replace: '' },
    ],
    noticedBy: 'hostile-values: nothing else is paid when the backend says paid and names no number',
  },
  {
    rule: 'create: the order of the key is meant where no number is named',
    edits: [
      {
        file: EFFECTS,
        find: "result.tpOrderId || (called ? called.tpOrderId : '')",
        replace: 'result.tpOrderId',
      },
    ],
    noticedBy:
      'hostile-values: the order of the key is meant, and blocks nobody any more, when the backend says paid and names no number',
  },
  // ---- Another owner

  {
    rule: "another owner's attempt is not ended",
    edits: [
      {
        file: SETTLEMENT,
        find: 'isSameOwner(one.owner, order.owner) || one.state.tpOrderId === tpOrderId',
        replace: '!!one',
      },
    ],
    noticedBy:
      "other-owner: bob's attempt goes on, and ann is told later, when ann's order of the same goods turns out to be paid",
  },
  {
    rule: "another owner's button is not told",
    edits: [
      { file: DELIVERY, find: '  if (!isSameOwner(owner, currentOwner())) return undefined;\n', replace: '' },
    ],
    noticedBy: "other-owner: ann's outcome waits for her when only bob's button of the same goods is there",
  },
  {
    rule: "another owner's attempt is not shown",
    edits: [
      {
        file: MANAGER,
        find: 'isOfGoods(state, goods) && isSameOwner(owner, currentOwner())',
        replace: 'isOfGoods(state, goods) && (true || owner)',
      },
    ],
    noticedBy: "other-owner: bob's button of the same goods is idle when ann's attempt is at the cashier",
  },
  {
    rule: "what a button shows as paid is its owner's",
    edits: [
      {
        file: DELIVERY,
        find: 'owner: order ? order.owner : currentOwner(), outcome }',
        replace: "owner: '', outcome }",
      },
    ],
    noticedBy: 'other-owner: bob buys a tea of his own when ann paid hers on the same button',
  },
  {
    rule: 'a draft is of the person who uses it',
    edits: [
      {
        file: DRAFTS,
        find: 'return known.owner || !owner ? known : putDraft({ ...known, owner });',
        replace: 'return known;',
      },
    ],
    noticedBy:
      "other-owner: an order is ann's when it was made before anybody logged in and she took it to the cashier",
  },
  // ---- Storage that can be read again, late successes

  {
    rule: 'storage read again: the calls of both runs count',
    edits: [
      { file: LEDGER_STORAGE, find: 'calls: calls.concat(known.calls)', replace: 'calls: known.calls' },
    ],
    noticedBy:
      'storage-again: the calls of both runs count when an order was called again before storage could be read',
  },
  {
    rule: 'storage read again: what is over stays over',
    edits: [{ file: LEDGER_STORAGE, find: ' || removed[order.tpOrderId]', replace: '' }],
    noticedBy: 'storage-again: what was settled and told does not come back when storage can be read again',
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
    noticedBy: 'late-success: a late success of an order that was told to be closed is confirmed, and told',
  },
  {
    rule: 'delivery: else to whoever took the order to the cashier',
    edits: [
      { file: DELIVERY, find: 'activeButtonOf(order) || starters[0]', replace: 'activeButtonOf(order)' },
    ],
    noticedBy:
      'late-success: the component that started the attempt gets a late success on its page below when no button in front shows the goods',
  },
  {
    rule: 'DevTools: a late success is not confirmed for ever',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'else if (isSimulated()) poll(order, [0], () => true, settleUnverified);\n',
        replace: '',
      },
    ],
    noticedBy: 'late-success: a late success of DevTools is a success that nobody verified, after one check',
  },
  // ---- More

  {
    rule: 'an order-summary of an order-key shows the payment of that key',
    edits: [{ file: MANAGER, find: '!!paidOutcome(button.request.goods, button)', replace: 'false' }],
    noticedBy: 'order-summary: the quote of an order-key shows paid when the button of that key has paid',
  },
  {
    rule: 'an order-summary goes on when a handler throws',
    edits: [
      {
        file: CONTROLLER,
        find: "guard('an event handler', () => component.triggerEvent(name, withInstance(component, detail)))",
        replace: 'component.triggerEvent(name, detail)',
      },
    ],
    noticedBy:
      'order-summary: the button is told of the payment that an order-summary found when handlers of the page throw',
  },
  {
    rule: 'a clock that is set back does not end a window',
    edits: [{ file: SETTLEMENT, find: 'Math.max(0, time - last)', replace: 'Math.abs(time - last)' }],
    noticedBy: 'windows: the window goes on when the clock is set back while a success is confirmed',
  },
  {
    rule: 'a check carries the header of its own goods first',
    edits: [
      {
        file: CHECKS,
        find: 'requests.filter(({ goods }) => isOfGoods(order, goods)).concat(requests)[0]',
        replace: 'requests[0]',
      },
    ],
    noticedBy:
      'windows: a check carries the header of the button of its own goods when another button has one, too',
  },
  {
    rule: 'a yes belongs to its question',
    edits: [
      {
        file: EFFECTS,
        find: 'if (question === asked) reply(!!yes);',
        replace: 'if (question) reply(!!yes);',
      },
    ],
    noticedBy:
      'question-ends: a yes that comes after its question ended says nothing about the question that is open by then',
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
      'resume-pending: an outcome is named in the question while resumePending() still looks for another one',
  },
  {
    rule: 'ordercreated is told when the backend made the order',
    edits: [{ file: STATE_MACHINE, find: 'if (isNews) {', replace: 'if (true || isNews) {' }],
    noticedBy: 'create: ordercreated is told once when the order is in memory at the next tap',
  },
  {
    rule: 'create: paid is success only where the order was never called',
    edits: [{ file: STATE_MACHINE, find: ' && !wasCalled', replace: '' }],
    noticedBy:
      'create: an attempt tells the payment, and asks, when create-url says that an order called 11 min ago is paid',
  },
  {
    rule: 'toasts are those of the list',
    edits: [{ file: PROPS, find: "(',' + list + ',').indexOf(',' + outcome + ',') >= 0", replace: 'true' }],
    noticedBy: 'words: only the outcomes of the list are toasted when toast is a list',
  },
  {
    rule: 'changed goods: a ready order of the same amount',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'const expectedAmount = turn.attempt.totalAmount;',
        replace: 'const expectedAmount = goods.isReady ? null : turn.attempt.totalAmount;',
      },
    ],
    noticedBy:
      'changed-order: an attempt ends as changed when the ready order was replaced by one of another amount',
  },
  {
    rule: 'changed goods: a ready order is paid where it costs the same',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'const expectedAmount = turn.attempt.totalAmount;',
        replace: 'const expectedAmount = -1;',
      },
    ],
    noticedBy: 'changed-order: an attempt pays the ready order that replaced another one of the same amount',
  },
  {
    rule: 'changed goods: none left is no fault',
    edits: [{ file: EFFECTS, find: 'if (refusal && goods)', replace: 'if (refusal)' }],
    noticedBy:
      'changed-order: an attempt ends as changed, not as a fault of the order, when order-info was taken away',
  },
  {
    rule: 'changed goods: an order of the same amount',
    edits: [{ file: STATE_MACHINE, find: 'attempt.expectedAmount !== null && ', replace: 'false && ' }],
    noticedBy: 'changed-order: an attempt ends as changed when the order of the changed goods costs more',
  },
  {
    rule: 'the amount of the properties is of their goods',
    edits: [
      {
        file: PROPS,
        find: 'isOwnInput || given.amount !== undefined ?',
        replace: 'given.amount !== undefined ?',
      },
    ],
    noticedBy: 'changed-order: the amount of the properties says nothing about goods that pay() was handed',
  },
  {
    rule: 'the amount handed to pay() is of the goods handed to it',
    edits: [{ file: PROPS, find: '? given.amount : values.amount', replace: '? null : values.amount' }],
    noticedBy:
      'changed-order: an order is refused as amount-changed when pay() was handed another amount with its goods',
  },
  {
    rule: 'an order that create-url made keeps its goods',
    edits: [{ file: CASHIER_CALL, find: '(isReady && known.goods) || goods', replace: 'goods' }],
    noticedBy:
      'changed-order: an order that create-url made stays of its goods, its key and its status-url when its own page pays it',
  },
  {
    rule: 'an order that create-url made keeps its key',
    edits: [
      {
        file: CASHIER_CALL,
        find: "live.idempotencyKey || known.idempotencyKey || ''",
        replace: 'live.idempotencyKey',
      },
    ],
    noticedBy:
      'changed-order: an order that create-url made stays of its goods, its key and its status-url when its own page pays it',
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
      'changed-order: an order that create-url made stays of its goods, its key and its status-url when its own page pays it',
  },
  {
    rule: 'handlers learn of an earlier call only when the cashier is open',
    edits: [
      { file: CASHIER_CALL, find: '    endEarlier(live);\n', replace: '' },
      { file: CASHIER_CALL, find: '  try {\n', replace: '  endEarlier(live);\n  try {\n' },
    ],
    noticedBy:
      'several-buttons: the cashier opens for the page on top when a handler of the earlier paypending leaves that page',
  },
  {
    rule: 'an order that two people have called belongs to both',
    edits: [
      {
        file: CASHIER_CALL,
        find: "known.tpOrderId && (!known.owner || (owner && known.owner !== owner)) ? '' : known.owner || owner",
        replace: 'known.owner || owner',
      },
    ],
    noticedBy:
      'other-owner: an order that ann called, and bob calls again (status-url "/status"), › is asked about before bob buys something else when it may be paid',
  },
  {
    rule: 'what pay() received is written down',
    edits: [
      { file: MANAGER, find: '  hideComponent,\n', replace: '  hideComponent,\n  flush,\n' },
      { file: MANAGER, find: 'if (delivered.length) commit();', replace: 'flush();' },
    ],
    noticedBy:
      'waiting-outcome: what pay() received is over, and out of the storage, when the app is killed minutes later',
  },
  {
    rule: 'a cancel that waits is not dropped with its order',
    edits: [
      { file: SETTLEMENT, find: 'if (!order.outcome || isOld(order)) removeOrder', replace: 'removeOrder' },
    ],
    noticedBy: 'waiting-outcome: the paycancel that waits is delivered when its order was closed meanwhile',
  },
  {
    rule: 'what configure() was given after App() counts when another copy joins',
    edits: [{ file: APP_STATE, find: ', state.latest || {})', replace: ', {})' }],
    noticedBy:
      'copies: configure() of one copy counts when it comes after App(), and another copy joins later with what it was given before',
  },
  {
    rule: 'the button shows as paid what pay() was asked for',
    edits: [{ file: MANAGER, find: 'if (waiting) button.request = request;', replace: '' }],
    noticedBy:
      'waiting-outcome: A success that waits for a page which pays by pay({ payload }) › is shown as paid, and a further tap is no attempt, when it is tapped (kill: false)',
  },
  {
    rule: 'pay() before attach knows its page',
    edits: [{ file: MANAGER, find: 'if (!button.page) addComponent(button, true);', replace: '' }],
    noticedBy:
      'waiting-outcome: A success that waits for a page which pays by pay({ payload }) › is shown with its toast, and nothing else is accepted for 3 s, when the page pays in onReady',
  },
  {
    rule: 'resumePending() leaves out what a button received',
    edits: [
      {
        file: MANAGER,
        find: 'else if (isUnsettled(orders[index] as LedgerOrder)) latest',
        replace: 'else latest',
      },
    ],
    noticedBy:
      'waiting-outcome: the outcome that waits is handed out once when a page calls resumePending() and has a button of these goods',
  },
  {
    rule: 'configure() does not deliver to a component that is not ready',
    edits: [{ file: MANAGER, find: 'button.isReady && lookAfter(button)', replace: 'lookAfter(button)' }],
    noticedBy:
      'waiting-outcome: the outcome that waits is delivered when the component is ready, and not before, when the app configures between',
  },
  {
    rule: 'a component that is not ready is not delivered to',
    edits: [{ file: COMPONENTS, find: 'button.isReady && isActive', replace: 'isActive' }],
    noticedBy:
      'waiting-outcome: a row that is not ready yet receives the outcome when it is ready, when the payment is found before',
  },
  {
    rule: 'each owner has a latest success of an order-key',
    edits: [
      {
        file: DELIVERY,
        find: 'paidBy(name, paid => paid.owner !== owner)',
        replace: 'paidBy(name, () => false)',
      },
    ],
    noticedBy: 'other-owner: An order-key that ann paid › stays paid for her when bob pays it, too',
  },
  {
    rule: 'reset() forgets what its own user paid',
    edits: [{ file: DELIVERY, find: 'paidBy(goods, paid => !isMine(paid))', replace: '[]' }],
    noticedBy: 'other-owner: An order-key that ann paid › stays paid for her when bob resets it',
  },
  {
    rule: 'an order that another user paid is called paid',
    edits: [{ file: EFFECTS, find: "end === 'paid' ? text('paid') : undefined", replace: 'undefined' }],
    noticedBy:
      'other-owner: a ready order that a guest paid is called paid, and not closed, when the guest logs in and taps again',
  },
  {
    rule: 'a tab page that comes back is not paid any more',
    edits: [{ file: DELIVERY, find: 'button && !button.wasAway && ', replace: 'button && ' }],
    noticedBy: 'paid: a tab page that comes back, and pays in onShow, buys again',
  },
  {
    rule: 'an order that two people have called stays that of both when one calls it again',
    edits: [
      {
        file: CASHIER_CALL,
        find: '(!known.owner || (owner && known.owner !== owner))',
        replace: 'known.owner && owner && known.owner !== owner',
      },
    ],
    noticedBy:
      'other-owner: an order that ann called, and bob calls again (status-url "/status"), › is asked about before bob buys something else when ann has called it once more since',
  },
];
