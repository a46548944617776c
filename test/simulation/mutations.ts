/**
 * The rules of payments, each with what takes it out of the source and the one scenario that fails then. README.md says how
 * to print and play the list.
 */
import type { Edit } from './fakes/library';
const PAY_BUTTON = 'components/pay-button/pay-button.ts';
const CONTROLLER = 'components/order-summary/controller.ts';
const ORDER_STATUS = 'components/order-summary/order-status.ts';
const PROPS = 'components/pay-button/props.ts';
const CHECK_STATUS = 'utils/backend/check-status.ts';
const CREATE_ORDER = 'utils/backend/create-order.ts';
const REQUEST = 'utils/backend/request.ts';
const CONFIG = 'utils/config/config.ts';
const CONFIGURE = 'utils/config/configure.ts';
const CREATE_MAP = 'utils/create-map.ts';
const APP_STATE = 'utils/host/app-state.ts';
const CASHIER = 'utils/host/cashier.ts';
const SWAN = 'utils/host/swan.ts';
const LIVE_ATTEMPTS = 'utils/payment/live-attempts.ts';
const CASHIER_CALL = 'utils/payment/cashier-call.ts';
const CHECKS = 'utils/payment/checks.ts';
const COMPONENT_REGISTRY = 'utils/payment/component-registry.ts';
const DELIVERY = 'utils/payment/delivery.ts';
const DRAFTS = 'utils/payment/drafts.ts';
const EFFECTS = 'utils/payment/effects.ts';
const ORDER_GOODS = 'utils/payment/order-goods.ts';
const LEDGER_STORAGE = 'utils/payment/ledger-storage.ts';
const LEDGER = 'utils/payment/ledger.ts';
const MANAGER = 'utils/payment/manager.ts';
const PAID_GOODS = 'utils/payment/paid-goods.ts';
const QUESTION = 'utils/payment/question.ts';
const SETTLEMENT = 'utils/payment/settlement.ts';
const STATE_MACHINE = 'utils/payment/state-machine.ts';
const PHASES = 'utils/payment/phases.ts';

export interface RuleMutation {
  /** what is not true any more */
  rule: string;
  edits: Edit[];
  /** the scenario that fails: its file and its full name */
  noticedBy: string;
}

