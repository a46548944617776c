import { createServer, type AddressInfo, type Socket } from 'node:net';
import { DatabaseError, openDatabase } from '../../../lib/database';

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

it('a transaction fails, and nothing else, when its connection was ended just before it got it', async () => {
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
