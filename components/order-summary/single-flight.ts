/** Keeps at most one request whose result is wanted: the same one again joins it, another one takes its place. */
export interface SingleFlight {
  /**
   * @param key names what is requested
   * @param send starts the request
   * @param then `isWanted` is false after cancel(), and after another request took its place
   */
  run<Result>(
    key: string,
    send: (done: (result: Result) => void) => void,
    then: (result: Result, isWanted: boolean) => void,
  ): void;
  cancel(): void;
}

export function createSingleFlight(): SingleFlight {
  let current: { key: string } | null = null;
  return {
    run(key, send, then) {
      if (current && current.key === key) return;
      const flight = (current = { key });
      send(result => {
        const isWanted = current === flight;
        if (isWanted) current = null;
        then(result, isWanted);
      });
    },
    cancel() {
      current = null;
    },
  };
}
