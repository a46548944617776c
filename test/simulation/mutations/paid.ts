/** What is shown as paid, how long, and that it is not sold again. */
import type { RuleMutation } from './rule-mutation';
import {
  CASHIER_CALL,
  COMPONENT_REGISTRY,
  DELIVERY,
  EFFECTS,
  MANAGER,
  PAID_GOODS,
  PAY_BUTTON,
  SETTLEMENT,
  STATE_MACHINE,
  PAY,
} from './source-files';

export const PAID_MUTATIONS: RuleMutation[] = [
  {
    rule: 'a button shows paid after its success',
    edits: [{ file: DELIVERY, find: 'if (paid) paid.paid =', replace: 'if (!paid) button.paid =' }],
    noticedBy: 'paid-button: pay() resolves to the earlier outcome without an event when the button is paid',
  },
  {
    rule: 'paid: the goods that were bought, also where the order was made for others',
    edits: [
      {
        file: EFFECTS,
        find: "    if (outcome.outcome === 'success')\n      rememberPaid({",
        replace: "    if (outcome.outcome === 'fail')\n      rememberPaid({",
      },
    ],
    noticedBy:
      'paid-button: goods stay paid on the next page when the order of earlier goods was paid for them during the question',
  },
  {
    rule: 'paid: the button that has the goods by now, where the rows of a list moved',
    edits: [{ file: DELIVERY, find: '      .concat(mountedButtons())\n', replace: '' }],
    noticedBy:
      'several-buttons: the row that has the paid goods by now is paid when the rows of a list moved under the open cashier',
  },
  {
    rule: 'paid: a button of another page goes on selling the goods',
    edits: [{ file: DELIVERY, find: 'one.page === button.page && hasGoods(one)', replace: 'hasGoods(one)' }],
    noticedBy:
      'several-buttons: a button of the paid goods sells them again when it is on the page below and the goods of the paying button changed',
  },
  {
    rule: 'paid: the row that has the paid goods by now, also with their price',
    edits: [
      {
        file: DELIVERY,
        find: 'one.isPriced(goods, outcome.totalAmount)',
        replace: '(one === button && one.isPriced(goods, outcome.totalAmount))',
      },
    ],
    noticedBy:
      'several-buttons: the row that has the paid goods by now is paid when its page shows the price of their order',
  },
  {
    rule: 'paid: while its goods stay what they were',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'if (paid && before !== goods)',
        replace: 'if (!handle)',
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
    edits: [{ file: PAID_GOODS, find: 'if (orderKey) remember', replace: 'remember' }],
    noticedBy: 'paid-button: the same goods are a new purchase when their page was closed, with status-url',
  },
  {
    rule: 'paid of a ready order-info is remembered',
    edits: [{ file: PAID_GOODS, find: '  remember(tpOrderId);\n', replace: '' }],
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
    edits: [{ file: PAY, find: 'if (paid) return', replace: 'if (false) return' }],
    noticedBy: 'paid-button: pay() resolves to the earlier outcome without an event when the button is paid',
  },
  {
    rule: 'pay() on what is paid resolves with the old outcome, resumed',
    edits: [{ file: PAY, find: '{ ...paid, resumed: true }', replace: '{ ...paid }' }],
    noticedBy: 'paid-button: pay() resolves to the earlier outcome without an event when the button is paid',
  },
  {
    rule: 'the next purchase of paid goods has a new key',
    edits: [{ file: PAID_GOODS, find: '  removeDraftsOf(order);\n', replace: '' }],
    noticedBy:
      'paid-button: the same goods are a new purchase when their page was closed, without status-url',
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
        file: PAY,
        find: '!isSuccess(order.outcome) || isSamePurchase(request, order, now())',
        replace: '!!order',
      },
    ],
    noticedBy:
      'waiting-outcome: goods that were paid while their page was closed › pay({ payload }) shows the question and pays a new order when the payment was 20 h ago',
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
    rule: 'what was not refunded stays paid',
    edits: [
      {
        file: PAID_GOODS,
        find: 'button.paid && button.paid.outcome.tpOrderId === tpOrderId',
        replace: 'true',
      },
    ],
    noticedBy:
      'paid-button: a button stays paid when an order-summary on its page finds another order refunded',
  },
  {
    rule: 'reset() leaves other goods paid',
    edits: [{ file: PAID_GOODS, find: 'orderKey && other.request.goods === goods', replace: 'true' }],
    noticedBy: 'paid-button: a button stays paid when reset() is called on a button of other goods',
  },
  {
    rule: 'reset() ends the attempt of its button',
    edits: [{ file: MANAGER, find: 'attempt.button === button || attempt.state', replace: 'attempt.state' }],
    noticedBy: 'paid-button: reset() ends the attempt of this button, whose goods have changed',
  },
  {
    rule: 'reset() ends the attempt of its goods',
    edits: [{ file: MANAGER, find: ' || attempt.state.goods === goods', replace: '' }],
    noticedBy: 'paid-button: reset() ends the attempt of another button of these goods',
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
    rule: 'paid are the goods of the attempt',
    edits: [
      {
        file: DELIVERY,
        find: 'one.request.goods === goods ||',
        replace: '!order || one.request.goods === goods ||',
      },
    ],
    noticedBy:
      'several-buttons: a button is idle when its goods changed before create-url says that the first ones are paid',
  },
  {
    rule: 'an order without a tpOrderId is not paid',
    edits: [{ file: PAID_GOODS, find: '  if (!goods) return null;\n', replace: '' }],
    noticedBy: 'invalid-values: other buttons stay idle when create-url says paid without tpOrderId',
  },
  {
    rule: "what a button shows as paid is its owner's",
    edits: [
      {
        file: DELIVERY,
        find: 'goods: paid.request.goods, owner, outcome',
        replace: "goods: paid.request.goods, owner: '', outcome",
      },
    ],
    noticedBy: 'two-users: bob pays a new order when ann has paid the same goods on the same button',
  },
  {
    rule: 'a tap pays the goods that pay() was given when the properties have come to name them',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'request = { ...inputRequest, goods };',
        replace: 'request.isReady = false;',
      },
    ],
    noticedBy:
      'order-called-again: a tap joins the payment when what pay() was given has become the properties',
  },
  {
    rule: 'what pay() received is written down',
    edits: [
      { file: PAY, find: 'import { isDelivering }', replace: 'import { flush, isDelivering }' },
      { file: PAY, find: 'if (delivered.length) commit();', replace: 'flush();' },
    ],
    noticedBy:
      'waiting-outcome: the same goods are a new purchase when pay() had received their outcome before the kill',
  },
  {
    rule: 'the button shows as paid what pay() was asked for',
    edits: [{ file: PAY, find: 'if (waiting) button.request = request;', replace: '' }],
    noticedBy:
      'waiting-outcome: an undelivered success of a page that calls pay({ payload }) › a button is paid, and a second tap starts no attempt, when a tap received the success (kill: false)',
  },
  {
    rule: 'reset() forgets what its own user paid',
    edits: [
      { file: PAID_GOODS, find: 'paidGoodsWhere(goods, paid => !isOfCurrentOwner(paid))', replace: '[]' },
    ],
    noticedBy: "two-users: an order-key that ann paid › ann's button stays paid when bob resets it",
  },
  {
    rule: 'a tab page that comes back is not paid any more',
    edits: [{ file: PAID_GOODS, find: '(!button.wasAway || own.isUnseen) && ', replace: '' }],
    noticedBy: 'paid-button: a new order is paid when a tab page comes back and calls pay() in onShow',
  },
  {
    rule: 'a tap on a button that shows paid fires paytap alone',
    edits: [
      { file: PAY, find: '(!request.input && shown)', replace: 'false' },
      { file: PAY, find: 'return isOfTap && shown ?', replace: 'return isOfTap && false ?' },
    ],
    noticedBy:
      'paid-button-tap: a button that shows paid › fires paytap alone on a tap when pay() was given another order-key',
  },
  {
    rule: 'pay() without goods on a button that shows paid is no attempt',
    edits: [{ file: PAY, find: '(!request.input && shown)', replace: 'false' }],
    noticedBy:
      'paid-button-tap: a button that shows paid › resolves pay() to the old outcome when pay() was given other goods before',
  },
  {
    rule: 'what a page gives to pay() for a tap on a button that shows paid is not bought',
    edits: [{ file: PAY, find: 'return isOfTap && shown ?', replace: 'return isOfTap && false ?' }],
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
    edits: [
      {
        file: PAY_BUTTON,
        find: ' ||\n            (propertyRequest.goods === inputRequest.goods && isBusy(this.phase))',
        replace: '',
      },
    ],
    noticedBy:
      'paid-button-tap: a tap joins the payment under way when the page sets the payload of pay() as a property, beside an amount',
  },
  {
    rule: 'a button shows its own paid goods again when the input of pay() was not paid',
    edits: [{ file: DELIVERY, find: 'button.request = own;', replace: 'return;' }],
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
    rule: 'reset() leaves a paid order paid',
    edits: [{ file: PAID_GOODS, find: '  if (isReady) return;', replace: '' }],
    noticedBy:
      'paid-button-tap: a button with the paid order-info shows paid when another page paid it and called reset()',
  },
  {
    rule: 'the input of pay() ends with its order-key',
    edits: [{ file: PAY_BUTTON, find: 'inputRequest.orderKey === handle.request.orderKey &&', replace: '' }],
    noticedBy:
      'order-summary-quote: a manual button whose order-key becomes another one › sells again, and its quote is unpaid, when it was paid under the first one',
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
    rule: 'a button shows as paid what pay() was given and was paid before',
    edits: [
      { file: PAY, find: '    button.request = request;\n    commit();\n', replace: '    commit();\n' },
    ],
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
    rule: 'the input of pay() counts for properties that name its goods only while it is being paid',
    edits: [{ file: PAY_BUTTON, find: ' && isBusy(this.phase))', replace: ')' }],
    noticedBy:
      'paid-button-tap: a button whose pay() was given what its properties name › sells again when the amount changes afterwards',
  },
  {
    rule: 'goods are not paid when their user is told that they were refunded',
    edits: [
      { file: SETTLEMENT, find: "if (status === 'refunded') forgetPaidOrder(tpOrderId);", replace: '' },
    ],
    noticedBy:
      'waiting-outcome: an outcome that waits is what the backend says last › a button with an order-key can be tapped again when payfail has said that its order is refunding',
  },
  {
    rule: 'the success of an order is delivered once',
    edits: [{ file: STATE_MACHINE, find: '      wasPaid ||\n', replace: '' }],
    noticedBy:
      'orders-of-goods: a new order is made when create-url says that the order of an earlier purchase, whose success was fired, is paid',
  },
  {
    rule: 'the input of pay() counts when the page shows what its order comes to',
    edits: [
      {
        file: PAY_BUTTON,
        find: '(inputRequest.goods === before &&\n              unpricedGoods === this.unpricedGoods &&',
        replace: '(inputRequest.goods === before &&\n              !handle &&',
      },
    ],
    noticedBy:
      'paid-button-tap: a manual button that shows the amount of its order › stays paid when the page sets it in ordercreated',
  },
  {
    rule: 'the input of pay() does not count when the page shows the price of the next cart',
    edits: [
      {
        file: PAY_BUTTON,
        find: 'paymentManager().paidAmount(handle) === propertyRequest.amount',
        replace: 'true',
      },
    ],
    noticedBy:
      'paid-button-tap: a manual button that shows the amount of its order › sells again when the page sets that of the next cart after the success',
  },
  {
    rule: 'the same for goods that are known to be paid by their name',
    edits: [
      {
        file: PAY_BUTTON,
        find: "this.phase !== 'paid' ||",
        replace: '!handle.paid ||',
      },
    ],
    noticedBy:
      'paid-button: a manual button with an order-key sells the next cart when its page is opened again and then shows that price',
  },
  {
    rule: 'the goods of the first properties are known',
    edits: [{ file: PAY_BUTTON, find: '        this.ownGoods = request.goods;\n', replace: '' }],
    noticedBy: 'paid-button: a manual button stays paid when its header changes',
  },
  {
    rule: 'a paid button is locked by the order-summary of its own order',
    edits: [{ file: PAY, find: '(!!paid && paid.tpOrderId === tpOrderId)', replace: '!!paid' }],
    noticedBy:
      'orders-of-goods: a paid button shows 已支付 when an order-summary on its page shows another order as closed',
  },
  {
    rule: 'reset() forgets which orders were made for the goods',
    edits: [{ file: MANAGER, find: '    forgetGoods(goods);\n', replace: '' }],
    noticedBy:
      'orders-of-goods: a button beside its closed order sells the same goods again when reset() was called',
  },
  {
    rule: 'pay() without input answers no earlier tap',
    edits: [{ file: PAY, find: 'taps.slice(input ? 1 : 0)', replace: 'taps.slice(1)' }],
    noticedBy:
      'paid-button-tap: a manual button whose page asks its backend for an order first › buys nothing on a tap when it shows paid and its page calls pay() without an order meanwhile',
  },
];
