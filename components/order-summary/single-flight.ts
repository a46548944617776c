/** Keeps at most one request running: the same one again joins it, another one replaces it. */
export interface SingleFlight {
  /**
   * @param key names what is requested
   * @param send starts the request and returns how to abort it
   * @param then is not called after cancel(), nor after another request replaced it
   */
  run<Result>(
    key: string,
    send: (done: (result: Result) => void) => () => void,
    then: (result: Result) => void,
  ): void;
  cancel(): void;
}

export function createSingleFlight(): SingleFlight {
  let current: { key: string; abort(): void } | null = null;
  const cancel = (): void => {
    const flight = current;
    current = null;
    if (flight) flight.abort();
  };
  return {
    run(key, send, then) {
      if (current && current.key === key) return;
      cancel();
      const flight = { key, abort: (): void => undefined };
      current = flight;
      flight.abort = send(result => {
        if (current !== flight) return;
        current = null;
        then(result);
      });
    },
    cancel,
  };
}
