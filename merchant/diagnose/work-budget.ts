/**
 * Limits how much one diagnosis computes. Anyone can send an order to a server, so the work is counted while it is done,
 * and ends before other requests have to wait.
 */
interface WorkLimits {
  /** texts that are hashed and compared */
  candidates: number;
  /** characters of all intermediate texts */
  characters: number;
}

/** About a fifth of a second: every single mistake, small amounts, and the most common pairs of mistakes. */
export const SERVER_LIMITS: WorkLimits = { candidates: 20_000, characters: 6_000_000 };

/** Up to a few seconds, for a process that serves no requests: amounts up to 2000 yuan, every pair of mistakes. */
export const COMMAND_LIMITS: WorkLimits = { candidates: 420_000, characters: 75_000_000 };

/** For pasted text: 64 KiB read by every reader, twice, with the texts nested in it. */
export const READING_LIMITS: WorkLimits = { candidates: 0, characters: 3_000_000 };

export class WorkBudget {
  private candidates: number;
  private characters: number;

  constructor(limits: WorkLimits) {
    this.candidates = limits.candidates;
    this.characters = limits.characters;
  }

  get candidatesLeft(): number {
    return this.candidates;
  }

  /** @returns whether this much may still be built */
  spendCharacters(count: number): boolean {
    this.characters -= count;
    return this.characters >= 0;
  }

  /** @returns whether one more text may be compared */
  spendCandidate(): boolean {
    return --this.candidates >= 0 && this.characters >= 0;
  }
}

/** The budget for a number of candidates: texts of usual length need less than 400 characters each. */
export function createBudget(maxCandidates: number): WorkBudget {
  const perCandidate = SERVER_LIMITS.characters / SERVER_LIMITS.candidates;
  const characters = Math.min(maxCandidates * perCandidate, COMMAND_LIMITS.characters);
  return new WorkBudget({ candidates: maxCandidates, characters });
}
