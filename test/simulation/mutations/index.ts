/**
 * The rules of payments, each with what takes it out of the source and the one scenario that fails then. README.md says how
 * to print and play the list.
 */
import { CALL_MUTATIONS } from './call';
import { CHECK_AND_CREATE_MUTATIONS } from './check-and-create';
import { COMPONENTS_MUTATIONS } from './components';
import { DELIVERY_MUTATIONS } from './delivery';
import { LEDGER_MUTATIONS } from './ledger';
import { OUTCOMES_MUTATIONS } from './outcomes';
import { PAID_MUTATIONS } from './paid';
import { QUESTION_MUTATIONS } from './question';
import type { RuleMutation } from './rule-mutation';

export const MUTATIONS: RuleMutation[] = [
  ...LEDGER_MUTATIONS,
  ...CHECK_AND_CREATE_MUTATIONS,
  ...QUESTION_MUTATIONS,
  ...CALL_MUTATIONS,
  ...OUTCOMES_MUTATIONS,
  ...PAID_MUTATIONS,
  ...DELIVERY_MUTATIONS,
  ...COMPONENTS_MUTATIONS,
];
