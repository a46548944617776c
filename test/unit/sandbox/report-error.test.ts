import { DatabaseError } from '../../../lib/database';
import { reportError, StartError } from '../../../sandbox/report-error';

const place = { port: 80, data: 'here', databaseUrl: undefined };

/** Somewhere in the demo. */
function breakDown(): never {
  throw new TypeError('cannot read this of that');
}

test('a defect is told with the place where it happened', () => {
  try {
    breakDown();
  } catch (error) {
    const text = reportError(error, place);
    expect(text).toContain('cannot read this of that');
    expect(text).toMatch(/\n\s+at breakDown \(.*report-error\.test\.ts:\d+/);
  }
});

test.each([
  ['a text', 'the disk melted', 'the disk melted'],
  ['an object', { reason: 'the disk melted' }, "reason: 'the disk melted'"],
])('%s that was thrown is shown', (_what, thrown, words) => {
  const text = reportError(thrown, place);
  expect(text).toContain(words);
  expect(text).not.toContain('undefined');
});

test.each([
  ['what the person can put right', new StartError('Choose another folder.'), 'Choose another folder.'],
  [
    'a taken port',
    Object.assign(new Error('listen'), { code: 'EADDRINUSE' }),
    'Port 80 is taken. Stop what is using it, or choose another one with --port 81.',
  ],
  [
    'a port for others',
    Object.assign(new Error('listen'), { code: 'EACCES', syscall: 'listen' }),
    'Port 80 is not for you to use. Choose one above 1023 with --port.',
  ],
  [
    'a database that does not open',
    new DatabaseError(new Error('it is damaged')),
    'Cannot open the database in here: it is damaged. If it is damaged, --reset begins afresh.',
  ],
])('%s is a sentence, without a stack', (_what, error, text) => {
  expect(reportError(error, place)).toBe(text);
});
