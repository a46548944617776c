/** What is special to pay-button and order-summary. */
import type { RuleMutation } from './rule-mutation';
import {
  APP_STATE,
  COERCE,
  COMPONENT_REGISTRY,
  CONFIG,
  CONTROLLER,
  MANAGER,
  CURRENT_ORDER,
  FIRE_EVENT,
  PARSE_ORDER,
  PAY_BUTTON,
  PHASES,
  PROPS,
  SETTLEMENT,
  PAY,
} from './source-files';

export const COMPONENTS_MUTATIONS: RuleMutation[] = [
  // ---- pay-button

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
  {
    rule: 'a button that shares its instance does not pay',
    edits: [{ file: PAY, find: 'if (hasDuplicateId(button)) return INVALID;', replace: '' }],
    noticedBy: 'host-differences: a payment fails when the host gives two buttons one instance',
  },
  {
    rule: 'an id is free again when the elements that shared it were removed',
    edits: [{ file: COMPONENT_REGISTRY, find: '  countElement(handle, -1);\n', replace: '' }],
    noticedBy:
      'host-differences: a payment succeeds when two components that had the id of its button were removed before',
  },
  {
    rule: 'what configure() was given counts from the next step on',
    edits: [
      {
        file: APP_STATE,
        find: 'const config = { ...before } as',
        replace: 'const config = before as',
      },
    ],
    noticedBy:
      'configure: a check sends the current header when configure({ header }) was called after the create request',
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
    rule: 'reset() gives nothing up that is at the cashier',
    edits: [{ file: MANAGER, find: 'attempts.some(({ state }) => !!state.callId) ||', replace: '' }],
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
  {
    rule: 'pay() that starts nothing changes nothing on its button',
    edits: [
      {
        file: PAY,
        find: '  const delivered =',
        replace: '  button.request = request;\n  const delivered =',
      },
    ],
    noticedBy:
      'several-buttons: a button is paid for its first goods when pay() with other goods ended as busy',
  },
  {
    rule: 'pay() throws nothing',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'try {\n          return readRequest(this.data, report, input',
        replace:
          'const all = readRequest(this.data, report, input, extent);\n        try {\n          return all || readRequest(this.data, report, input',
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
    rule: 'pay() before attach knows its page',
    edits: [{ file: PAY, find: 'if (!button.page) addComponent(button);', replace: '' }],
    noticedBy:
      'waiting-outcome: an undelivered success of a page that calls pay({ payload }) › the toast is shown once, and another button takes no tap, when the page calls pay() in onReady',
  },
  {
    rule: 'a button without goods says nothing about its order-key',
    edits: [{ file: PHASES, find: '!!button.request.goods &&', replace: '' }],
    noticedBy:
      'order-summary-precedence: an order-summary shows the payment of its order-key when its manual button has no goods yet',
  },
  {
    rule: '{} is no orderInfo yet: pay-button',
    edits: [
      {
        file: COERCE,
        find: 'return object ? Object.keys(object).length > 0 : !!toText(value);',
        replace: 'return !!object || !!toText(value);',
      },
    ],
    noticedBy:
      'locked-button: a button is locked without a console error when order-info is {}, and pays when it arrives',
  },

  // ---- order-summary

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
    rule: 'an order-summary locks the button of its order-key',
    edits: [
      {
        file: COMPONENT_REGISTRY,
        find: '(isOfKey && !!orderKey && orderKey === request.orderKey) ||',
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
        find: 'handle.page === page && !!handle.lock',
        replace: '!!handle.lock',
      },
    ],
    noticedBy:
      'locked-button: a button is not locked when the order-summary that shows closed is on another page',
  },
  {
    rule: 'components that change in one task share a commit',
    edits: [
      {
        file: MANAGER,
        find: 'if (callDelay !== undefined) commitSoon();',
        replace: 'commit();',
      },
    ],
    noticedBy:
      'several-buttons: opening a list costs in proportion to its rows when each has an order-summary and a button',
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
        file: FIRE_EVENT,
        find: "runSafely('an event handler', () => component.triggerEvent(name, detail))",
        replace: 'component.triggerEvent(name, detail)',
      },
    ],
    noticedBy:
      "order-summary: a button fires paysuccess for the payment that the order-summary found when the page's handlers throw",
  },
  {
    rule: 'an order that an order-summary shows as paid is not called',
    edits: [{ file: MANAGER, find: 'if (isAnswer) rememberBackendStatus(tpOrderId, status);', replace: '' }],
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
        file: CURRENT_ORDER,
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
        replace: "!isUrlNew && summary.source === 'order-url'",
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
    rule: 'a quote goes on to show the payment that it had',
    edits: [
      {
        file: CONTROLLER,
        find: '!isKept && !quoteTimer)\n    handle.paymentOfQuote = payment;',
        replace: '!isKept && !quoteTimer)\n    return currentOrder(parsed, check, payment, clock.now());',
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
      { file: PHASES, find: 'filter(({ state }) => isOfOrder(state))[0]', replace: 'filter(() => false)[0]' },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary shows the payment under way when the cancel of its order is still checked',
  },
  {
    rule: 'what an earlier payment of a quote was locks no other goods of its order-key',
    edits: [{ file: CURRENT_ORDER, find: 'isOfKey: !isOfPayment,', replace: 'isOfKey: true,' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › stays paid when the page changes its cart in paysuccess, and its button sells that cart',
  },
  {
    rule: 'another quote shows no earlier payment',
    edits: [
      {
        file: CONTROLLER,
        find: 'if (quote !== summary.quote) forgetPayment(summary);',
        replace: '',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows no earlier payment when the quote becomes another one',
  },
  {
    rule: 'another quote waits for the goods of its button',
    edits: [{ file: CONTROLLER, find: ' && !quoteTimer)', replace: ')' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › is unpaid, without a number, when the cart before it was paid and its button gets the new cart 3 ms later',
  },
  {
    rule: 'an order-summary waits for the status-url of its order',
    edits: [
      {
        file: CONTROLLER,
        find: 'loadStatus(summary), PROPERTY_DELAY',
        replace: 'loadStatus(summary), 0',
      },
    ],
    noticedBy:
      'order-summary-precedence: an order-summary and its button, whose page writes the number into status-url, › show that the next order is paid when its order-info arrives first',
  },
  {
    rule: 'a quote that was described anew has the payment of its button',
    edits: [{ file: CONTROLLER, find: '= undefined), PROPERTY_DELAY', replace: '= undefined), 5e5' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › stays paid when it was described anew during the payment and the page then changes its cart',
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
        find: 'tpOrderId || !orderKey ? findPaymentOfOrder',
        replace: '!orderKey ? findPaymentOfOrder',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary that has a number says nothing of another order when a button of its order-key checks that',
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
    rule: '{} is no orderInfo yet: order-summary',
    edits: [
      {
        file: CONTROLLER,
        find: 'isOrderInfoGiven(orderInfo) && isInfoNew',
        replace: 'isGiven(orderInfo) && isInfoNew',
      },
    ],
    noticedBy: 'locked-button: an order-summary is loading, without orderfail, when its order-info is {}',
  },
  {
    rule: 'mapStatus reads an order that has no field status',
    edits: [
      { file: PARSE_ORDER, find: '!!settings().mapStatus && !!toText(source.tpOrderId)', replace: 'false' },
    ],
    noticedBy:
      "configure: a paid order is not called when order-url answers the shop's own status alone and mapStatus maps it",
  },
  {
    rule: 'an order that a page writes needs no status',
    edits: [{ file: PARSE_ORDER, find: '!(isMapped && isAnswer)', replace: '!isMapped' }],
    noticedBy: 'configure: an order that a page writes needs no status when mapStatus knows none in it',
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
        find: 'earlier ? isOfGoods(payment, earlierGoods) : payment',
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
      {
        file: CURRENT_ORDER,
        find: "payment.isRefunded ? 'refunded' : order.status",
        replace: 'order.status',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows that its order was refunded when only the page of the order has learned it',
  },
  {
    rule: "a quote shows nothing of another user's payment",
    edits: [
      {
        file: PHASES,
        find: 'const earlier = shown && isOfCurrentOwner(shown) ? shown : null;',
        replace: 'const earlier = shown;',
      },
    ],
    noticedBy:
      "order-summary-quote: an order-summary of a quote › shows nothing of one user's refunded order when another one has logged in",
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
    rule: 'an order-summary loads its order again when that was refunded under the open cashier',
    edits: [
      { file: CONTROLLER, find: '/^(paying|confirming|pending)$/', replace: '/^(confirming|pending)$/' },
    ],
    noticedBy:
      'closed-and-refunded: an order-summary with order-url shows refunded when that is found while the cashier is open',
  },
  {
    rule: 'an order-summary reads its order again when its payment is over',
    edits: [{ file: CONTROLLER, find: '(isPaid || isOver)', replace: 'isPaid' }],
    noticedBy: 'closed-and-refunded: an order-summary with order-url shows closed when payfail has said so',
  },
  {
    rule: 'a quote shows the payment of the goods of its button, whatever order-key made them',
    edits: [
      {
        file: PHASES,
        find: '    if (buttons.length) return',
        replace: '    if (payment.orderKey !== orderKey) return false;\n    if (buttons.length) return',
      },
    ],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows the payment of the order-info of its order-key when a checkout without one has made the order',
  },
  {
    rule: 'the removal of a component cancels its own attempt alone',
    edits: [
      {
        file: MANAGER,
        find: 'if (current && current.button === handle) dispatch',
        replace: 'if (current) dispatch',
      },
    ],
    noticedBy:
      'several-buttons: an attempt reaches the cashier when another button of its page is removed during the create request',
  },
  {
    rule: 'a paid button sells again only when an order of its own goods may be paid',
    edits: [
      {
        file: PAY,
        find: 'if (ownOrders().some(order => isOfPurchase(order, goods))) return null;',
        replace: 'if (ownOrders().some(order => isOfPurchase(order, order.goods))) return null;',
      },
    ],
    noticedBy:
      'several-buttons: pay() of a paid button starts no attempt when an order of other goods may be paid',
  },
  {
    rule: 'a quote is paid with its button also when pay() has found that',
    edits: [{ file: PAY, find: 'request;\n    commit();\n', replace: 'request;\n' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › is paid with its manual button when pay() finds the goods of a paid order-key',
  },
  {
    rule: "a quote shows no other user's payment under way",
    edits: [
      {
        file: PHASES,
        find: 'isOfCurrentOwner(attempt) || buttons.indexOf(attempt.button) >= 0',
        replace: 'true',
      },
    ],
    noticedBy:
      "order-summary-quote: an order-summary of a quote › shows nothing of one user's payment under way when another user opens the checkout",
  },
  {
    rule: 'a quote shows what its button has under way, whoever is logged in',
    edits: [{ file: PHASES, find: ' || buttons.indexOf(attempt.button) >= 0', replace: '' }],
    noticedBy:
      'order-summary-quote: an order-summary of a quote › shows the payment under way with its button when another user logs in',
  },
  {
    rule: 'reset() cancels the attempts of its own goods alone',
    edits: [
      {
        file: MANAGER,
        find: 'liveAttempts().filter(\n      attempt => attempt.button === button || attempt.state.goods === goods,\n    );',
        replace: 'liveAttempts();',
      },
    ],
    noticedBy: 'several-buttons: an attempt goes on when reset() is called on a button of other goods',
  },
  {
    rule: 'reset() is refused for orders of its own goods alone',
    edits: [
      {
        file: MANAGER,
        find: 'ownOrders().some(order => isUnsettled(order) && isOfGoods(order, goods));\n    if (isKept)',
        replace: 'ownOrders().some(isUnsettled);\n    if (isKept)',
      },
    ],
    noticedBy: 'several-buttons: reset() returns true when only an order of other goods may be paid',
  },
];
