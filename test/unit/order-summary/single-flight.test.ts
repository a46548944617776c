import { createSingleFlight } from '../../../components/order-summary/single-flight';

type Done = (result: string) => void;

const flights = () => {
  const requests: Done[] = [];
  const results: [string, boolean][] = [];
  const flight = createSingleFlight();
  const run = (key: string): void =>
    flight.run<string>(
      key,
      done => requests.push(done),
      (result, isWanted) => results.push([result, isWanted]),
    );
  return { requests, results, run, cancel: () => flight.cancel() };
};

test('run joins what is under way when it is the same', () => {
  const { requests, results, run } = flights();
  run('a');
  run('a');
  expect(requests).toHaveLength(1);
  requests[0]?.('A');
  expect(results).toEqual([['A', true]]);
  run('a');
  expect(requests).toHaveLength(2);
});

test('the result of what was under way is unwanted when another one took its place', () => {
  const { requests, results, run } = flights();
  run('a');
  run('b');
  requests[0]?.('A');
  requests[1]?.('B');
  expect(results).toEqual([
    ['A', false],
    ['B', true],
  ]);
});

test('a result is unwanted when cancel() came before, and the same request is sent again', () => {
  const { requests, results, run, cancel } = flights();
  cancel();
  run('a');
  cancel();
  run('a');
  requests[0]?.('A');
  expect([requests.length, results]).toEqual([2, [['A', false]]]);
});

test('run() starts another request when a synchronous result calls it', () => {
  const flight = createSingleFlight();
  const results: string[] = [];
  let answer: Done = () => undefined;
  flight.run<string>(
    'a',
    done => done('A'),
    result => {
      results.push(result);
      flight.run<string>(
        'b',
        done => (answer = done),
        (later, isWanted) => results.push(later, String(isWanted)),
      );
    },
  );
  answer('B');
  expect(results).toEqual(['A', 'B', 'true']);
});
