/** The connection to a PostgreSQL server: what a developer reads when it cannot be used, and what happens when it ends. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { DatabaseError, openDatabase, serverAddress } from '../../../lib/database';
import { explainConnectError } from '../../../lib/database/postgres';
import { freePort } from '../../../scripts/support/http';

const failed = (code: string) => Object.assign(new Error(`${code} 1.2.3.4`), { code });

test.each([
  ['postgres://db.example:6543/shop', 'db.example:6543'],
  ['postgres://user:secret@db.example/shop', 'db.example:5432'],
  ['postgres://', 'localhost:5432'],
  ['postgres:///shop?host=/run/postgresql', '/run/postgresql'],
])('serverAddress() returns host and port when the URL is %s: %s', (url, address) => {
  const { PGHOST, PGPORT } = process.env;
  delete process.env.PGHOST;
  delete process.env.PGPORT;
  expect(serverAddress(url)).toBe(address);
  Object.assign(process.env, PGHOST !== undefined && { PGHOST }, PGPORT !== undefined && { PGPORT });
});

test.each([
  ['ENOTFOUND', 'there is no host db.example; correct the host in the URL'],
  ['EAI_AGAIN', 'the name db.example cannot be looked up; correct the host in the URL'],
  ['EHOSTUNREACH', 'db.example:5432 does not answer; correct host and port in the URL'],
])('explainConnectError() returns a sentence when the code is %s', (code, words) => {
  const said = String(explainConnectError(failed(code), 'postgres://db.example/shop'));
  expect(said).toContain(words);
  expect(said).not.toContain(code);
});

test('explainConnectError() returns the error when its code is another', () => {
  const error = Object.assign(new Error('database "shop" does not exist'), { code: '3D000' });
  expect(explainConnectError(error, 'postgres://db.example/shop')).toBe(error);
});

test('the address is named when nothing listens there', async () => {
  const port = await freePort();
  await expect(openDatabase({ url: `postgres://user:secret@127.0.0.1:${port}/shop` })).rejects.toThrow(
    `nothing listens at 127.0.0.1:${port}; start the server, or correct host and port in the URL`,
  );
});

describe('a server that listens', () => {
  let server: Server;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise(closed => server.close(closed));
  });

  async function listen(onConnection: (socket: Socket) => void): Promise<string> {
    server = createServer(socket => {
      sockets.push(socket.on('error', () => undefined));
      onConnection(socket);
    }).listen(0, '127.0.0.1');
    await new Promise(listening => server.once('listening', listening));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A message of PostgreSQL's protocol about authentication. */
  function authentication(kind: number, text: string): Buffer {
    const header = Buffer.alloc(9);
    header.write('R');
    header.writeInt32BE(8 + text.length, 1);
    header.writeInt32BE(kind, 5);
    return Buffer.concat([header, Buffer.from(text)]);
  }

  test('is said to want a password when the URL has none', async () => {
    const address = await listen(socket => {
      const replies = [authentication(10, 'SCRAM-SHA-256\0\0'), authentication(11, 'r=n,s=QQ==,i=4096')];
      socket.on('data', () => socket.write(replies.shift() ?? ''));
    });
    await expect(openDatabase({ url: `postgres://user@${address}/shop` })).rejects.toThrow(
      'the server wants a password; write it into the URL: postgres://user:password@host/database',
    );
  });

  test('is said not to answer when it says nothing', async () => {
    const address = await listen(socket => void socket.resume());
    await expect(openDatabase({ url: `postgres://user@${address}/shop` })).rejects.toThrow(
      `${address} does not answer; correct host and port in the URL`,
    );
  });
});

/** A message of PostgreSQL's protocol: its type, the length, the rest. */
function message(type: string, rest: Buffer | string = ''): Buffer {
  const body = Buffer.from(rest);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', 'I');
const COMPLETE = Buffer.concat([message('C', 'SELECT 0\0'), READY]);
const TERMINATED = message('E', 'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');

/** Answers every statement at once, but `wait` never, and behind `end` it ends the connection, as when it is stopped. */
function answer(socket: Socket): void {
  let isStarted = false;
  socket.on('error', () => undefined);
  socket.on('data', data => {
    const text = data.toString('latin1');
    if (!isStarted) {
      isStarted = true;
      socket.write(Buffer.concat([AUTHENTICATED, READY]));
    } else if (text.includes('end')) socket.write(Buffer.concat([COMPLETE, TERMINATED]));
    else if (!text.includes('wait')) socket.write(COMPLETE);
  });
}

/** pg opens so many connections. */
const POOL_SIZE = 10;

test('a transaction fails, and nothing else, when its connection was ended just before it got it', async () => {
  const sockets: Socket[] = [];
  const server = createServer(socket => {
    sockets.push(socket);
    answer(socket);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const database = await openDatabase({ url: `postgres://shop@127.0.0.1:${port}/shop` });
  const waiting = Array.from({ length: POOL_SIZE - 1 }, () => database.query('wait').catch(String));
  await new Promise(next => setTimeout(next, 200));
  const last = database.query('end');
  const transaction = database.transaction(tx => tx.query('never'));
  await last;
  await expect(transaction).rejects.toThrow(DatabaseError);
  sockets.forEach(socket => socket.destroy());
  server.close();
  await Promise.all(waiting);
  await database.close();
});
