/** Before the cashier: what is refused, what the backend is asked about, and how an order is made. */
import type { RuleMutation } from './rule-mutation';
import {
  CHECKS,
  CHECK_STATUS,
  COMPONENT_REGISTRY,
  CONFIG,
  CREATE_ORDER,
  DRAFTS,
  EFFECTS,
  LIVE_ATTEMPTS,
  MANAGER,
  LEDGER,
  PHASES,
  PROPS,
  REQUEST,
  SETTLEMENT,
  STATE_MACHINE,
  PAY,
  CALL_CONDITIONS,
} from './source-files';

export const CHECK_AND_CREATE_MUTATIONS: RuleMutation[] = [
  // ---- Refuse

  {
    rule: 'the order itself is what pay() pays',
    edits: [{ file: PROPS, find: '!hasPayload && given.tpOrderId ? given : null', replace: 'null' }],
    noticedBy:
      'ready-order: pay() pays the order that it is given when the page gives it in place of { orderInfo }',
  },
  {
    rule: 'the order itself is JSON text, too',
    edits: [{ file: PROPS, find: '(toObject(input) || {})', replace: '(input || {})' }],
    noticedBy: 'ready-order: pay() pays the order that it is given when the page gives it as JSON text',
  },
  {
    rule: 'an order number beside orderInfo is not the order',
    edits: [
      {
        file: PROPS,
        find: 'given.orderInfo || (!hasPayload && given.tpOrderId ? given : null)',
        replace: '!hasPayload && given.tpOrderId ? given : given.orderInfo || null',
      },
    ],
    noticedBy:
      'ready-order: pay() pays the order that it is given when the page gives it with its number beside it',
  },
  {
    rule: 'an order number beside a payload is not the order',
    edits: [{ file: PROPS, find: '(!hasPayload && given.tpOrderId', replace: '(given.tpOrderId' }],
    noticedBy: 'ready-order: pay() pays its payload when the page gives an order number beside it',
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
    edits: [{ file: PAY, find: 'if (!hasCashier())', replace: 'if (false)' }],
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
    edits: [{ file: PAY, find: 'return lock && lock.failure;', replace: 'return null;' }],
    noticedBy:
      'cashier-call: the cashier stays closed when the lines of the order-summary on the page do not add up to the total',
  },

  // ---- Check

  {
    rule: 'refuse: unsettled orders of these goods are checked',
    edits: [
      {
        file: STATE_MACHINE,
        find: '(!attempt.refusal || isOfGoods(order, attempt.goods))',
        replace: '!attempt.refusal',
      },
    ],
    noticedBy: 'background-checks: unsettled orders of the goods are checked when the new request is invalid',
  },
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
        find: "dispatch(attempt, { type: 'other-settled'",
        replace: "(() => undefined)(attempt, { type: 'other-settled'",
      },
    ],
    noticedBy:
      'status-check: the question counts as delivery when it says that an order of other goods was paid',
  },
  {
    rule: 'check: of these goods and unreachable is pending',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'else if (unreachableOrder) {',
        replace: 'else if (unreachableOrder && false) {',
      },
    ],
    noticedBy:
      'status-check: an attempt ends as pending when its order cannot be checked, and shows the question when that fails twice in a row',
  },
  {
    rule: 'check: unreachable the second time is asked about',
    edits: [{ file: EFFECTS, find: 'before.indexOf(tpOrderId) < 0', replace: '!!before' }],
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
        find: '    checkCancelledOrders(attempt);\n  },',
        replace: '  },',
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
        find: 'checkCancelledOrders(attempt);\n      created(',
        replace: 'created(',
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
    rule: 'an orderInfo in memory is not used when an order-summary shows another price',
    edits: [{ file: COMPONENT_REGISTRY, find: 'isOther(shown.totalAmount)', replace: 'false' }],
    noticedBy:
      'changed-price: a cancelled order is asked for again when an order-summary shows it at a new price',
  },
  {
    rule: 'an orderInfo in memory is used when its price is shown',
    edits: [{ file: COMPONENT_REGISTRY, find: '!!amount && amount !== +totalAmount', replace: '!!amount' }],
    noticedBy:
      'changed-price: a cancelled order is called again without a request when the button shows its price',
  },
  {
    rule: 'an orderInfo in memory is not used when its cancelled order was found closed',
    edits: [
      {
        file: SETTLEMENT,
        find: 'removeOrder(tpOrderId);\n    removeDraftsOf(order);',
        replace: 'removeOrder(tpOrderId);',
      },
    ],
    noticedBy:
      'create-order: a new order is made when a check found the cancelled one closed while a question was read',
  },
  {
    rule: 'an orderInfo in memory is not used when the page has named another price since',
    edits: [{ file: COMPONENT_REGISTRY, find: 'isOther(request.amount) ||', replace: '' }],
    noticedBy:
      'changed-price: a tap fails with amount-changed when pay() was given the cart alone and the page then shows another price of it',
  },
  {
    rule: 'an order-summary of another page says nothing about the price',
    edits: [{ file: COMPONENT_REGISTRY, find: 'shown.page === page &&', replace: '' }],
    noticedBy:
      'changed-price: a cancelled order is called without a request when a page below shows it at another price',
  },
  {
    rule: "a refusal of a team's own envelope() may leave ok undefined",
    edits: [{ file: REQUEST, find: "'ok' in own", replace: 'own.ok !== undefined' }],
    noticedBy: 'configure: a refusal keeps its reason and message when envelope returns ok: undefined for it',
  },
  {
    rule: 'at most 3 cancelled orders are checked',
    edits: [{ file: EFFECTS, find: 'const MAX_CANCELLED = 3', replace: 'const MAX_CANCELLED = 5' }],
    noticedBy:
      'background-checks: at most three cancelled orders are checked, and none when they were called more than 30 min ago',
  },
  {
    rule: 'cancelled orders with a status-url are checked',
    edits: [{ file: EFFECTS, find: '        !!order.statusUrl &&\n        claimOf', replace: 'claimOf' }],
    noticedBy: 'background-checks: a cancelled order is not checked when it has no status-url',
  },
  {
    rule: 'an order that is known to be over is not called',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: 'else if (settledFailure) {',
        replace: 'else if (settled && !attempt) {',
      },
    ],
    noticedBy: 'ready-order: an attempt fails as closed when another user has paid the ready order',
  },
  {
    rule: 'an order that was refunded is called refunded',
    edits: [
      { file: CALL_CONDITIONS, find: "status === 'refunded' ? 'refunded' : 'closed'", replace: "'closed'" },
    ],
    noticedBy:
      'ready-order: an attempt fails as refunded without a cashier call when the ready order was refunded',
  },
  {
    rule: 'checks use the header of configure()',
    edits: [{ file: REQUEST, find: '{ ...header, ...request.header }', replace: '{ ...request.header }' }],
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
  {
    rule: 'a button without a header hides no header of another button',
    edits: [{ file: CHECKS, find: '!!header && ', replace: '' }],
    noticedBy: "confirm-window: a check sends another button's header when the button of its goods has none",
  },
  {
    rule: 'without a status-url the origin of a header is that of create-url',
    edits: [{ file: CHECKS, find: 'originOf(statusUrl || createUrl)', replace: 'originOf(statusUrl)' }],
    noticedBy:
      "confirm-window: a check is sent without another button's header when only its create-url names its origin",
  },
  {
    rule: 'without a create-url the origin of a header is that of status-url',
    edits: [{ file: CHECKS, find: 'originOf(statusUrl || createUrl)', replace: 'originOf(createUrl)' }],
    noticedBy:
      "confirm-window: a check is sent without another button's header when only its status-url names its origin",
  },
  {
    rule: 'a header goes with an address that is relative',
    edits: [{ file: CHECKS, find: " || [''])[0]", replace: ' as string[])[0]' }],
    noticedBy:
      "configure: a check sends the button's header when its address is relative and an adapter sends it",
  },
  {
    rule: 'status-url may hold {tpOrderId}',
    edits: [{ file: CHECK_STATUS, find: "url.split('{tpOrderId}').join(id)", replace: 'url' }],
    noticedBy: 'confirm-window: a check replaces {tpOrderId} when the status-url has it in its query',
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
    rule: 'an unsettled order comes before what was paid',
    edits: [
      {
        file: PAY,
        find: 'if (ownOrders().some(order => isOfPurchase(order, goods))) return null;',
        replace: '',
      },
    ],
    noticedBy:
      'paid-button-tap: a pending button checks its newer order on a tap when the replaced one was paid',
  },
  {
    rule: 'check: an accepted order of these goods that is unreachable is pending',
    edits: [
      {
        file: LEDGER,
        find: 'order.accepted !== goods',
        replace: '!order.accepted',
      },
    ],
    noticedBy:
      'order-called-again: an attempt ends as pending when the accepted order of its goods cannot be checked',
  },

  // ---- Check without a tap

  {
    rule: 'without a tap: pending is shown when attached',
    edits: [
      {
        file: PHASES,
        find: "isOfPurchase(order, goods))) return 'pending';",
        replace: "isOfPurchase(order, goods))) return 'idle';",
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

  // ---- Create

  {
    rule: 'create, unless the orderInfo is in memory',
    edits: [{ file: EFFECTS, find: 'if (orderInfo && !isOutdated)', replace: 'if (orderInfo && isReady)' }],
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
        find: 'keepOrderInfo(idempotencyKey, result.orderInfo, now());',
        replace: 'keepOrderInfo(draftOf(state, owner, false).idempotencyKey, result.orderInfo, now());',
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
  {
    rule: 'only order.status of a create answer is read as a status',
    edits: [
      {
        file: CREATE_ORDER,
        find: 'toObject(body.order)',
        replace: 'toObject(body.order || body)',
      },
    ],
    noticedBy:
      'create-order: the cashier is called when the create response has a status of the shop inside the orderInfo',
  },
  {
    rule: 'a settled order is named by its orderInfo, also where that is JSON text',
    edits: [{ file: CREATE_ORDER, find: '(toObject(raw) || {})', replace: '(raw as object)' }],
    noticedBy:
      'create-responses: an unusual create response › paysuccess has the order, and the cashier stays closed, when create-url says paid and its orderInfo is JSON text',
  },
  {
    rule: 'an order that is JSON text has a status',
    edits: [{ file: CREATE_ORDER, find: 'toObject(body.order)', replace: '(body.order as object)' }],
    noticedBy:
      'create-responses: an unusual create response › paysuccess has the order, and the cashier stays closed, when create-url says paid and its order is JSON text',
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
    rule: 'create: without a tpOrderId the order of the key is settled',
    edits: [
      {
        file: EFFECTS,
        find: 'result.tpOrderId || tpOrderIdOfKey(idempotencyKey, owner)',
        replace: 'result.tpOrderId',
      },
    ],
    noticedBy:
      'invalid-values: the order of the idempotency key is settled when create-url says paid without tpOrderId',
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
    rule: 'create: paid is success only where the order was never called',
    edits: [{ file: STATE_MACHINE, find: ' && !wasCalled', replace: '' }],
    noticedBy:
      'create-order: paysuccess is fired, and the question says paid, when create-url says that an order called 11 min ago is paid',
  },
  {
    rule: 'the amount of the properties is of their goods',
    edits: [
      {
        file: PROPS,
        find: 'isOfOtherGoods || given.amount !== undefined ?',
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
    rule: 'a backend that answers paid for every key is not taken for refunded',
    edits: [{ file: STATE_MACHINE, find: '/^refund/.test(status)', replace: "status !== 'closed'" }],
    noticedBy:
      'order-called-again: payfail does not say refunded when the backend answers paid for every key',
  },
  {
    rule: 'an orderInfo that is older than 10 min is asked for again',
    edits: [{ file: EFFECTS, find: 'Math.abs(now() - draft.orderedAt) >= MAX_ORDER_AGE', replace: 'false' }],
    noticedBy:
      'order-called-again: a new order is made when the one in memory was closed by the backend meanwhile',
  },
  {
    rule: 'what create-url said of an order is remembered when its record is gone',
    edits: [{ file: EFFECTS, find: 'rememberBackendStatus(tpOrderId, result.status);', replace: '' }],
    noticedBy: 'late-callbacks: paysuccess is fired once when create-url has said paid before a late success',
  },
  {
    rule: 'an order without a number is not remembered',
    edits: [{ file: SETTLEMENT, find: 'if (!tpOrderId) return;\n', replace: '' }],
    noticedBy:
      'create-responses: a status in the create response › payfail says closed, not paid, when create-url leaves out the numbers of a paid and of a closed order',
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
    rule: 'the number of a settled order is that of the answer before',
    edits: [{ file: EFFECTS, find: " || (orderInfo ? orderInfo.tpOrderId : '')", replace: '' }],
    noticedBy: 'orders-of-goods: paysuccess has the number of the order when create-url says paid without it',
  },
  {
    rule: 'create-url is asked again about an order that a page gave as closed',
    edits: [
      {
        file: MANAGER,
        find: "    expireDraftsOf(tpOrderId);\n    // A page may show an order as closed by its own clock only.\n    if (status === 'closed' && !isAnswer) return;\n",
        replace: "    if (status === 'closed' && !isAnswer) return;\n    expireDraftsOf(tpOrderId);\n",
      },
    ],
    noticedBy:
      'orders-of-goods: create-url is asked again, and its new order is called, when the page of the order gave it as closed',
  },
  {
    rule: 'an order that create-url says is paid is that of the key',
    edits: [
      {
        file: EFFECTS,
        find: '!!idempotencyKey && order.idempotencyKey === idempotencyKey,',
        replace: '!!idempotencyKey,',
      },
    ],
    noticedBy:
      'orders-of-goods: paysuccess is fired once, with the number of the order of its key, when create-url says paid without it and another order was called since',
  },
  {
    rule: 'an order that create-url says is paid for a new key, without a number, is the one before',
    edits: [{ file: STATE_MACHINE, find: ' && (tpOrderId || !attempt.hasNewKey)', replace: '' }],
    noticedBy:
      'orders-of-goods: paysuccess is fired once, with the number of the order of its key, when create-url says paid without it and another order was called since',
  },
  {
    rule: 'ordercreated is fired on an open page',
    edits: [{ file: EFFECTS, find: '    if (!isMounted(button)) return;\n', replace: '' }],
    noticedBy:
      'host-differences: ordercreated is not fired on a closed page when the host keeps a page in its stack while that is closed',
  },
  {
    rule: 'create-url is asked again about an order that it has called settled for other goods',
    edits: [
      {
        file: EFFECTS,
        find: '        expireDraftsOf(tpOrderId);\n        rememberBackendStatus',
        replace: '        rememberBackendStatus',
      },
    ],
    noticedBy:
      'orders-of-goods: a new order is created when create-url said for the cart with a note that the order without one is closed',
  },
  {
    rule: 'a cancelled order that was settled is not checked beside the create request',
    edits: [
      {
        file: EFFECTS,
        find: '        !order.settled &&\n        !!order.statusUrl',
        replace: '        !!order.statusUrl',
      },
    ],
    noticedBy:
      'background-checks: a cancelled order is checked no more when a check has found it paid and the outcome waits',
  },
];
