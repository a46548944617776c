import type { Edit } from '../fakes/library';

export interface RuleMutation {
  /** what is not true any more */
  rule: string;
  edits: Edit[];
  /** the scenario that fails: its file and its full name */
  noticedBy: string;
}
