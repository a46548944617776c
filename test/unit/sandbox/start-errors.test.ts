import { DatabaseError } from '../../../lib/database';
import { describeError, StartError, toListenError } from '../../../sandbox/start-errors';

const place = { port: 80, data: 'here', databaseUrl: undefined };

/** Somewhere in the demo. */
function breakDown(): never {
  throw new TypeError('cannot read this of that');
}

test('describeError() includes the stack when the error is a defect', () => {
  try {
    breakDown();
  } catch (error) {
    const text = describeError(error, place);
    expect(text).toContain('cannot read this of that');
    expect(text).toMatch(/\n\s+at breakDown \(.*errors\.test\.ts:\d+/);
  }
});

test.each([
  ['a text', 'the disk melted', 'the disk melted'],
  ['an object', { reason: 'the disk melted' }, "reason: 'the disk melted'"],
])('describeError() shows the value when %s was thrown', (_what, thrown, words) => {
  const text = describeError(thrown, place);
  expect(text).toContain(words);
  expect(text).not.toContain('undefined');
});

test.each([
  ['a StartError', new StartError('Choose another folder.'), 'Choose another folder.'],
  [
    'a taken port',
    toListenError(Object.assign(new Error('listen'), { code: 'EADDRINUSE' }), 80),
    'Port 80 is taken. Stop what is using it, or choose another one with --port 81.',
  ],
  [
    'a forbidden port',
    toListenError(Object.assign(new Error('listen'), { code: 'EACCES', syscall: 'listen' }), 80),
    'Port 80 is not for you to use. Choose one above 1023 with --port.',
  ],
  [
    'a database that does not open',
    new DatabaseError(new Error('it is damaged')),
    'Cannot open the database in here: it is damaged. If it is damaged, --reset begins afresh.',
  ],
  [
    'a full disk',
    new DatabaseError('the disk is full', { isOutside: true }),
    'Cannot open the database in here: the disk is full. Put that right, or choose another folder with --data.',
  ],
  [
    'a folder that the embedded database may not write to',
    new DatabaseError({ errno: 63 }),
    'Cannot open the database in here: its folder may not be written to. Put that right, or choose another folder with --data.',
  ],
])('describeError() returns one sentence without a stack when the error is %s', (_what, error, text) => {
  expect(describeError(error, place)).toBe(text);
});

test('describeError() names the embedded database when the server of DATABASE_URL cannot be used', () => {
  const error = new DatabaseError('nothing listens at db:5432');
  expect(describeError(error, { ...place, databaseUrl: 'postgres://db/shop' })).toBe(
    'Cannot use the database that DATABASE_URL names: nothing listens at db:5432. Without DATABASE_URL the embedded one is used.',
  );
});
