/** When a user is asked, about which orders, and what an answer is about. */
import type { RuleMutation } from './rule-mutation';
import {
  CALL_CONDITIONS,
  EFFECTS,
  LEDGER,
  LIVE_ATTEMPTS,
  PHASES,
  QUESTION,
  SETTLEMENT,
  STATE_MACHINE,
  SWAN,
} from './source-files';

export const QUESTION_MUTATIONS: RuleMutation[] = [
  {
    rule: 'ask, when something is unsettled',
    edits: [{ file: STATE_MACHINE, find: '.concat(asked)', replace: '' }],
    noticedBy:
      'question: the question offers the same order, and its yes calls that order, when it may be paid',
  },
  {
    rule: 'ask, when something was just found paid or closed',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'const subjects = settledOrders\n    .map(settled => settled.order)\n    .concat(asked)',
        replace: 'const subjects = asked',
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
    rule: 'ask: the same order is offered at its present price',
    edits: [{ file: STATE_MACHINE, find: 'orders: isSame\n', replace: 'orders: isSame && !subjects\n' }],
    noticedBy:
      'changed-price: the question about the same order names its new price when the shop has changed that',
  },
  {
    rule: 'ask: about what was paid of these goods, also when it was delivered just now',
    edits: [{ file: STATE_MACHINE, find: ' || isOfGoods(order, attempt.goods);', replace: ';' }],
    noticedBy:
      'waiting-outcome: pay() in onReady asks about the same goods when it finds that they were paid 11 min ago',
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
    edits: [{ file: EFFECTS, find: 'putOrder({ ...order, accepted: state.goods })', replace: 'order' }],
    noticedBy:
      'accepted-orders: no second question is shown when the user accepted the unsettled order and cancelled the new one',
  },
  {
    rule: 'ask: yes accepts all',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'isAsAsked(attempt, order) && (order !== ownOrder',
        replace: 'isSameOrder(attempt.askedAbout[0]!, order) && (order !== ownOrder',
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
        file: QUESTION,
        find: '  whenActive(attempt,',
        replace: '  ((_attempt: Attempt, then: () => void) => then())(attempt,',
      },
    ],
    noticedBy: 'question-ends: no question is shown when the user goes back before the check responds',
  },
  {
    rule: 'an effect of an attempt that a handler has ended does not run',
    edits: [{ file: LIVE_ATTEMPTS, find: 'if (attempt.revision === revision) run', replace: 'run' }],
    noticedBy: 'reentrant-handlers: no question is shown when a handler of ordercreated calls reset()',
  },
  {
    rule: 'a question ends as no with its page',
    edits: [
      {
        file: QUESTION,
        find: 'if (question && !isActive(question.attempt.button)) answer(question, false);',
        replace: '',
      },
    ],
    noticedBy:
      'question-ends: a question counts as declined, and its late yes is ignored, when its page is left',
  },
  {
    rule: 'a question ends as no when a tap gets through',
    edits: [
      { file: QUESTION, find: 'if (question && !question.isFresh) answer(question, false);', replace: '' },
    ],
    noticedBy:
      'question-ends: a question counts as declined when the host dropped it and the button is tapped',
  },
  {
    rule: 'a question does not end by a tap that was on its way',
    edits: [{ file: QUESTION, find: 'if (question && !question.isFresh)', replace: 'if (question)' }],
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
        file: QUESTION,
        find: 'subject.kind) takeOutcome(tpOrderId);',
        replace: 'subject.kind) return;',
      },
    ],
    noticedBy:
      'status-check: the question counts as delivery when it says that an order of other goods was paid',
  },
  {
    rule: 'a question that could not be put delivers nothing',
    edits: [{ file: QUESTION, find: 'if (yes !== null)\n', replace: 'if (subject)\n' }],
    noticedBy:
      'question-ends: an outcome of other goods stays undelivered when the question could not be shown',
  },
  {
    rule: 'a question says of several only what is true of all',
    edits: [{ file: STATE_MACHINE, find: "(one === other ? one : 'mixed')", replace: 'one' }],
    noticedBy:
      'question: the question says paid or possibly paid, and paysuccess is still delivered, when one order is paid and another unsettled',
  },
  {
    rule: 'a question that says no more than that of several delivers nothing',
    edits: [{ file: QUESTION, find: ' && toSettledStatus(outcome) === subject.kind', replace: '' }],
    noticedBy:
      'question: the question says paid or possibly paid, and paysuccess is still delivered, when one order is paid and another unsettled',
  },
  {
    rule: 'no to the same order is pending',
    edits: [{ file: STATE_MACHINE, find: "isPending ? { outcome: 'pending' } :", replace: '' }],
    noticedBy: 'question: an attempt ends as pending when the user declines to pay the same order',
  },
  {
    rule: 'a yes belongs to its question',
    edits: [
      {
        file: QUESTION,
        find: 'if (question === asked) answer(asked, !!yes);',
        replace: 'if (question) answer(question, !!yes);',
      },
    ],
    noticedBy: 'question-ends: a late yes is ignored when another question is open',
  },
  {
    rule: 'a yes to other goods is none to another order of these',
    edits: [{ file: STATE_MACHINE, find: ' || isOfPurchase(order, attempt.goods)', replace: '' }],
    noticedBy:
      'accepted-orders: the question is shown again for another order of the same goods › when the yes was to other goods',
  },
  {
    rule: 'a yes to other goods is none to these, however old the order is',
    edits: [
      {
        file: LEDGER,
        find: 'order.accepted !== goods',
        replace: '!(order.accepted && Date.now() - order.calledAt > 1800000)',
      },
    ],
    noticedBy:
      'accepted-orders: the question is shown again for another order of the same goods › when the yes was to other goods and the order cannot be checked for 30 min',
  },
  {
    rule: 'after a yes to other goods the button of an order that may be paid is pending',
    edits: [
      {
        file: PHASES,
        find: 'if (ownOrders().some(order => isOfPurchase(order, goods)))',
        replace: 'if (ownOrders().some(order => !order.accepted && isOfPurchase(order, goods)))',
      },
    ],
    noticedBy:
      'accepted-orders: the button of an unsettled order, and its order-summary, are pending when the user paid for other goods in spite of it',
  },
  {
    rule: 'after a yes to other goods an order-summary of an order that may be paid is pending',
    edits: [
      {
        file: PHASES,
        find: 'isOfOrder(order) && isOfPurchase(order, order.goods)',
        replace: 'isOfOrder(order) && !order.accepted && isOfPurchase(order, order.goods)',
      },
    ],
    noticedBy:
      'accepted-orders: the button of an unsettled order, and its order-summary, are pending when the user paid for other goods in spite of it',
  },
  {
    rule: 'after a yes to other goods a quote of an order that may be paid is pending',
    edits: [
      {
        file: PHASES,
        find: 'ownOrders().filter(order => isOfPurchase(order, order.goods))',
        replace: 'ownOrders().filter(order => !order.accepted && isOfPurchase(order, order.goods))',
      },
    ],
    noticedBy:
      'accepted-orders: the order-summary of a quote is pending when the user paid for other goods in spite of its order',
  },
  {
    rule: 'after a yes to another order of the same goods their button is idle',
    edits: [
      {
        file: PHASES,
        find: 'if (ownOrders().some(order => isOfPurchase(order, goods)))',
        replace: 'if (ownOrders().some(order => isOfPurchase({ ...order, accepted: "" }, goods)))',
      },
    ],
    noticedBy:
      'accepted-orders: no second question is shown when the user accepted an order of the same goods and cancelled the new one',
  },
  {
    rule: 'a yes to another order of the same goods counts',
    edits: [{ file: LEDGER, find: ' && order.accepted !== goods', replace: '' }],
    noticedBy:
      'accepted-orders: no second question is shown when the user accepted an order of the same goods and cancelled the new one',
  },
  {
    rule: 'a yes is no agreement to what was found out since the question',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'attempt.askedAbout = attempt.askedAbout.filter(order => !isSameOrder(order, settled.order));',
        replace: '',
      },
    ],
    noticedBy:
      'accepted-orders: a yes calls nothing, and the next tap asks anew, when the question named an order that › is found paid before the answer',
  },
  {
    rule: 'a yes is no agreement to another status than the question named',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'attempt.askedAbout.filter(order => !isSameOrder(order, settled.order))',
        replace: 'attempt.askedAbout.filter(order => order.settled || !isSameOrder(order, settled.order))',
      },
    ],
    noticedBy:
      'accepted-orders: a yes calls nothing, and the next tap asks anew, when the question named an order that › was closed and is found paid before the answer',
  },
  {
    rule: 'a yes is no agreement to a claim that rose since the question',
    edits: [{ file: STATE_MACHINE, find: ' && claimOf(asked) === claimOf(order)', replace: '' }],
    noticedBy:
      'accepted-orders: a yes calls nothing, and the next tap asks anew, when the question named an order that › the cashier claims to be paid before the answer',
  },
  {
    rule: 'a yes to another order of the same goods ends when the first one is found paid',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'attempt.hasAgreed && isAsAsked(attempt, order)',
        replace: "attempt.hasAgreed && result.outcome !== 'success'",
      },
    ],
    noticedBy:
      'order-called-again: a yes to another order of the same goods, while that waits for the cashier, › ends with paysuccess when the first one is found paid',
  },
  {
    rule: 'a yes to another order of the same goods does not end when the first one is closed',
    edits: [{ file: STATE_MACHINE, find: "return result.outcome === 'success';", replace: 'return true;' }],
    noticedBy:
      'order-called-again: a yes to another order of the same goods, while that waits for the cashier, › goes on when the first one is closed',
  },
  {
    rule: 'a yes to the same order accepts it not',
    edits: [{ file: STATE_MACHINE, find: ' && (order !== ownOrder || replaces)', replace: '' }],
    noticedBy:
      'order-called-again: a button stays pending when the user agreed to pay its order again and the page was left before the cashier',
  },
  {
    rule: 'ask: a ready order has no other one',
    edits: [{ file: STATE_MACHINE, find: '!attempt.isReady && shouldReplace', replace: 'shouldReplace' }],
    noticedBy:
      'order-called-again: the question offers the same order when a ready order was called twice without a result',
  },
  {
    rule: 'a claim that rises after the yes is news',
    edits: [
      {
        file: STATE_MACHINE,
        find: '!(isSameOrder(attempt, order) && isAsAsked(attempt, order))',
        replace: '!attempt.askedAbout.some(asked => isSameOrder(asked, order))',
      },
    ],
    noticedBy:
      'order-called-again: the cashier of the new order stays shut when the replaced order is claimed to be paid before',
  },
  {
    rule: 'a claim of the same order that rises after the yes is news',
    edits: [
      {
        file: STATE_MACHINE,
        find: '!(isSameOrder(attempt, order) && isAsAsked(attempt, order))',
        replace:
          '!(isSameOrder(attempt, order) && attempt.askedAbout.some(asked => isSameOrder(asked, order)))',
      },
    ],
    noticedBy:
      'order-called-again: an order whose cashier says success late is not called again when the user agreed before',
  },
  {
    rule: 'a yes to another order is none to this one',
    edits: [
      {
        file: STATE_MACHINE,
        find: 'order === ownOrder || needsQuestion(order)',
        replace: 'needsQuestion(order)',
      },
    ],
    noticedBy:
      'accepted-orders: the question is shown again when the shop has kept the accepted order for the cart with a note',
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
    rule: 'a success that ends while another attempt is under way is in its question',
    edits: [
      {
        file: SETTLEMENT,
        find: "    dispatch(attempt, { type: 'other-settled', settled: { order: settled, status } }),\n",
        replace: '    attempt,\n',
      },
    ],
    noticedBy:
      'devtools: another attempt asks about the order when its simulated success ends meanwhile and was delivered nowhere',
  },
  {
    rule: 'a late success is delivered when a question said that its order is closed',
    edits: [{ file: QUESTION, find: ' && toSettledStatus(outcome) === subject.kind', replace: '' }],
    noticedBy:
      'question: a success is delivered when it comes while a question says that its order is closed, and the answer is no',
  },
  {
    rule: 'an order is in a question once',
    edits: [
      {
        file: STATE_MACHINE,
        find: '.filter(({ order }) => !isSameOrder(order, settled.order))',
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
        find: 'return known ? known.settled : ',
        replace: 'return known ? true : ',
      },
    ],
    noticedBy: 'question: the question names an order once when its late success is not confirmed yet',
  },
  {
    rule: 'a yes to a question about several orders is a yes to each',
    edits: [{ file: EFFECTS, find: ' && !order.accepted', replace: '' }],
    noticedBy:
      'question: no second question is asked when the first one counted a paid and a closed order, and its answer was yes',
  },
  {
    rule: 'a question is put for an attempt that has not ended',
    edits: [
      {
        file: CALL_CONDITIONS,
        find: '    if (!isCurrent()) return;\n    if (!attempt.isPageKnown)',
        replace: '    if (!attempt.isPageKnown)',
      },
    ],
    noticedBy:
      'question-ends: no question is shown when reset() ended the attempt while the app was in the background',
  },
];
