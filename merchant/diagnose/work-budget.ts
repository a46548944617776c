/**
 * How much one diagnosis may compute. An order comes from anybody, so the work is counted where it is made, and what
 * runs on a server stops long before others have to wait.
 */
export interface WorkLimits {
  /** texts that are hashed and compared */
  candidates: number;
  /** characters of everything that is built on the way to them */
  characters: number;
}

/** About a fifth of a second: every single mistake, small amounts, and the commonest pairs of mistakes. */
export const SERVER_LIMITS: WorkLimits = { candidates: 20_000, characters: 6_000_000 };

/** Up to a few seconds, for a process that serves no requests: amounts up to 2000 yuan, every pair of mistakes. */
export const COMMAND_LIMITS: WorkLimits = { candidates: 420_000, characters: 75_000_000 };

/** For finding values in pasted text: 64 KiB read by every reader, twice, with what is nested in it. */
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
export function limitWork(maxCandidates: number): WorkBudget {
  const perCandidate = SERVER_LIMITS.characters / SERVER_LIMITS.candidates;
  const characters = Math.min(maxCandidates * perCandidate, COMMAND_LIMITS.characters);
  return new WorkBudget({ candidates: maxCandidates, characters });
}
