/** What a developer reads when the server that DATABASE_URL names cannot be used. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { openDatabase, serverAddress } from '../../../lib/database';
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
