/** The question before another cashier call: at most one is open. */
import { showModal } from '../host/swan';
import type { QuestionSubject } from './attempt-state';
import { whenActive } from './call-conditions';
import { isActive } from './component-registry';
import { takeOutcome } from './delivery';
import { findOrder } from './ledger-storage';
import { commit, dispatch, type Attempt } from './live-attempts';
import { toQuestion } from './question-text';
import { toSettledStatus } from './known-orders';
import { trace } from './trace';

/** ms after a question opened in which a tap was made before that */
const QUESTION_GUARD = 1100;

let question: { attempt: Attempt; isFresh: boolean } | null = null;

export function ask(attempt: Attempt, subject: QuestionSubject): void {
  whenActive(attempt, () => {
    const { state } = attempt;
    const asked = { attempt, isFresh: true };
    question = asked;
    setTimeout(() => (asked.isFresh = false), QUESTION_GUARD);
    trace('question', state.tpOrderId, { kind: subject.kind });
    showModal(toQuestion(subject), yes => {
      // The question delivers what it says, even when its attempt has ended meanwhile; a late success it did not say.
      if (yes !== null)
        subject.orders.forEach(({ tpOrderId }) => {
          const { settled = false, outcome = null } = findOrder(tpOrderId) || {};
          if (settled && outcome && toSettledStatus(outcome) === subject.kind) takeOutcome(tpOrderId);
        });
      if (question === asked) answerQuestion(!!yes);
      else commit();
    });
  });
}

function answerQuestion(yes: boolean): void {
  const asked = question;
  question = null;
  if (asked) dispatch(asked.attempt, { type: 'user-answered', yes });
}

/** A tap reaches a button only when no question is open, unless it was made just before the question opened. */
export function tapWhileAsking(): void {
  if (question && !question.isFresh) answerQuestion(false);
}

/** The host closes a question together with its page. */
export function endHiddenQuestion(): void {
  if (question && !isActive(question.attempt.button)) answerQuestion(false);
}
