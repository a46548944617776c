/**
 * One cashier call at a time in the whole mini-program, and at least `guard` ms between two: Android swallows a call
 * that comes sooner, with no callback at all.
 */
import { timing } from './config';

export interface Visitor {
  /** the attempt still waits for its turn */
  waits(): boolean;
  go(): void;
  giveUp(): void;
}

export interface Turnstile {
  enter(visitor: Visitor): void;
  /** something changed: it may be somebody's turn */
  advance(): void;
  /** a call is being made */
  called(): void;
  /** a call was made less than `guard` ms ago */
  isCooling(): boolean;
}

export function createTurnstile(isBusy: () => boolean): Turnstile {
  const line: Visitor[] = [];
  let cooling = false;

  function advance(): void {
    while (line[0] && !(cooling || isBusy())) {
      const visitor = line.shift() as Visitor;
      if (visitor.waits()) visitor.go();
    }
  }

  return {
    enter(visitor) {
      line.push(visitor);
      setTimeout(() => {
        if (visitor.waits()) visitor.giveUp();
      }, timing().turn);
    },
    advance,
    called() {
      cooling = true;
      setTimeout(() => {
        cooling = false;
        advance();
      }, timing().guard);
    },
    isCooling: () => cooling,
  };
}
