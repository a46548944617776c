import { createSingleFlight } from '../../../components/order-summary/single-flight';

type Done = (result: string) => void;

const flights = () => {
  const requests: { key: string; done: Done; aborted: boolean }[] = [];
  const results: string[] = [];
  const flight = createSingleFlight();
  const run = (key: string): void =>
    flight.run<string>(
      key,
      done => {
        const request = { key, done, aborted: false };
        requests.push(request);
        return () => void (request.aborted = true);
      },
      result => results.push(result),
    );
  return { requests, results, run, cancel: () => flight.cancel() };
};

test('run joins what is under way when it is the same', () => {
  const { requests, results, run } = flights();
  run('a');
  run('a');
  expect(requests).toHaveLength(1);
  requests[0]?.done('A');
  expect(results).toEqual(['A']);
  run('a');
  expect(requests).toHaveLength(2);
});

test('run gives up what is under way when it is another one', () => {
  const { requests, results, run } = flights();
  run('a');
  run('b');
  expect(requests.map(({ aborted }) => aborted)).toEqual([true, false]);
  requests[0]?.done('A');
  requests[1]?.done('B');
  expect(results).toEqual(['B']);
});

test('cancel() aborts the request and ignores its result when that still comes', () => {
  const { requests, results, run, cancel } = flights();
  cancel();
  run('a');
  cancel();
  requests[0]?.done('A');
  expect([requests[0]?.aborted, results]).toEqual([true, []]);
});

test('run() starts another request when a synchronous result calls it', () => {
  const flight = createSingleFlight();
  const results: string[] = [];
  let abort: Done = () => undefined;
  flight.run<string>(
    'a',
    done => {
      done('A');
      return () => results.push('aborted A');
    },
    result => {
      results.push(result);
      flight.run<string>(
        'b',
        done => {
          abort = done;
          return () => results.push('aborted B');
        },
        later => results.push(later),
      );
    },
  );
  flight.cancel();
  abort('B');
  expect(results).toEqual(['A', 'aborted B']);
});
