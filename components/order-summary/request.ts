/** One request at a time, and no answer to one that was given up. */
export interface OneRequest {
  /** does nothing while another one is under way; `send` hands back how to give it up */
  begin<Answer>(send: (done: (answer: Answer) => void) => () => void, then: (answer: Answer) => void): void;
  giveUp(): void;
}

export function createRequest(): OneRequest {
  let stop: (() => void) | null = null;
  return {
    begin(send, then) {
      if (stop) return;
      let answered = false;
      stop = () => undefined;
      const giveUp = send(answer => {
        answered = true;
        stop = null;
        then(answer);
      });
      // It may have been answered at once, and its answer have begun another.
      if (!answered) stop = giveUp;
    },
    giveUp() {
      if (stop) stop();
      stop = null;
    },
  };
}