export const MUTATIONS: RuleMutation[] = [
  // ---- Goods and ledger

  {
    rule: 'the same goods get the same order again',
    edits: [
      { file: DRAFTS, find: 'if (known) return known.owner', replace: 'if (false) return known.owner' },
    ],
    noticedBy:
      'create-order: a cancelled order is called again without a create request when its button is tapped again',
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
    edits: [{ file: PROPS, find: 'JSON.parse(JSON.stringify(request.payload))', replace: 'request.payload' }],
    noticedBy: 'properties: the identity of goods › goods differ when a Date in the payload differs',
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
        find: 'idempotencyKey: called ?',
        replace: 'idempotencyKey: goods ? goods : called ?',
      },
    ],
    noticedBy: 'app-restart: a new order is created when the app was killed before the cashier call',
  },
  {
    rule: 'the key of an order that was called survives a kill',
    edits: [{ file: DRAFTS, find: 'called ? called.idempotencyKey : randomKey()', replace: 'randomKey()' }],
    noticedBy: 'app-restart: the same order is called again when it was cancelled before the kill',
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
        find: 'if (!answer) return {',
        replace: 'if (!answer) return order; if (!answer) return {',
      },
    ],
    noticedBy: 'cashier-claims: the question for other goods is not shown when the cashier never opened',
  },
  {
    rule: 'a call that was answered is not taken back by a later answer',
    edits: [{ file: LEDGER, find: ' || !isOpen(call.claim)', replace: '' }],
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
        find: "? orderOf(call, result === 'success')",
        replace: "? result === 'success' ? findOrder(tpOrderId) : orderOf(call, false)",
      },
    ],
    noticedBy:
      'cashier-claims: paysuccess follows payfail when the cashier answers not-logged-in (5) and then success',
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
      { file: LEDGER, find: "return isOld && !isLive ? 'dropped' : 'none';", replace: "return 'none';" },
    ],
    noticedBy:
      'record-age: other goods are paid without a question when the unsettled order was checked and was called 25 h ago',
  },
  {
    rule: 'age: unreachable leaves it unsettled',
    edits: [{ file: LEDGER, find: "if (status === 'unreachable') return 'none';", replace: '' }],
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
    edits: [{ file: LEDGER_STORAGE, find: '!(isWorthKeeping && isOurs)', replace: '!isWorthKeeping' }],
    noticedBy: "record-age: another user's order is deleted from storage when it is older than 24 h",
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
    noticedBy: 'accepted-orders: the question is shown again when the accepted order was called again',
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
    noticedBy:
      'accepted-orders: the question is shown again when a late callback raises the claim of the accepted order',
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
      'newer-tap: an attempt is superseded when another button of its page is tapped during the create request',
  },
  {
    rule: 'refuse: properties',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'if (attempt.refusal) fail(context, attempt.refusal);\n    else if',
        replace: 'if',
      },
    ],
    noticedBy:
      'cashier-call: the cashier stays closed when the lines of the order-summary on the page do not add up to the total',
  },
  {
    rule: 'refuse: unsupported',
    edits: [{ file: MANAGER, find: 'if (!hasCashier())', replace: 'if (false)' }],
    noticedBy:
      'host-differences: an attempt fails as unsupported, with a toast and without a request, when the host has no cashier',
  },
  {
    rule: 'refuse: iOS virtual goods',
    edits: [{ file: PROPS, find: 'if (toBoolean(values.virtualGoods) && isIos())', replace: 'if (false)' }],
    noticedBy:
      'host-differences: virtual goods › a button of virtual goods is hidden, and pay() fails as virtual-goods-ios without a request, when the phone runs iOS',
  },
  {
    rule: 'refuse: an objecting order-summary',
    edits: [{ file: MANAGER, find: 'return block && block.failure;', replace: 'return null;' }],
    noticedBy:
      'cashier-call: the cashier stays closed when the lines of the order-summary on the page do not add up to the total',
  },
  {
    rule: 'refuse: unsettled orders of these goods are checked',
    edits: [
      {
        file: STATE_MACHINE,
        find: '(!attempt.refusal || isOfGoods(order, attempt.purchase.goods))',
        replace: '!attempt.refusal',
      },
    ],
    noticedBy: 'background-checks: unsettled orders of the goods are checked when the new request is invalid',
  },
  // ---- Check

  {
    rule: 'check: outcomes not yet delivered are in the question',
    edits: [{ file: EFFECTS, find: 'undeliveredOrders(owner)),', replace: '[]),' }],
    noticedBy: 'waiting-outcome: the question says paid when an undelivered success is of other goods',
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
    noticedBy: 'status-check: an attempt checks each unsettled order once, in parallel, when there are two',
  },
  {
    rule: 'check: 3 s at most',
    edits: [{ file: CONFIG, find: 'statusTimeout: 3000', replace: 'statusTimeout: 30000' }],
    noticedBy: 'status-check: an attempt waits 3 s for a check when the backend is slow',
  },
  {
    rule: 'check: orders of this owner',
    edits: [
      {
        file: LIVE_ATTEMPTS,
        find: 'isSameOwner(order.owner, owner) ||',
        replace: 'order.owner !== undefined ||',
      },
    ],
    noticedBy: "two-users: bob pays without a question when ann's order of other goods is unsettled",
  },
  {
    rule: 'check: paid of these goods is success(resumed)',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'const SAME_PURCHASE_AGE = 600000',
        replace: 'const SAME_PURCHASE_AGE = 0',
      },
    ],
    noticedBy: 'status-check: an attempt succeeds without a new order when a check finds its goods paid',
  },
  {
    rule: 'check: paid of these goods, younger than 10 min',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'const SAME_PURCHASE_AGE = 600000',
        replace: 'const SAME_PURCHASE_AGE = 6e9',
      },
    ],
    noticedBy:
      'status-check: an attempt fires paysuccess and shows the question when its goods were paid more than 10 min ago',
  },
  {
    rule: 'check: paid of these goods, or with an explicit order-key',
    edits: [{ file: STATE_MACHINE, find: ' || !!orderKey || ', replace: ' || ' }],
    noticedBy:
      'status-check: an attempt succeeds when its goods were paid more than 10 min ago under an explicit order-key',
  },
  {
    rule: 'check: paid of these goods, or a ready order-info',
    edits: [{ file: STATE_MACHINE, find: 'isReady || !!orderKey ||', replace: '!!orderKey ||' }],
    noticedBy: 'status-check: an attempt succeeds when its ready order was paid more than 10 min ago',
  },
  {
    rule: 'check: paid, older or of other goods, joins the question',
    edits: [
      {
        file: SETTLEMENT,
        find: "dispatch(live, { type: 'other-settled'",
        replace: "(() => undefined)(live, { type: 'other-settled'",
      },
    ],
    noticedBy:
      'status-check: the question counts as delivery when it says that an order of other goods was paid',
  },
  {
    rule: 'check: of these goods and unreachable is pending',
    edits: [{ file: STATE_MACHINE, find: 'else if (silent) {', replace: 'else if (silent && false) {' }],
    noticedBy:
      'status-check: an attempt ends as pending when its order cannot be checked, and shows the question when that fails twice in a row',
  },
  {
    rule: 'check: unreachable the second time is asked about',
    edits: [{ file: STATE_MACHINE, find: ' && before.indexOf(tpOrderId) < 0', replace: '' }],
    noticedBy:
      'status-check: an attempt ends as pending when its order cannot be checked, and shows the question when that fails twice in a row',
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
    noticedBy:
      'status-check: an attempt ends as pending again when a check succeeded between two failed ones',
  },
  {
    rule: 'cancelled orders are checked in parallel to the create request',
    edits: [
      {
        file: EFFECTS,
        find: "    checkCancelled(live);\n  },\n\n  'discard-key'",
        replace: "  },\n\n  'discard-key'",
      },
    ],
    noticedBy:
      'background-checks: a cancelled order is checked in parallel to the create request, without delaying the cashier, when other goods are tapped',
  },
  {
    rule: 'cancelled orders are checked when nothing has to be created, too',
    edits: [
      {
        file: EFFECTS,
        find: 'wait(live) {\n    checkCancelled(live);',
        replace: 'wait(live) {',
      },
    ],
    noticedBy:
      'background-checks: a cancelled order is checked once per attempt when the attempt creates an order and when it reuses one',
  },
  {
    rule: 'cancelled orders younger than 30 min are checked',
    edits: [
      { file: EFFECTS, find: 'const CANCELLED_AGE = 1800000', replace: 'const CANCELLED_AGE = 7200000' },
    ],
    noticedBy:
      'background-checks: at most three cancelled orders are checked, and none when they were called more than 30 min ago',
  },
  {
    rule: 'at most 3 cancelled orders are checked',
    edits: [{ file: EFFECTS, find: 'const MAX_CANCELLED = 3', replace: 'const MAX_CANCELLED = 5' }],
    noticedBy:
      'background-checks: at most three cancelled orders are checked, and none when they were called more than 30 min ago',
  },
  {
    rule: 'cancelled orders with a status-url are checked',
    edits: [{ file: EFFECTS, find: '!!order.statusUrl &&\n        claimOf', replace: 'claimOf' }],
    noticedBy: 'background-checks: a cancelled order is not checked when it has no status-url',
  },
  // ---- Create

  {
    rule: 'create, unless the orderInfo is in memory',
    edits: [{ file: EFFECTS, find: 'if (orderInfo && Math', replace: 'if (orderInfo && isReady && Math' }],
    noticedBy:
      'create-order: a cancelled order is called again without a create request when its button is tapped again',
  },
  {
    rule: 'a clear refusal frees the key',
    edits: [{ file: STATE_MACHINE, find: "effects.push({ type: 'discard-key' });", replace: ';' }],
    noticedBy: 'create-order: the next tap sends a new key when the backend refused the order',
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
    noticedBy: 'create-order: the next tap sends the same key when the create response was lost',
  },
  {
    rule: 'create: paid is success',
    edits: [{ file: STATE_MACHINE, find: "status === 'paid' && !wasCalled", replace: 'false' }],
    noticedBy: 'create-order: an attempt succeeds without a cashier call when create-url says paid',
  },
  {
    rule: 'create: the status of the answer settles its order',
    edits: [{ file: EFFECTS, find: '      applyStatus(tpOrderId, result.status);\n', replace: '' }],
    noticedBy: 'app-restart: an attempt succeeds when there is no status-url and create-url says paid',
  },
  {
    rule: 'create: closed takes a new key',
    edits: [{ file: STATE_MACHINE, find: '} else if (attempt.hasNewKey) {', replace: '} else if (true) {' }],
    noticedBy: 'create-order: the order of a new key is paid when create-url says closed',
  },
  {
    rule: 'create: closed takes a new key once',
    edits: [{ file: STATE_MACHINE, find: '} else if (attempt.hasNewKey) {', replace: '} else if (false) {' }],
    noticedBy: 'create-order: an attempt fails as closed when create-url says closed for the new key, too',
  },
  {
    rule: 'ordercreated is delivered now',
    edits: [{ file: EFFECTS, find: 'orderKey, reused }));\n    flush();', replace: 'orderKey, reused }));' }],
    noticedBy: 'create-order: ordercreated is fired before the cashier opens when an order is created',
  },
  {
    rule: 'an order that was given up while it was made is not used again',
    edits: [
      {
        file: EFFECTS,
        find: 'keepOrderInfo(idempotencyKey, result.orderInfo, now());\n      }\n      if (!isCurrent()) return;',
        replace:
          'putDraft({ goods, orderKey, owner, idempotencyKey, orderInfo: result.orderInfo, orderedAt: now() });\n      }\n      if (!isCurrent()) return;',
      },
    ],
    noticedBy:
      'changed-goods: the next tap creates another order when reset() was called during the create request',
  },
  {
    rule: 'amount-changed',
    edits: [{ file: CREATE_ORDER, find: 'amount === null || amount === totalAmount', replace: 'true' }],
    noticedBy:
      'changed-goods: payfail has reason amount-changed and the new totalAmount when the order costs more than the amount property',
  },
  // ---- Ask once

  {
    rule: 'ask, when something is unsettled',
    edits: [{ file: STATE_MACHINE, find: '.concat(blocking)', replace: '' }],
    noticedBy:
      'question: the question offers the same order, and its yes calls that order, when it may be paid',
  },
  {
    rule: 'ask, when something was just found paid or closed',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'const subjects = settledOrders\n    .map(settled => settled.order)\n    .concat(blocking)',
        replace: 'const subjects = blocking',
      },
    ],
    noticedBy:
      'status-check: the question counts as delivery when it says that an order of other goods was paid',
  },
  {
    rule: 'ask: the same order is offered',
    edits: [{ file: STATE_MACHINE, find: "kind: isSame ? 'same' :", replace: 'kind:' }],
    noticedBy:
      'question: the question offers the same order, and its yes calls that order, when it may be paid',
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
      'question: one question names the newest order and counts the others, and its yes accepts all, when several may be paid',
  },
  {
    rule: 'ask: one question counts the others',
    edits: [{ file: QUESTION, find: "orders.length > 1 ? 'askOrders' : 'askOrder'", replace: "'askOrder'" }],
    noticedBy:
      'question: one question names the newest order and counts the others, and its yes accepts all, when several may be paid',
  },
  {
    rule: 'ask: yes accepts',
    edits: [{ file: EFFECTS, find: 'putOrder({ ...order, accepted: true })', replace: 'order' }],
    noticedBy:
      'accepted-orders: no second question is shown when the user accepted the unsettled order and cancelled the new one',
  },
  {
    rule: 'ask: yes accepts all',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'attempt.askedAbout.indexOf(order.tpOrderId) >= 0 && (order !== same',
        replace: 'attempt.askedAbout[0] === order.tpOrderId && (order !== same',
      },
    ],
    noticedBy:
      'question: one question names the newest order and counts the others, and its yes accepts all, when several may be paid',
  },
  {
    rule: 'ask: after two calls about a new order',
    edits: [{ file: LEDGER, find: 'const MAX_CALLS = 2', replace: 'const MAX_CALLS = 3' }],
    noticedBy:
      'question: the question offers a new order, and its yes creates that order, when the same order was called twice without a result',
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
    noticedBy: 'question: the question offers the same order when one of its two calls was cancelled',
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
      'question: the question after 31 min, with the properties {"createUrl":"/orders","orderPayload":{"goods":"tea"},"statusUrl":""}, says 本次订单',
  },
  {
    rule: 'ask: after 30 min without a status-url',
    edits: [{ file: LEDGER, find: '(!order.statusUrl && ageOf', replace: '(ageOf' }],
    noticedBy:
      'question: the question after 31 min, with the properties {"createUrl":"/orders","orderPayload":{"goods":"tea"},"statusUrl":"/status"}, says 同一笔',
  },
  {
    rule: 'ask: yes to a new order takes a new key',
    edits: [
      { file: STATE_MACHINE, find: 'if (replaces) create(context, true);\n    else wait', replace: 'wait' },
    ],
    noticedBy:
      'question: the question offers a new order, and its yes creates that order, when the same order was called twice without a result',
  },
  {
    rule: 'ask: another order for the key of an unsettled one names the header',
    edits: [
      { file: STATE_MACHINE, find: 'unsettled && unsettled.tpOrderId !== tpOrderId', replace: 'false' },
    ],
    noticedBy:
      'create-order: the console names Idempotency-Key when a backend without status-url returns another order for the same key',
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
    noticedBy: 'question-ends: no question is shown when the user goes back before the check responds',
  },
  {
    rule: 'a question ends as no with its page',
    edits: [
      {
        file: EFFECTS,
        find: 'if (question && !isActive(question.live.button)) answerQuestion(false);',
        replace: '',
      },
    ],
    noticedBy:
      'question-ends: a question counts as declined, and its late yes is ignored, when its page is left',
  },
  {
    rule: 'a question ends as no when a tap gets through',
    edits: [
      { file: EFFECTS, find: 'if (question && !question.isFresh) answerQuestion(false);', replace: '' },
    ],
    noticedBy:
      'question-ends: a question counts as declined when the host dropped it and the button is tapped',
  },
  {
    rule: 'a question does not end by a tap that was on its way',
    edits: [{ file: EFFECTS, find: 'if (question && !question.isFresh)', replace: 'if (question)' }],
    noticedBy: 'question-ends: a question stays open when the button is tapped twice',
  },
  {
    rule: 'a question ends as no when showModal fails',
    edits: [{ file: SWAN, find: '        fail: failed,\n', replace: '' }],
    noticedBy: 'question-ends: a question counts as declined when showModal fails',
  },
  {
    rule: 'a question that named an order counts as delivery',
    edits: [
      {
        file: EFFECTS,
        find: 'subject.kind) takeOutcome(tpOrderId);',
        replace: 'subject.kind) return;',
      },
    ],
    noticedBy:
      'status-check: the question counts as delivery when it says that an order of other goods was paid',
  },
  {
    rule: 'a question that could not be put delivers nothing',
    edits: [{ file: EFFECTS, find: 'if (yes !== null)\n', replace: 'if (subject)\n' }],
    noticedBy:
      'question-ends: an outcome of other goods stays undelivered when the question could not be shown',
  },
  {
    rule: 'a question says of several only what is true of all',
    edits: [{ file: STATE_MACHINE, find: 'kinds.every(kind => kind === kinds[0])', replace: 'true' }],
    noticedBy:
      'question: the question says paid or possibly paid, and paysuccess is still delivered, when one order is paid and another unsettled',
  },
  {
    rule: 'a question that says no more than that of several delivers nothing',
    edits: [{ file: EFFECTS, find: ' && toSettledStatus(outcome) === subject.kind', replace: '' }],
    noticedBy:
      'question: the question says paid or possibly paid, and paysuccess is still delivered, when one order is paid and another unsettled',
  },
  {
    rule: 'no to the same order is pending',
    edits: [{ file: STATE_MACHINE, find: "unsettled ? { outcome: 'pending' } :", replace: '' }],
    noticedBy: 'question: an attempt ends as pending when the user declines to pay the same order',
  },
  // ---- Call

  {
    rule: 'call: 1100 ms since the last one',
    edits: [{ file: EFFECTS, find: 'if (waitForInterval(again)) return;', replace: '' }],
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
    edits: [{ file: EFFECTS, find: 'const SHOW_WAIT = 1000', replace: 'const SHOW_WAIT = 0' }],
    noticedBy: 'cashier-call: when the app was in the background for 700 ms, the cashier opens',
  },
  {
    rule: 'call: hidden, it waits 1 s',
    edits: [{ file: EFFECTS, find: 'const SHOW_WAIT = 1000', replace: 'const SHOW_WAIT = 3000' }],
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
        file: EFFECTS,
        find: "else if (block) dispatch(live, { type: 'fail', failure: block.failure });",
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
        find: 'orders.some(order => isBlocking(order) && !isExcused(order)) ||',
        replace: '',
      },
    ],
    noticedBy:
      'cashier-call: an attempt checks again and shows the question when an accepted order fails with 6 while the app is in the background',
  },
  {
    rule: 'changed goods: once more from create',
    edits: [
      { file: EFFECTS, find: 'else if (request.goods !== goods) changeGoods(live, request);', replace: '' },
    ],
    noticedBy: 'changed-goods: a second order is created and paid when the note changes right after the tap',
  },
  {
    rule: 'changed goods: once',
    edits: [{ file: EFFECTS, find: 'live.state.expectedAmount !== null ||', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names note, when the note changes a second time',
  },
  {
    rule: 'changed goods: the same amount',
    edits: [{ file: EFFECTS, find: 'amount !== live.request.amount ||', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names amount, when the amount changes after the tap',
  },
  {
    rule: 'changed goods: the console names the keys',
    edits: [{ file: EFFECTS, find: 'changedKeys(live.request, request)', replace: "''" }],
    noticedBy:
      'changed-goods: an attempt ends as changed, and the console names note, when the note changes a second time',
  },
  {
    rule: 'changed goods: not after a yes to the same order',
    edits: [
      {
        file: STATE_MACHINE,
        find: "if (sameOrder(context)) {\n      cancel(context, 'changed');\n      return;\n    }",
        replace: '',
      },
    ],
    noticedBy:
      'cashier-call: the cashier is not called when the goods change after the user agreed to pay the same order',
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
        find: "if (end && (end !== 'closed' || !isSuccess))",
        replace: "if (end === 'closed' && !isSuccess)",
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
        find: "if (attempt.step === 'confirming' && (result !== 'success' || attempt.reply.result === 'success')) return;",
        replace: '',
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › one outcome is fired when the adapter calls success and then fails with 904',
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
      'outstanding-call: pay() joins the running attempt when it is called before and after the cashier call',
  },
  {
    rule: 'outstanding: anything else is busy',
    edits: [{ file: MANAGER, find: 'if (newer || isOutstanding())', replace: 'if (newer)' }],
    noticedBy: 'outstanding-call: no order is created when a button ends as busy',
  },
  {
    rule: 'outstanding: lost when a tap gets through',
    edits: [{ file: MANAGER, find: 'detectLostCall(true);', replace: '' }],
    noticedBy:
      'lost-call: a tap on the same button, 5100 ms after an unanswered call, gives it up after one check',
  },
  {
    rule: 'outstanding: lost by a tap 5 s after the call',
    edits: [{ file: CASHIER_CALL, find: 'const TAP_PROOF = 5000', replace: 'const TAP_PROOF = 500' }],
    noticedBy: 'lost-call: a tap on the same button, 4900 ms after an unanswered call, joins it',
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
    noticedBy:
      'lost-call: a tap ends the attempt as pending at once when its page was shown again after the call',
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
      'lost-call: pay() of other goods ends as busy when it comes 4.9 s after the show, and ends the first attempt as pending when 5.1 s',
  },
  {
    rule: 'outstanding: pay() without a show needs 60 s',
    edits: [{ file: CASHIER_CALL, find: 'const PAY_PROOF = 60000', replace: 'const PAY_PROOF = 6000' }],
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
        replace: "? 'failureDelays' : result === 'lost' ? 'failureDelays' : null",
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
        file: MANAGER,
        find: 'if (attemptEndedByTap && attemptEndedByTap.button === button && attemptEndedByTap.goods === goods)\n      return attemptEndedByTap.promise;',
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
        find: '    endEarlierAttempts(live);\n',
        replace: '',
      },
    ],
    noticedBy:
      'outstanding-call: the first attempt ends as pending when another button calls the same order during its confirmation',
  },
  {
    rule: 'while paying the built-in button is not disabled',
    edits: [
      {
        file: PAY_BUTTON,
        find: "isLocked(data, lockedLabel) || phase === 'paid'",
        replace: "isLocked(data, lockedLabel) || phase === 'paid' || phase === 'paying'",
      },
    ],
    noticedBy: 'outstanding-call: a button is not locked when its phase is paying',
  },
  // ---- Without a tap

  {
    rule: 'without a tap: pending is shown when attached',
    edits: [
      {
        file: PHASES,
        find: "isOfGoods(order, goods))) return 'pending';",
        replace: "isOfGoods(order, goods))) return 'idle';",
      },
    ],
    noticedBy:
      'button-attached: a button shows pending and checks once when it is attached and its goods have an unsettled order',
  },
  {
    rule: 'without a tap: one check when attached',
    edits: [{ file: MANAGER, find: '    deliverAndCheck(handle, 0);', replace: '' }],
    noticedBy:
      'host-differences: a closed page keeps its label, and the next page fires paysuccess, when the host keeps a page in its stack while that is closed',
  },
  {
    rule: 'without a tap: one check when shown',
    edits: [
      { file: MANAGER, find: 'if (handle.isReady) deliverAndCheck(handle, CHECK_DELAY);', replace: '' },
    ],
    noticedBy:
      'button-attached: a button fires paysuccess with resumed, and another of its order-key is paid, when its page is shown after the payment',
  },
  {
    rule: 'without a tap: 2 s after the show while the call has no answer',
    edits: [{ file: MANAGER, find: 'const CHECK_DELAY = 2000', replace: 'const CHECK_DELAY = 100' }],
    noticedBy: 'button-attached: an unanswered call is checked 2 s later when its page is shown again',
  },
  {
    rule: 'without a tap: at most one per order in 5 s',
    edits: [{ file: MANAGER, find: 'if (!wasRecentlyChecked(tpOrderId))', replace: 'if (true)' }],
    noticedBy: 'button-attached: an order is checked at most once in 5 s when its page is shown repeatedly',
  },
  {
    rule: 'without a tap: after a restart checks at 0, 3, 6 s',
    edits: [
      { file: MANAGER, find: 'takeRestored(tpOrderId) ? timing().failureDelays : [0]', replace: '[0]' },
    ],
    noticedBy: 'app-restart: a restarted app checks at 0, 3 and 6 s when an order was left at the cashier',
  },
  {
    rule: 'resumePending() does it for all',
    edits: [
      {
        file: MANAGER,
        find: 'if (statusUrl) pollStatus(order, timing().failureDelays, giveUp, () => isOpen);\n    else giveUp();',
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
  // ---- Paid

  {
    rule: 'a button shows paid after its success',
    edits: [{ file: DELIVERY, find: 'button.paid = { goods: shown', replace: 'false && { goods: shown' }],
    noticedBy: 'paid-button: pay() resolves to the earlier outcome without an event when the button is paid',
  },
  {
    rule: 'paid: while its goods stay what they were',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'if (before !== handle.request.goods) handle.paid = null;',
        replace: '',
      },
    ],
    noticedBy: 'paid-button: a button is idle when its goods change, and when they change back',
  },
  {
    rule: 'paid: not any more when the button paid other goods',
    edits: [{ file: CASHIER_CALL, find: '  button.paid = null;\n', replace: '' }],
    noticedBy:
      'paid-button: the same goods are a new purchase when the button called the cashier for other goods in between',
  },
  {
    rule: 'paid: for 3 s nothing is accepted',
    edits: [{ file: DELIVERY, find: 'const SUCCESS_GUARD = 3000', replace: 'const SUCCESS_GUARD = 0' }],
    noticedBy:
      'paid-button: another button of the page takes a tap when it comes 2900 ms after a success: false',
  },
  {
    rule: 'paid: on that page only',
    edits: [
      {
        file: DELIVERY,
        find: 'recentSuccessPages.indexOf(page) >= 0',
        replace: 'recentSuccessPages.length > 0',
      },
    ],
    noticedBy: 'paid-button: a tap pays when it comes within 3 s after a success on another page',
  },
  {
    rule: 'paid ends with reset()',
    edits: [{ file: MANAGER, find: '    forgetPaid(button);\n', replace: '' }],
    noticedBy:
      'paid-button: a paid button is idle, and its next tap creates a new order, when reset() was called',
  },
  {
    rule: 'paid ends when its page has left the stack and comes back',
    edits: [
      {
        file: MANAGER,
        find: 'else if (wasAway) handle.paid = null;',
        replace: '',
      },
    ],
    noticedBy:
      'paid-button: a paid button is idle, and its next tap creates a new order, when its tab page comes back',
  },
  {
    rule: 'paid of an implicit key is not remembered',
    edits: [{ file: PAID_GOODS, find: 'if (orderKey && goods) remember', replace: 'if (goods) remember' }],
    noticedBy: 'paid-button: the same goods are a new purchase when their page was closed, with status-url',
  },
  {
    rule: 'paid of a ready order-info is remembered',
    edits: [{ file: PAID_GOODS, find: 'if (tpOrderId) remember(tpOrderId);', replace: '' }],
    noticedBy: 'paid-button: a button is paid when the page of its paid ready order is opened again',
  },
  {
    rule: "paid is its owner's",
    edits: [
      {
        file: PAID_GOODS,
        find: 'own.isUnseen) && isOfCurrentOwner(own);\n  const paid = isShown ? own : paidGoodsWhere(goods, isOfCurrentOwner).pop()',
        replace: 'own.isUnseen);\n  const paid = isShown ? own : paidGoodsWhere(goods, () => true).pop()',
      },
    ],
    noticedBy: "paid-button: bob's button is idle when ann has paid its order-key",
  },
  {
    rule: 'pay() on what is paid is no attempt',
    edits: [{ file: MANAGER, find: 'if (paid) return', replace: 'if (false) return' }],
    noticedBy: 'paid-button: pay() resolves to the earlier outcome without an event when the button is paid',
  },
  {
    rule: 'pay() on what is paid resolves with the old outcome, resumed',
    edits: [{ file: MANAGER, find: '{ ...paid, resumed: true }', replace: '{ ...paid }' }],
    noticedBy: 'paid-button: pay() resolves to the earlier outcome without an event when the button is paid',
  },
  {
    rule: 'the next purchase of paid goods has a new key',
    edits: [{ file: PAID_GOODS, find: '  removeDraftsOf(order);\n', replace: '' }],
    noticedBy:
      'paid-button: the same goods are a new purchase when their page was closed, without status-url',
  },
  {
    rule: 'an order that is paid by way of its orderInfo keeps its order-key',
    edits: [
      {
        file: CASHIER_CALL,
        find: 'made ? made.orderKey : orderKey',
        replace: 'orderKey',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows that its order may be paid when the page of the order has called it',
  },
  {
    rule: 'a success that has waited for a day is not what pay() resolves to',
    edits: [
      { file: DELIVERY, find: '!!order.outcome && !isOutcomeOld(order) &&', replace: '!!order.outcome &&' },
    ],
    noticedBy:
      'waiting-outcome: a tap pays a new order when a success was undelivered for more than a day, with an order-key, after a restart',
  },
  {
    rule: 'an earlier success of the same goods is not what pay() resolves to',
    edits: [
      {
        file: MANAGER,
        find: '!isSuccess(order.outcome) || isSamePurchase(request, order, now())',
        replace: '!!order',
      },
    ],
    noticedBy:
      'waiting-outcome: goods that were paid while their page was closed › pay({ payload }) shows the question and pays a new order when the payment was 20 h ago',
  },
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
        file: MANAGER,
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
      { file: MANAGER, find: 'if (isActive(handle)) deliverWaiting', replace: 'deliverWaiting' },
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
    rule: 'paid stays on a host that names no pages',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: 'pages.length && pages.indexOf(handle.page',
        replace: 'pages.indexOf(handle.page',
      },
    ],
    noticedBy:
      'paid-button: a button stays paid when the app was in the background on a host without getCurrentPages',
  },
  {
    rule: 'what was refunded is not paid any more',
    edits: [{ file: MANAGER, find: 'forgetPaidOrder(tpOrderId);', replace: ';' }],
    noticedBy:
      'paid-button: a button shows refunded, and pay() fails, when an order-summary on its page loads the order as refunded',
  },
  {
    rule: 'reset() leaves a ready order paid',
    edits: [
      {
        file: MANAGER,
        find: '(button.request.isReady && !button.request.input && !!paidOutcome(goods)) ||',
        replace: '',
      },
    ],
    noticedBy: 'ready-order: reset() returns false, and the button stays paid, when its ready order is paid',
  },
  {
    rule: 'an order that is known to be over is not called',
    edits: [
      {
        file: EFFECTS,
        find: 'else if (settled) dispatch',
        replace: 'else if (settled && !live) dispatch',
      },
    ],
    noticedBy: 'ready-order: an attempt fails as closed when another user has paid the ready order',
  },
  {
    rule: 'an order that was refunded is called refunded',
    edits: [{ file: EFFECTS, find: "status === 'refunded' ? 'refunded' : 'closed'", replace: "'closed'" }],
    noticedBy:
      'ready-order: an attempt fails as refunded without a cashier call when the ready order was refunded',
  },
  {
    rule: 'an attempt knows the order of its number, whoever called it',
    edits: [
      { file: LIVE_ATTEMPTS, find: ' || order.tpOrderId === purchase.goods', replace: '' },
      { file: LIVE_ATTEMPTS, find: ' || order.tpOrderId === tpOrderId', replace: '' },
    ],
    noticedBy:
      'ready-order: bob sees the question, and ann receives paysuccess later, when ann may have paid the ready order',
  },
  {
    rule: 'an order that another user calls stays that of its first owner, too',
    edits: [
      {
        file: CASHIER_CALL,
        find: "known.tpOrderId && (!known.owner || (owner && known.owner !== owner)) ? '' : known.owner || owner",
        replace: 'owner',
      },
    ],
    noticedBy: 'ready-order: ann receives paysuccess when bob called her order again and it was paid',
  },
  {
    rule: 'a simulated success ends every attempt of its order',
    edits: [{ file: EFFECTS, find: 'isEndedBy(other.state, known, result, now())', replace: '!other' }],
    noticedBy:
      'ready-order: two buttons of one order both fire paysuccess when DevTools simulates the payment of one',
  },
  {
    rule: 'the countdown of an order-summary ends with its page',
    edits: [
      {
        file: CONTROLLER,
        find: 'function tick(summary: SummaryState): void {\n  if (!isMounted(summary)) return;',
        replace: 'function tick(summary: SummaryState): void {',
      },
    ],
    noticedBy:
      'order-summary: the countdown of an order-summary stops when its page was closed on a host without page lifetimes',
  },
  {
    rule: 'a page has a copy of the outcome',
    edits: [{ file: EFFECTS, find: 'live.resolve({ ...outcome })', replace: 'live.resolve(outcome)' }],
    noticedBy:
      'secrets: pay() on a paid button resolves to the outcome as it was when a page has written to it',
  },
  {
    rule: 'resumePending() waits for App()',
    edits: [{ file: MANAGER, find: 'return isJoined()', replace: 'return isJoined' }],
    noticedBy:
      'package-copies: the record of one copy stays in storage when another calls resumePending() before App()',
  },
  {
    rule: 'an answer of the host may be empty',
    edits: [{ file: SWAN, find: 'reply(!!res && !!res.confirm)', replace: 'reply(!!res.confirm)' }],
    noticedBy: 'question-ends: a question counts as declined when showModal succeeds without a result',
  },
  {
    rule: 'the goods of the first properties are known',
    edits: [{ file: PAY_BUTTON, find: 'this.ownGoods = request.goods;', replace: '' }],
    noticedBy: 'paid-button: a manual button stays paid when its header changes',
  },
  {
    rule: "another user's undelivered success sets mayBePaid",
    edits: [{ file: STATE_MACHINE, find: ' || hasUndeliveredSuccess(order)', replace: '' }],
    noticedBy: "ready-order: payfail has mayBePaid when another user's success of this order is undelivered",
  },
  // ---- Delivery

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
      { file: COMPONENT_REGISTRY, find: 'return !!handle.isRoot && !isReplaced;', replace: 'return false;' },
    ],
    noticedBy: 'outcome-delivery: a button receives paysuccess when its tab page was switched away',
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
      { file: MANAGER, find: '    if (isActive(handle)) deliverWaiting(handle, goods);\n', replace: '' },
    ],
    noticedBy:
      'waiting-outcome: the next attached button receives the outcome when no button shows its goods',
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
      'waiting-outcome: an undelivered outcome is fired once when a handler logs its owner in and two buttons show its goods',
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
  // ---- Owner

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
    edits: [{ file: APP_STATE, find: 'if (state !== local && !joined)', replace: 'if (false)' }],
    noticedBy: 'package-copies: configure() applies to all copies when only app.js calls it at module level',
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
    noticedBy: 'resume-pending: resumePending() resolves to refunded when the order was refunded meanwhile',
  },
  {
    rule: 'outcomes: closed not before the window is over',
    edits: [
      { file: LEDGER, find: "if (status === 'closed' && !isLive)", replace: "if (status === 'closed')" },
    ],
    noticedBy:
      'outcomes: an order that the backend closed ends its attempt after the confirm window when the cashier says failed (6000 ms)',
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
        find: '? isUnsettled(order) || hasUndeliveredSuccess(order)',
        replace: '? hasUndeliveredSuccess(order)',
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
    edits: [{ file: CASHIER_CALL, find: "if (live) dispatch(live, { type: 'lost' });", replace: '' }],
    noticedBy:
      'outcomes: with status-url › an attempt ends as pending when the cashier gives no answer for 15 min',
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
        file: SETTLEMENT,
        find: 'checkOrderOnce(order, applyFirst, apply);',
        replace: 'checkOrderOnce(order, applyFirst, () => undefined);',
      },
    ],
    noticedBy: 'confirm-window: an attempt succeeds when a status response arrives after statusTimeout',
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
      'create-order: the cashier is called when the create response has a status of the shop inside the orderInfo',
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
      'configure: a check sends the current header when configure({ header }) was called after the create request',
  },
  {
    rule: 'checks use the header of configure()',
    edits: [{ file: REQUEST, find: "typeof header === 'function' ? header() : header", replace: '{}' }],
    noticedBy:
      'configure: a check sends the current header when configure({ header }) was called after the create request',
  },
  {
    rule: "checks use the component's own header",
    edits: [{ file: CHECKS, find: 'return request ? request.header : null;', replace: 'return null;' }],
    noticedBy:
      "confirm-window: a check sends the current header and the button's own when the session was renewed",
  },
  {
    rule: "the component's own header is for the same origin",
    edits: [{ file: CHECKS, find: ' && originOf(statusUrl || createUrl) === origin', replace: '' }],
    noticedBy:
      "configure: a check is sent without the button's header when its status-url is of another origin",
  },
  // ---- pay-button (section 4)

  {
    rule: 'status-url may hold {tpOrderId}',
    edits: [{ file: CHECK_STATUS, find: "url.split('{tpOrderId}').join(id)", replace: 'url' }],
    noticedBy: 'confirm-window: a check replaces {tpOrderId} when the status-url has it in its query',
  },
  {
    rule: 'a text that is empty is silent',
    edits: [{ file: CONFIG, find: "typeof own === 'string' ? own", replace: 'own ? own' }],
    noticedBy:
      'texts: the texts of a payment › no toast is shown, and the event is fired, when the message success is an empty text',
  },
  {
    rule: 'a button that awaits its order-info is locked',
    edits: [{ file: PAY_BUTTON, find: ' || isAwaited(values)', replace: '' }],
    noticedBy:
      'locked-button: a button is locked without a console error when order-info is null, and pays when it arrives',
  },
  {
    rule: 'an order-summary locks the button of its order-key',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: '(handle.block.isOfKey && !!handle.orderKey && handle.orderKey === request.orderKey) ||',
        replace: '',
      },
    ],
    noticedBy: 'locked-button: a button is locked when the order-summary of its order-key shows closed',
  },
  {
    rule: 'an order-summary locks buttons of its page',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: '!!handle.block &&\n      handle.page === page &&',
        replace: '!!handle.block &&',
      },
    ],
    noticedBy:
      'locked-button: a button is not locked when the order-summary that shows closed is on another page',
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
      'locked-button: a button fires paysuccess when an order-summary loads its unsettled order as paid',
  },
  {
    rule: 'order-rejected keeps the body of the backend',
    edits: [
      {
        file: CREATE_ORDER,
        find: "isForUsers ? message : '', raw }",
        replace: "isForUsers ? message : '' }",
      },
    ],
    noticedBy:
      'create-order: payfail has the response body as raw when the msg of a refusal is too long for a toast',
  },
  {
    rule: 'reset() gives nothing up that is at the cashier',
    edits: [{ file: MANAGER, find: 'own.some(({ state }) => !!state.call) ||', replace: '' }],
    noticedBy: 'changed-goods: reset() returns false when the check after a cancel is still running',
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
    noticedBy: 'changed-goods: reset() returns false and keeps the order when the order may be paid',
  },
  {
    rule: 'reset() gives the order up',
    edits: [
      {
        file: MANAGER,
        find: '    discardDraft(goods, currentOwner());\n',
        replace: '',
      },
    ],
    noticedBy:
      'changed-goods: reset() returns true, and the next tap creates a new order, when the order was cancelled',
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
    noticedBy: 'properties: setData › a button calls no setData when no visible value changed',
  },
  // ---- Handlers that pay before others got their events

  {
    rule: 'pay(): the success that waited is its answer',
    edits: [{ file: MANAGER, find: 'if (waiting) return Promise', replace: 'if (false) return Promise' }],
    noticedBy:
      'waiting-outcome: an undelivered success of a page that calls pay({ payload }) › pay() resolves to the success when the handler of paysuccess calls reset()',
  },
  {
    rule: 'pay() in a handler waits until all events were fired',
    edits: [
      {
        file: MANAGER,
        find: 'if (isDelivering()) return runInNextTask(() => MANAGER.pay(button, request, isTapped));',
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
        file: MANAGER,
        find: 'if (isDelivering()) return runInNextTask(() => MANAGER.pay(button, request, isTapped));',
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
        file: MANAGER,
        find: 'if (isDelivering()) return runInNextTask(() => MANAGER.pay(button, request, isTapped));',
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
    rule: 'the call is outstanding before an event of it is fired',
    edits: [
      {
        file: MANAGER,
        find: 'if (isDelivering()) return runInNextTask(() => MANAGER.pay(button, request, isTapped));',
        replace: '',
      },
      {
        file: CASHIER_CALL,
        find: '  const called = putOrder(withCall(',
        replace: '  endEarlierAttempts(live);\n  const called = putOrder(withCall(',
      },
    ],
    noticedBy:
      'reentrant-handlers: pay() ends as busy without a question when a handler of paypending calls it during a cashier call',
  },
  {
    rule: 'onTrace receives an event after its effects have run',
    edits: [
      {
        file: LIVE_ATTEMPTS,
        find: '  if (effects.length) live.revision++;',
        replace:
          '  trace(event.type, state.tpOrderId, { step: state.step });\n  if (effects.length) live.revision++;',
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
      'adapters: configure({ requestPayment }) › payfail has mayBePaid, and the question is shown for other goods, when an async adapter rejects with code 6',
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
        find: 'if (requestPayment) options.fail(error);',
        replace: 'if (false) options.fail(error);',
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › payfail has mayBePaid, and the question is shown for other goods, when an adapter throws after it opened the cashier',
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
    rule: 'a second success of the same call does not prolong the window',
    edits: [
      {
        file: STATE_MACHINE,
        find: " || attempt.reply.result === 'success')) return;",
        replace: ')) return;',
      },
    ],
    noticedBy:
      'adapters: configure({ requestPayment }) › an attempt ends as pending after 60 s when the host repeats its success and no check says paid',
  },
  // ---- Pages that are replaced

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
    edits: [{ file: COMPONENT_REGISTRY, find: '(isAttach && handle.page) ||', replace: 'handle.page ||' }],
    noticedBy:
      'replaced-page: a button on the page below pays when the host names no page and the page above is closed',
  },
  // ---- Several buttons

  {
    rule: 'every attempt of an order ends with it',
    edits: [
      {
        file: SETTLEMENT,
        find: 'endedAttempts.forEach(live =>',
        replace: 'endedAttempts.slice(0, 1).forEach(live =>',
      },
    ],
    noticedBy:
      'several-buttons: two attempts of one order end together without a second call when it is paid while the second shows the question (no)',
  },
  {
    rule: 'a button on an open page receives the outcome first',
    edits: [
      {
        file: SETTLEMENT,
        find: 'endedAttempts.sort((one, other) => isThere(one) - isThere(other));',
        replace: 'endedAttempts.sort((one, other) => isThere(other) - isThere(one));',
      },
    ],
    noticedBy:
      'several-buttons: a button receives paysuccess during its question when the order that a closed page called is paid',
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
    noticedBy:
      'several-buttons: a button is paid for its first goods when pay() with other goods ended as busy',
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
      'several-buttons: pay() with another order-key succeeds when its button is paid and is tapped meanwhile',
  },
  {
    rule: 'changed goods: not into goods that are paid',
    edits: [{ file: EFFECTS, find: '    paidOutcome(goods, live.button)\n', replace: '    false\n' }],
    noticedBy:
      'several-buttons: an attempt ends as changed when the goods of its button change to goods that are paid',
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
      'several-buttons: a button is idle when its goods changed before create-url says that the first ones are paid',
  },
  // ---- Hostile values

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
    rule: 'pay() throws nothing',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'try {\n          const request = readRequest(this.data, report, input',
        replace:
          'const all = readRequest(this.data, report, input, isPaying);\n        try {\n          const request = all || readRequest(this.data, report, input',
      },
    ],
    noticedBy: 'invalid-values: pay() resolves as order-invalid when its orderInfo throws when it is read',
  },
  {
    rule: 'what cannot be written as text is described',
    edits: [
      {
        file: PROPS,
        find: "is 680), got ' + inspect(amountGiven)",
        replace: "is 680), got ' + String(amountGiven)",
      },
    ],
    noticedBy:
      'invalid-values: the console names the properties when their values cannot be converted to text',
  },
  {
    rule: 'an order without a tpOrderId is not paid',
    edits: [
      {
        file: PAID_GOODS,
        find: 'if (tpOrderId) remember(tpOrderId);',
        replace: 'remember(tpOrderId);',
      },
      { file: PAID_GOODS, find: '  if (!goods) return null;\n', replace: '' },
    ],
    noticedBy: 'invalid-values: other buttons stay idle when create-url says paid without tpOrderId',
  },
  {
    rule: 'create: without a tpOrderId the order of the key is settled',
    edits: [
      {
        file: EFFECTS,
        find: 'result.tpOrderId || numberOfKey(idempotencyKey, owner)',
        replace: 'result.tpOrderId',
      },
    ],
    noticedBy:
      'invalid-values: the order of the idempotency key is settled when create-url says paid without tpOrderId',
  },
  // ---- Another owner

  {
    rule: "another owner's attempt is not ended",
    edits: [
      {
        file: SETTLEMENT,
        find: 'isSameOwner(live.owner, order.owner) || live.state.tpOrderId === tpOrderId',
        replace: '!!live',
      },
    ],
    noticedBy:
      "two-users: bob's attempt succeeds, and ann receives paysuccess later, when ann's order of the same goods is found paid",
  },
  {
    rule: "another owner's button is not told",
    edits: [
      { file: DELIVERY, find: '  if (!isSameOwner(owner, currentOwner())) return undefined;\n', replace: '' },
    ],
    noticedBy:
      "two-users: ann receives paysuccess at her login when bob's button of the same goods was the only one",
  },
  {
    rule: "another owner's attempt is not shown",
    edits: [
      {
        file: PHASES,
        find: 'isOfGoods(paymentOf(state), goods) && isSameOwner(owner, currentOwner())',
        replace: 'isOfGoods(paymentOf(state), goods) && (true || owner)',
      },
    ],
    noticedBy: "two-users: bob's button of the same goods is idle when ann's attempt is at the cashier",
  },
  {
    rule: "what a button shows as paid is its owner's",
    edits: [
      {
        file: DELIVERY,
        find: 'owner, outcome, isUnseen',
        replace: "owner: '', outcome, isUnseen",
      },
    ],
    noticedBy: 'two-users: bob pays a new order when ann has paid the same goods on the same button',
  },
  {
    rule: 'a draft belongs to the user who uses it',
    edits: [
      {
        file: DRAFTS,
        find: 'return known.owner || !owner ? known : putDraft({ ...known, owner });',
        replace: 'return known;',
      },
    ],
    noticedBy: 'two-users: bob pays a new order when an order of before the login was called by ann',
  },
  // ---- Storage that can be read again, late successes

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
  {
    rule: 'delivery: else to the button that called the cashier',
    edits: [
      { file: DELIVERY, find: 'activeButtonOf(order) || starters[0]', replace: 'activeButtonOf(order)' },
    ],
    noticedBy:
      'late-callbacks: a button on a page below receives the late success, without a toast, when no button in front shows its goods',
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
  // ---- More

  {
    rule: 'an order-summary of an order-key shows the payment of that key',
    edits: [
      {
        file: PHASES,
        find: '? paidOutcome(goods, paidButton)',
        replace: '? null',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › is paid when the page of a paid order-key is opened again',
  },
  {
    rule: 'an order-summary goes on when a handler throws',
    edits: [
      {
        file: CONTROLLER,
        find: "runSafely('an event handler', () => component.triggerEvent(name, withInstance(component, detail)))",
        replace: 'component.triggerEvent(name, detail)',
      },
    ],
    noticedBy:
      "order-summary: a button fires paysuccess for the payment that the order-summary found when the page's handlers throw",
  },
  {
    rule: 'a clock that is set back does not end a window',
    edits: [{ file: SETTLEMENT, find: 'Math.max(0, time - last)', replace: 'Math.abs(time - last)' }],
    noticedBy: 'confirm-window: an attempt succeeds when the device clock is set back during the window',
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
      "confirm-window: a check sends the header of its own goods' button when another button has one, too",
  },
  {
    rule: 'a yes belongs to its question',
    edits: [
      {
        file: EFFECTS,
        find: 'if (question === asked) answerQuestion(!!yes);',
        replace: 'if (question) answerQuestion(!!yes);',
      },
    ],
    noticedBy: 'question-ends: a late yes is ignored when another question is open',
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
    rule: 'ordercreated is fired when the backend made the order',
    edits: [{ file: STATE_MACHINE, find: 'if (reused !== null)', replace: 'if (reused !== undefined)' }],
    noticedBy: 'create-order: ordercreated is fired once when the next tap reuses the order',
  },
  {
    rule: 'ordercreated says reused of an order that was never called, too',
    edits: [
      {
        file: EFFECTS,
        find: 'reused = !!findOrder(tpOrderId) || isOrderOf(tpOrderId, goods);',
        replace: 'reused = !!findOrder(tpOrderId);',
      },
    ],
    noticedBy:
      'create-order: ordercreated says reused when an order that was never called is asked for again after 10 min',
  },
  {
    rule: 'a tap pays the goods that pay() was given when the properties have come to name them',
    edits: [
      { file: PAY_BUTTON, find: 'request = { ...again, goods };', replace: 'request.isReady = false;' },
    ],
    noticedBy:
      'order-called-again: a tap joins the payment when what pay() was given has become the properties',
  },
  {
    rule: 'create: paid is success only where the order was never called',
    edits: [{ file: STATE_MACHINE, find: ' && !wasCalled', replace: '' }],
    noticedBy:
      'create-order: paysuccess is fired, and the question says paid, when create-url says that an order called 11 min ago is paid',
  },
  {
    rule: 'toasts are those of the list',
    edits: [{ file: PROPS, find: "(',' + list + ',').indexOf(',' + outcome + ',') >= 0", replace: 'true' }],
    noticedBy: 'texts: a toast is shown only for the listed outcomes when toast is a list',
  },
  {
    rule: 'changed goods: none left is no fault',
    edits: [{ file: EFFECTS, find: 'if (refusal && goods)', replace: 'if (refusal)' }],
    noticedBy: 'changed-goods: an attempt ends as changed when order-info becomes null',
  },
  {
    rule: 'changed goods: an order of the same amount',
    edits: [{ file: STATE_MACHINE, find: 'attempt.expectedAmount !== null && ', replace: 'false && ' }],
    noticedBy: 'changed-goods: an attempt ends as changed when the order of the changed goods costs more',
  },
  {
    rule: 'the amount of the properties is of their goods',
    edits: [
      {
        file: PROPS,
        find: 'isOther || given.amount !== undefined ?',
        replace: 'given.amount !== undefined ?',
      },
    ],
    noticedBy: 'changed-goods: the amount property is ignored when pay() gets a payload without an amount',
  },
  {
    rule: 'the amount handed to pay() is of the goods handed to it',
    edits: [{ file: PROPS, find: '? given.amount : values.amount', replace: '? null : values.amount' }],
    noticedBy:
      'changed-goods: payfail has reason amount-changed when the order costs more than the amount passed to pay()',
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
        find: 'made ? made.idempotencyKey : live.idempotencyKey',
        replace: 'live.idempotencyKey',
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
    rule: 'handlers learn of an earlier call only when the cashier is open',
    edits: [
      {
        file: CASHIER_CALL,
        find: '    endEarlierAttempts(live);\n',
        replace: '',
      },
      { file: CASHIER_CALL, find: '  try {\n', replace: '  endEarlierAttempts(live);\n  try {\n' },
    ],
    noticedBy:
      "several-buttons: the cashier opens when a handler of the earlier attempt's paypending opens another page",
  },
  {
    rule: 'an order that two users have called belongs to both',
    edits: [
      {
        file: CASHIER_CALL,
        find: "known.tpOrderId && (!known.owner || (owner && known.owner !== owner)) ? '' : known.owner || owner",
        replace: 'known.owner || owner',
      },
    ],
    noticedBy:
      'two-users: an order that ann and bob both called (status-url "/status") › bob sees the question for other goods when it may be paid',
  },
  {
    rule: 'what pay() received is written down',
    edits: [
      { file: MANAGER, find: '  hideComponent,\n', replace: '  hideComponent,\n  flush,\n' },
      { file: MANAGER, find: 'if (delivered.length) commit();', replace: 'flush();' },
    ],
    noticedBy:
      'waiting-outcome: the same goods are a new purchase when pay() had received their outcome before the kill',
  },
  {
    rule: 'a cancel that waits is not dropped with its order',
    edits: [
      { file: SETTLEMENT, find: 'if (!order.outcome || isOld(order)) removeOrder', replace: 'removeOrder' },
    ],
    noticedBy: 'waiting-outcome: an undelivered paycancel is fired when its order was closed meanwhile',
  },
  {
    rule: 'what configure() was given after App() counts when another copy joins',
    edits: [{ file: APP_STATE, find: ', state.latest || {})', replace: ', {})' }],
    noticedBy:
      'package-copies: configure() after App() wins when another copy joins later with its earlier settings',
  },
  {
    rule: 'the button shows as paid what pay() was asked for',
    edits: [{ file: MANAGER, find: 'if (waiting) button.request = request;', replace: '' }],
    noticedBy:
      'waiting-outcome: an undelivered success of a page that calls pay({ payload }) › a button is paid, and a second tap starts no attempt, when a tap received the success (kill: false)',
  },
  {
    rule: 'pay() before attach knows its page',
    edits: [{ file: MANAGER, find: 'if (!button.page) addComponent(button, true);', replace: '' }],
    noticedBy:
      'waiting-outcome: an undelivered success of a page that calls pay({ payload }) › the toast is shown once, and another button takes no tap, when the page calls pay() in onReady',
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
    rule: 'configure() does not deliver to a component that is not ready',
    edits: [
      {
        file: MANAGER,
        find: 'button.isReady && deliverAndCheck(button)',
        replace: 'deliverAndCheck(button)',
      },
    ],
    noticedBy:
      'waiting-outcome: an undelivered outcome is fired after ready when configure() is called before it',
  },
  {
    rule: 'a component that is not ready is not delivered to',
    edits: [{ file: COMPONENT_REGISTRY, find: 'button.isReady && isActive', replace: 'isActive' }],
    noticedBy:
      'waiting-outcome: an attached button receives the outcome after ready when the payment was found before',
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
    rule: 'reset() forgets what its own user paid',
    edits: [
      { file: PAID_GOODS, find: 'paidGoodsWhere(goods, paid => !isOfCurrentOwner(paid))', replace: '[]' },
    ],
    noticedBy: "two-users: an order-key that ann paid › ann's button stays paid when bob resets it",
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
    rule: 'a tab page that comes back is not paid any more',
    edits: [{ file: PAID_GOODS, find: '(!button.wasAway || own.isUnseen) && ', replace: '' }],
    noticedBy: 'paid-button: a new order is paid when a tab page comes back and calls pay() in onShow',
  },
  {
    rule: 'an order that two users have called stays that of both when one calls it again',
    edits: [
      {
        file: CASHIER_CALL,
        find: '(!known.owner || (owner && known.owner !== owner))',
        replace: 'known.owner && owner && known.owner !== owner',
      },
    ],
    noticedBy:
      'two-users: an order that ann and bob both called (status-url "/status") › bob sees the question for other goods when ann has called it again since',
  },

  // ---- A paid button, an order that is called again, what is found late

  {
    rule: 'a tap on a button that shows paid fires paytap alone',
    edits: [
      { file: MANAGER, find: '(!request.input && shown)', replace: 'false' },
      { file: MANAGER, find: 'if ((isTapped || isOfEarlierTap) && shown)', replace: 'if (false)' },
    ],
    noticedBy:
      'paid-button-tap: a button that shows paid › fires paytap alone on a tap when pay() was given another order-key',
  },
  {
    rule: 'pay() without goods on a button that shows paid is no attempt',
    edits: [{ file: MANAGER, find: '(!request.input && shown)', replace: 'false' }],
    noticedBy:
      'paid-button-tap: a button that shows paid › resolves pay() to the old outcome when pay() was given other goods before',
  },
  {
    rule: 'what a page gives to pay() for a tap on a button that shows paid is not bought',
    edits: [{ file: MANAGER, find: 'if ((isTapped || isOfEarlierTap) && shown)', replace: 'if (false)' }],
    noticedBy:
      'paid-button-tap: a button that shows paid › buys nothing when the page makes a new order in paytap and its order-key is ""',
  },
  {
    rule: 'reset() forgets what pay() was given',
    edits: [{ file: MANAGER, find: 'isReady && !button.request.input && ', replace: 'isReady && ' }],
    noticedBy:
      'paid-button-tap: a button that shows paid › sells again when the page called reset() after the success',
  },
  {
    rule: 'the input of pay() counts while the properties name the same goods',
    edits: [{ file: PAY_BUTTON, find: ' || (own.goods === again.goods && isBusy(this.phase))', replace: '' }],
    noticedBy:
      'paid-button-tap: a button that shows paid › stays paid when the page set the payload that it gave to pay() as a property, too',
  },
  {
    rule: 'a button shows its own paid goods again when the input of pay() was not paid',
    edits: [{ file: DELIVERY, find: ') button.request = own;', replace: ') return;' }],
    noticedBy:
      'paid-button-tap: a button that shows paid › shows paid again when pay() was given other goods, which are cancelled',
  },
  {
    rule: 'what was paid while its tab page was away is shown once',
    edits: [
      {
        file: MANAGER,
        find: 'if (handle.paid && handle.paid.isUnseen) handle',
        replace: 'if (false) handle',
      },
    ],
    noticedBy:
      'paid-button-tap: a button on a tab page shows paid once when its payment was confirmed while the tab was away',
  },
  {
    rule: 'a claim that rises after the yes is news',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'isNamed(order) && order.tpOrderId === attempt.tpOrderId && claimOf(order) === attempt.claimAsked',
        replace: 'isNamed(order)',
      },
    ],
    noticedBy:
      'order-called-again: the cashier of the new order stays shut when the replaced order is claimed to be paid before',
  },
  {
    rule: 'a claim of the same order that rises after the yes is news',
    edits: [{ file: STATE_MACHINE, find: ' && claimOf(order) === attempt.claimAsked', replace: '' }],
    noticedBy:
      'order-called-again: an order whose cashier says success late is not called again when the user agreed before',
  },
  {
    rule: 'a yes to another order is none to this one',
    edits: [
      { file: STATE_MACHINE, find: 'isBlocking(order) || order === same', replace: 'isBlocking(order)' },
    ],
    noticedBy:
      'order-called-again: an order in spite of which another one was bought › is asked about when it is to be called again itself',
  },
  {
    rule: 'a backend that answers paid for every key is not taken for refunded',
    edits: [{ file: STATE_MACHINE, find: '/^refund/.test(status)', replace: "status !== 'closed'" }],
    noticedBy:
      'order-called-again: payfail does not say refunded when the backend answers paid for every key',
  },
  {
    rule: 'an order that an order-summary shows as paid is not called',
    edits: [{ file: MANAGER, find: 'if (isAnswer) rememberAnswer(tpOrderId, status);', replace: '' }],
    noticedBy:
      'order-called-again: an order that an order-summary on another page showed as › paid is not called when it was never at the cashier here',
  },
  {
    rule: 'an order that an order-summary shows as refunded is no longer paid',
    edits: [
      {
        file: SETTLEMENT,
        find: "setSettledStatus(tpOrderId, 'refunded');",
        replace: "setSettledStatus(tpOrderId, 'paid');",
      },
    ],
    noticedBy:
      'order-called-again: an order that an order-summary on another page showed as › refunded fails as refunded when it was paid before',
  },
  {
    rule: 'an orderInfo that is older than 10 min is asked for again',
    edits: [{ file: EFFECTS, find: ' && Math.abs(now() - orderedAt) < MAX_ORDER_AGE', replace: '' }],
    noticedBy:
      'order-called-again: a new order is made when the one in memory was closed by the backend meanwhile',
  },
  {
    rule: 'the age of an outcome begins when it was found',
    edits: [{ file: DELIVERY, find: 'outcome, outcomeAt: now() });', replace: 'outcome });' }],
    noticedBy:
      'found-late: a payment that is found a day after its call › is delivered to a button of these goods when an order-summary found it',
  },
  {
    rule: 'a button on a page below receives nothing that waits',
    edits: [{ file: MANAGER, find: 'if (isActive(handle)) deliverWaiting', replace: 'deliverWaiting' }],
    noticedBy:
      'found-late: a button on a page below receives nothing when its goods become those of an outcome that waits',
  },
  {
    rule: 'the first show comes before ready',
    edits: [
      {
        file: MANAGER,
        find: 'if (handle.isReady) deliverAndCheck(handle, CHECK',
        replace: 'deliverAndCheck(handle, CHECK',
      },
    ],
    noticedBy:
      'waiting-outcome: an undelivered outcome is fired after ready when the first show of its page comes before it',
  },
  {
    rule: 'resumePending() returns nothing of a user who has logged out',
    edits: [{ file: MANAGER, find: 'if (!isSameOwner(order.owner, currentOwner())) return;', replace: '' }],
    noticedBy: 'found-late: resumePending() leaves out an order when another user has logged in since',
  },
  {
    rule: 'an outcome is resumed for a button that did not start the payment',
    edits: [{ file: DELIVERY, find: 'button === starter ? result :', replace: 'true ? result :' }],
    noticedBy:
      'found-late: paysuccess is resumed on a second button when the page of the first was closed before',
  },
  {
    rule: 'pay() on a page below does not cancel the attempt of the page in front',
    edits: [{ file: MANAGER, find: '!isTapped && current && isActive(current.button)', replace: 'false' }],
    noticedBy:
      'found-late: a tap reaches the cashier when a page below calls pay() for an earlier tap meanwhile',
  },

  // ---- order-summary: where the order comes from

  {
    rule: 'order-info does not replace what order-url answered',
    edits: [
      { file: CONTROLLER, find: "summary.source === 'order-url' && isShowing(summary)", replace: 'false' },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary with order-url and order-info › keeps the lines of order-url when order-info is signed again',
  },
  {
    rule: 'order-info of another number is another order',
    edits: [
      { file: CONTROLLER, find: 'if (isAnswered && isSameOrder(summary, next))', replace: 'if (isAnswered)' },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary with order-url and order-info › shows the other order when order-info has another number',
  },
  {
    rule: 'an unchanged `order` does not replace what order-url answered',
    edits: [
      {
        file: CONTROLLER,
        find: "    if (isOrderNew) showOrder(summary, parseOrder(order), 'order');",
        replace: "    if (isInfoNew) showOrder(summary, parseOrder(order), 'order');",
      },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary with order-url and order-info › keeps the answer of order-url when `order` is the same as before and order-info changes',
  },
  {
    rule: 'order-info of the same number keeps what status-url answered',
    edits: [
      {
        file: CONTROLLER,
        find: "check.tpOrderId === tpOrderId && source === 'order-info'",
        replace: 'false',
      },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary with order-url and order-info › keeps what status-url answered when order-info is signed again',
  },
  {
    rule: 'the backend is asked when the time to pay is over',
    edits: [{ file: CONTROLLER, find: '    if (mayLoad) load(summary);', replace: '' }],
    noticedBy: 'order-summary-precedence: an order-summary asks the backend when the time to pay is over',
  },
  {
    rule: 'a closed order whose success was claimed is not shown as closed',
    edits: [
      {
        file: ORDER_STATUS,
        find: '/^(unpaid|closed)$/.test(reported)',
        replace: "reported === 'unpaid'",
      },
    ],
    noticedBy:
      'order-summary-precedence: a pending button checks its order on a tap when the cashier said success and the shop closed the order',
  },
  {
    rule: 'of an order-key that is that of every cart, only the goods on the page count',
    edits: [
      {
        file: PHASES,
        find: 'if (buttons.length) return buttons.some(({ request }) => isOfGoods(payment, request.goods));',
        replace: 'if (buttons.length) return true;',
      },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary whose order-key is that of every cart › shows 待付款 without a number when the order of the last cart is unsettled',
  },
  {
    rule: 'pay() that comes later belongs to the tap before it',
    edits: [{ file: MANAGER, find: '(isTapped || isOfEarlierTap) && shown', replace: 'isTapped && shown' }],
    noticedBy:
      'paid-button-tap: a manual button whose page asks its backend for an order first › buys nothing on a tap when it shows paid and its order-key is ""',
  },
  {
    rule: 'reset() leaves a paid order paid',
    edits: [{ file: PAID_GOODS, find: '  if (isReady) return;', replace: '' }],
    noticedBy:
      'paid-button-tap: a button with the paid order-info shows paid when another page paid it and called reset()',
  },
  {
    rule: 'an unsettled order comes before what was paid',
    edits: [
      { file: MANAGER, find: 'const isOpen = ownOrders()', replace: 'const isOpen = false && ownOrders()' },
    ],
    noticedBy:
      'paid-button-tap: a pending button checks its newer order on a tap when the replaced one was paid',
  },
  {
    rule: 'check: an accepted order of these goods that is unreachable is pending',
    edits: [
      {
        file: STATE_MACHINE,
        find: '!(order.accepted && shouldReplace(order, now))',
        replace: '!order.accepted',
      },
    ],
    noticedBy:
      'order-called-again: an attempt ends as pending when the accepted order of its goods cannot be checked',
  },
  {
    rule: 'what create-url said of an order is remembered when its record is gone',
    edits: [{ file: EFFECTS, find: 'rememberAnswer(tpOrderId, result.status);', replace: '' }],
    noticedBy: 'late-callbacks: paysuccess is fired once when create-url has said paid before a late success',
  },
  {
    rule: 'an order without a number is not remembered',
    edits: [{ file: SETTLEMENT, find: 'if (!tpOrderId) return;\n', replace: '' }],
    noticedBy:
      'create-responses: a status in the create response › payfail says closed, not paid, when create-url leaves out the numbers of a paid and of a closed order',
  },
  {
    rule: 'a status that the page gave is not remembered as the backend’s',
    edits: [{ file: MANAGER, find: 'if (isAnswer) remember', replace: 'remember' }],
    noticedBy: 'order-called-again: an order is called when its page said paid by mistake',
  },
  {
    rule: 'order-url with another query goes on to count until it answers',
    edits: [
      {
        file: CONTROLLER,
        find: "!!url && summary.source === 'order-url'",
        replace: "!isMoved && summary.source === 'order-url'",
      },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary stays closed when order-url gets another query and does not answer',
  },
  {
    rule: 'what a check said is kept while there is no order',
    edits: [{ file: CONTROLLER, find: '      summary.check = check;', replace: '' }],
    noticedBy:
      'order-summary-precedence: an order-summary stays closed when order-info is null until it is fetched again',
  },
  {
    rule: 'order-url is loaded again when `order` is taken back',
    edits: [{ file: CONTROLLER, find: ' || (isOrderNew && !isGiven(order))', replace: '' }],
    noticedBy:
      'order-summary-precedence: an order-summary loads order-url again when the page takes `order` back',
  },
  {
    rule: 'the backend is asked about an `order` that is expired as it arrives',
    edits: [{ file: CONTROLLER, find: 'previous, !isAnswer);', replace: 'previous, !emitFirst);' }],
    noticedBy:
      'order-summary-precedence: an order-summary checks status-url when `order` is expired as it arrives',
  },
  {
    rule: 'a button without goods says nothing about its order-key',
    edits: [{ file: PHASES, find: '!!button.request.goods &&', replace: '' }],
    noticedBy:
      'order-summary-precedence: an order-summary shows the payment of its order-key when its manual button has no goods yet',
  },
  {
    rule: 'a tap that pays at once ends the wait of the taps before it',
    edits: [
      {
        file: MANAGER,
        find: 'button.openTaps = isTapped ? [] : ',
        replace: 'button.openTaps = ',
      },
    ],
    noticedBy:
      'paid-button-tap: pay() of other goods calls the cashier when an earlier tap was not followed by pay() and a later one was',
  },
  {
    rule: 'a quote goes on to show the payment that it had',
    edits: [
      {
        file: CONTROLLER,
        find: 'if (payment.goods && payment.tpOrderId && !handle.tpOrderId && !isKept) handle.paymentOfQuote = payment;',
        replace: '',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › stays paid, without orderexpire, when the page takes its button away and the quote runs out',
  },
  {
    rule: 'a quote has the number of its paid order',
    edits: [
      {
        file: PHASES,
        find: "phase: 'paid', tpOrderId: paid.tpOrderId",
        replace: "phase: 'paid', tpOrderId: ''",
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows the order number from the call on when its button pays',
  },
  {
    rule: 'an order-summary shows the attempt that pays its order',
    edits: [
      { file: PHASES, find: 'filter(({ state }) => isIts(state))[0]', replace: 'filter(() => false)[0]' },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary shows the payment under way when the cancel of its order is still checked',
  },
  {
    rule: 'what an earlier payment of a quote was locks no other goods of its order-key',
    edits: [{ file: ORDER_STATUS, find: 'isOfKey: !isOfPayment,', replace: 'isOfKey: true,' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › stays paid when the page changes its cart in paysuccess, and its button sells that cart',
  },
  {
    rule: 'another quote shows no earlier payment',
    edits: [
      {
        file: CONTROLLER,
        find: 'if (quote !== summary.quote) summary.handle.paymentOfQuote = null;',
        replace: '',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows no earlier payment when the quote becomes another one',
  },
  {
    rule: 'another order-key shows no earlier payment',
    edits: [
      {
        file: CONTROLLER,
        find: 'if (orderKey !== handle.orderKey) handle.paymentOfQuote = null;',
        replace: '',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows no earlier payment when its order-key becomes another one',
  },
  {
    rule: 'reset() ends the earlier payment of a quote',
    edits: [
      { file: MANAGER, find: 'forgetPaymentOfQuotes(button);\n    discardDraft', replace: 'discardDraft' },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows no earlier payment when reset() lets the same goods be bought again',
  },
  {
    rule: 'a summary with a number shows no payment of its order-key',
    edits: [
      {
        file: PHASES,
        find: 'tpOrderId || !orderKey ? paymentOfOrder',
        replace: '!orderKey ? paymentOfOrder',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary that has a number says nothing of another order when a button of its order-key checks that',
  },
  {
    rule: 'the input of pay() ends with its order-key',
    edits: [{ file: PAY_BUTTON, find: 'again.orderKey === handle.request.orderKey &&', replace: '' }],
    noticedBy:
      'order-summary-quote: a manual button whose order-key becomes another one › sells again, and its quote is unpaid, when it was paid under the first one',
  },
  {
    rule: 'an order-info is checked when it comes',
    edits: [
      { file: CONTROLLER, find: ": isInfoNew && summary.source === 'order-info';", replace: ': false;' },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary of an order-info is checked, and locks its button, when the page opens',
  },
  {
    rule: 'a page that was left reads its order anew',
    edits: [
      {
        file: CONTROLLER,
        find: '  stopWork(summary);\n  paymentManager().hidden',
        replace: '  paymentManager().hidden',
      },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary reads the order anew on show when a request of before the page was left is under way',
  },
  {
    rule: 'what was copied is not said on a closed page',
    edits: [
      {
        file: CONTROLLER,
        find: '    if (!isMounted(summary)) return;\n    const { orderCopied }',
        replace: '    const { orderCopied }',
      },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary neither toasts nor fires ordercopy when the page is closed before the text is copied',
  },
  {
    rule: 'goods stay paid while a refund is under way',
    edits: [
      {
        file: MANAGER,
        find: "if (status === 'refunded') forget",
        replace: 'if (/^refund/.test(status)) forget',
      },
    ],
    noticedBy:
      'order-summary-precedence: a button stays paid when a refund was under way, as an order-summary on another page showed, and was refused',
  },
  {
    rule: 'an answer that comes after the page was closed counts for the order',
    edits: [
      {
        file: CONTROLLER,
        find: 'else if (parsed.order) reportStatus(parsed.tpOrderId, parsed.order.status, true);',
        replace: '',
      },
    ],
    noticedBy:
      'order-summary-precedence: an order that was cancelled is asked about when order-url says paid after its page was closed',
  },
  {
    rule: 'a tap waits a minute for the pay() of its page',
    edits: [
      {
        file: MANAGER,
        find: 'ageOf({ calledAt: at }, now()) < MAX_TAP_AGE',
        replace: '!!at && !!ageOf && !!MAX_TAP_AGE',
      },
    ],
    noticedBy:
      'paid-button-tap: pay() of other goods calls the cashier when it comes minutes after taps that were not followed by pay()',
  },
  {
    rule: 'a button shows as paid what pay() was given and was paid before',
    edits: [{ file: MANAGER, find: 'if (ownPaid) button.request = request;', replace: '' }],
    noticedBy:
      'paid-button-tap: a manual page that is opened again › shows paid after a tap when its order-info was paid before',
  },
  {
    rule: 'reset() ends paid of both buttons of one purchase',
    edits: [
      {
        file: PAID_GOODS,
        find: 'if (orderKey && other.request.goods === goods) other.paid = null;',
        replace: 'if (!other) return;',
      },
    ],
    noticedBy: 'paid-button-tap: two buttons of one purchase are idle when reset() is called on the second',
  },
  {
    rule: 'a question leaves out an outcome that was delivered meanwhile',
    edits: [
      {
        file: EFFECTS,
        find: 'status: toSettledStatus(order.outcome as PayOutcome), isUndelivered: true',
        replace: 'status: toSettledStatus(order.outcome as PayOutcome)',
      },
    ],
    noticedBy:
      'question: no question is asked about a payment when resumePending() has returned it during the create request',
  },
  {
    rule: 'while properties change, the address of an order stays',
    edits: [{ file: MANAGER, find: '(!order.statusUrl || callDelay !== undefined)', replace: '!!order' }],
    noticedBy:
      'status-check: an order is checked at its own address when status-url changes before order-info does',
  },
  {
    rule: 'a closed page gets no statechange',
    edits: [{ file: PAY_BUTTON, find: ' && paymentManager().isMounted(this.getHandle())', replace: '' }],
    noticedBy: 'button-attached: a button of a closed page fires no statechange when pay() is called on it',
  },
  {
    rule: 'a success that ends while another attempt is under way is in its question',
    edits: [{ file: EFFECTS, find: 'else if (isBeforeCashier(other.state))', replace: 'else if (!other)' }],
    noticedBy:
      'devtools: another attempt asks about the order when its simulated success ends meanwhile and was delivered nowhere',
  },
  {
    rule: 'a call that opened no cashier leaves an order settled as it was',
    edits: [{ file: CASHIER_CALL, find: 'setSettledStatus(tpOrderId, call.settledBefore);', replace: '' }],
    noticedBy:
      'late-callbacks: no question is asked about a closed order when its next call is rejected and the first one is answered 6 after that',
  },
  {
    rule: 'a quote whose order was cancelled and closed can be bought',
    edits: [
      {
        file: PHASES,
        find: "if (!earlier || earlier.phase !== 'paid' || settledStatusOf(earlier.tpOrderId) !== 'refunded')",
        replace: 'if (!earlier || !settledStatusOf)',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › can be bought when its order was cancelled, then closed, and the page is shown again',
  },
  {
    rule: 'an order is known by its goods when its record is gone',
    edits: [
      {
        file: ORDER_GOODS,
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
    rule: "an amount that is the order's makes no other goods",
    edits: [
      {
        file: MANAGER,
        find: 'if (isPrice) rememberPrice(goods, priced);',
        replace: '',
      },
    ],
    noticedBy:
      'orders-of-goods: a button shows paid when its page has set amount to that of the order, in ordercreated',
  },
  {
    rule: "another amount than the order's makes other goods",
    edits: [{ file: ORDER_GOODS, find: ' && known.totalAmount === amount', replace: '' }],
    noticedBy:
      'orders-of-goods: a button sells again when its page sets another amount than that of the order that was paid',
  },
  {
    rule: 'a button that became the row of another order does not pay that',
    edits: [{ file: EFFECTS, find: '    request.isReady ||\n    live.request.isReady ||\n', replace: '' }],
    noticedBy:
      'changed-goods: an attempt ends as changed when its ready order was replaced by another one of the same amount',
  },
  {
    rule: '{} is no orderInfo yet: pay-button',
    edits: [
      {
        file: PROPS,
        find: 'return object ? Object.keys(object).length > 0 : !!toText(orderInfo);',
        replace: 'return !!object || !!toText(orderInfo);',
      },
    ],
    noticedBy:
      'locked-button: a button is locked without a console error when order-info is {}, and pays when it arrives',
  },
  {
    rule: '{} is no orderInfo yet: order-summary',
    edits: [{ file: CONTROLLER, find: " && stableJson(value) !== '{}'", replace: '' }],
    noticedBy: 'locked-button: an order-summary is loading, without orderfail, when its order-info is {}',
  },
  {
    rule: 'a button shows that what it was paid for is being sent back',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'return isBusy(this.phase) ? null',
        replace: "return isBusy(this.phase) || this.phase === 'paid' ? null",
      },
    ],
    noticedBy:
      'orders-of-goods: a button with create-url on the page of its order is locked › when the order was paid here and is then refunding',
  },
  {
    rule: 'a paid quote stays paid when the next cart is cancelled',
    edits: [
      { file: CONTROLLER, find: "earlier.phase === 'paid' && payment.phase !== 'paid'", replace: '!handle' },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › stays paid when its button sells the next cart and that is cancelled',
  },
  {
    rule: 'a quote whose button is gone shows the payment of its own goods',
    edits: [
      {
        file: PHASES,
        find: 'earlier ? isOfGoods(payment, earlier.goods) : payment',
        replace: '!earlier ? isOfGoods(payment, orderKey) : payment',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › stays paid, without orderexpire, when its button is gone and a payment of its order-key may be paid on another page',
  },
  {
    rule: 'a quote shows a payment of its order-key only where it costs the same',
    edits: [{ file: PHASES, find: ': payment.totalAmount === totalAmount', replace: ': totalAmount >= 0' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows nothing of an unsettled payment of another amount when the manual button of its order-key has no goods yet',
  },
  {
    rule: 'a quote of the same goods is the same quote at another time',
    edits: [{ file: CONTROLLER, find: '[order.title, order.lines, order.totalAmount]', replace: 'order' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › stays paid when the page gives it again with another expiresAt and its button is gone',
  },
  {
    rule: 'a quote shows that its order was refunded',
    edits: [
      { file: ORDER_STATUS, find: "payment.isRefunded ? 'refunded' : order.status", replace: 'order.status' },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows that its order was refunded when only the page of the order has learned it',
  },
  {
    rule: "a quote shows nothing of another user's payment",
    edits: [
      {
        file: PHASES,
        find: 'const earlier = shown && isSameOwner(shown.owner, currentOwner()) ? shown : null;',
        replace: 'const earlier = shown;',
      },
    ],
    noticedBy:
      "order-summary-quote: an order-summary of a quote › shows nothing of one user's refunded order when another one has logged in",
  },
  {
    rule: 'a late success is delivered when a question said that its order is closed',
    edits: [{ file: EFFECTS, find: ' && toSettledStatus(outcome) === subject.kind', replace: '' }],
    noticedBy:
      'question: a success is delivered when it comes while a question says that its order is closed, and the answer is no',
  },
  {
    rule: 'the input of pay() counts for properties that name its goods only while it is being paid',
    edits: [{ file: PAY_BUTTON, find: ' && isBusy(this.phase))', replace: ')' }],
    noticedBy:
      'paid-button-tap: a button whose pay() was given what its properties name › sells again when the amount changes afterwards',
  },
  {
    rule: 'a success that waits is corrected when its order was refunded',
    edits: [{ file: SETTLEMENT, find: '/^refund/.test(status) ||', replace: '' }],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › payfail says refunded when the order was refunded before its success was delivered',
  },
  {
    rule: 'a waiting word that an order was closed is corrected when it is paid',
    edits: [{ file: SETTLEMENT, find: "(told === 'closed' && status === 'paid')", replace: 'false' }],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › paysuccess is fired when the order was paid before it was delivered that it is closed',
  },
  {
    rule: 'an order is in a question once',
    edits: [
      {
        file: STATE_MACHINE,
        find: '.filter(({ order }) => !isSameNumber(order, settled.order))',
        replace: '',
      },
    ],
    noticedBy:
      'question: the question names an order once when its late success is confirmed during the create request',
  },
  {
    rule: 'a question names an order that a late success opened again as open',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'return known ? known.settled : !isUndelivered;',
        replace: 'return known ? true : !isUndelivered;',
      },
    ],
    noticedBy: 'question: the question names an order once when its late success is not confirmed yet',
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
    rule: 'the orderInfo of a paid order that is replayed is its payment',
    edits: [
      { file: EFFECTS, find: "status && status !== 'closed' && isOrderOf", replace: '!status && isOrderOf' },
    ],
    noticedBy:
      'orders-of-goods: an order that its page knows to be paid is a paysuccess, and the next tap makes a new one, when the backend replays its orderInfo',
  },
  {
    rule: 'a quote that was refunded before it was paid can be bought',
    edits: [{ file: PHASES, find: "earlier.phase !== 'paid' || ", replace: '' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › can be bought again when its order was refunded while it was paid',
  },
  {
    rule: 'a tap on a paid button fires paytap, whatever a summary shows',
    edits: [
      {
        file: PAY_BUTTON,
        find: "this.phase === 'paid' ? null : this.lockedLabel()",
        replace: 'this.lockedLabel()',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › leaves paytap to its button when that shows paid',
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
    rule: 'a waiting word that an order was closed is corrected when it was refunded',
    edits: [{ file: SETTLEMENT, find: "told !== 'refunded' && ", replace: "told === 'paid' && " }],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › payfail says refunded when the order was refunded before it was delivered that it is closed',
  },
  {
    rule: 'a price that a page sets beside a paid button is that of the order',
    edits: [{ file: MANAGER, find: ' || (!!paid && paid.totalAmount === amount)', replace: '' }],
    noticedBy:
      'paid-button-tap: a button shows paid when its properties come to name the goods of pay() after these were paid',
  },
  {
    rule: 'the goods with the price of their order are read by their first name',
    edits: [
      {
        file: PAY_BUTTON,
        find: '          request.goods = paymentManager().withoutPrice(request.goods);\n',
        replace: '',
      },
    ],
    noticedBy:
      'orders-of-goods: an amount that a page sets to what its order came to › leaves a purchase with an order-key paid when its button is made anew with it',
  },
  {
    rule: 'an orderInfo in memory is not used when something was said about its order',
    edits: [{ file: DRAFTS, find: '{ ...draft, orderedAt: 0 }', replace: 'draft' }],
    noticedBy: 'orders-of-goods: create-url is asked again when the page of the order gave it as paid',
  },
  {
    rule: 'an answer of create-url counts for its key after a newer tap',
    edits: [
      {
        file: EFFECTS,
        find: '        keepOrderInfo(idempotencyKey, result.orderInfo, now());\n',
        replace: '        if (isCurrent()) keepOrderInfo(idempotencyKey, result.orderInfo, now());\n',
      },
    ],
    noticedBy:
      'orders-of-goods: an order that its checkout made and its own page has called › is pending on the checkout when create-url answered after a newer tap',
  },
  {
    rule: 'the drafts of a paid order go by its number',
    edits: [{ file: DRAFTS, find: ' && !isOfNumber(draft, order.tpOrderId)', replace: '' }],
    noticedBy:
      'orders-of-goods: the same goods are a new purchase when their shop kept one order for a cart whose note changed, and that was paid',
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
    rule: 'a yes to a question about several orders is a yes to each',
    edits: [{ file: EFFECTS, find: ' && !order.accepted', replace: '' }],
    noticedBy:
      'question: no second question is asked when the first one counted a paid and a closed order, and its answer was yes',
  },
  {
    rule: 'an order-summary reads its order again when its payment is over',
    edits: [{ file: CONTROLLER, find: '(isPaid || isOver)', replace: 'isPaid' }],
    noticedBy: 'closed-and-refunded: an order-summary with order-url shows closed when payfail has said so',
  },
];
