/** Start and end of a process that keeps its data in a folder and listens on one port of this machine. */
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { openDatabase, serverAddress, type Database } from '../lib/database';
import { dropSchema } from '../lib/database/migrations';
import type { ServerOptions } from './server-options';
import { openDataDir, type DataDir } from './data-dir';
import { printError, StartError, toListenError } from './start-errors';

const HOST = '127.0.0.1';

interface RunningServer {
  server: FastifyInstance;
  /** begins the work in the background */
  start(): void;
  /** ends it and the server; the database stays open */
  stop(): Promise<void>;
  /** lines to print before `ready` */
  lines: string[];
}

export interface ServerProgram {
  /** the name of the command */
  name: string;
  options: ServerOptions;
  /** schemas of the database that --reset drops */
  schemas: string[];
  /** checks, before anything is opened, what the options name; @throws StartError */
  check?(): void;
  open(opened: {
    database: Database;
    dataDir: DataDir;
    /** http://127.0.0.1:8790 */
    origin: string;
    log: (line: string) => void;
  }): Promise<RunningServer>;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Runs a program until it is stopped by a signal: exit code 0; 1 with a sentence when it cannot run.
 *
 * @param read reads the command line; returns the program, or a text to print instead, such as the usage
 */
export function runServer(read: () => ServerProgram | string): void {
  // The reader of a pipe may end first: `… | head`.
  process.stdout.on('error', () => undefined);
  let program: ServerProgram | string;
  try {
    program = read();
  } catch (error) {
    printError(error);
    process.exitCode = 1;
    return;
  }
  if (typeof program === 'string') print(program);
  else new ServerProcess(program).run();
}

class ServerProcess {
  /** what has been opened so far */
  private running: RunningServer | undefined;
  private database: Database | undefined;
  private dataDir: DataDir | undefined;
  private isReady = false;
  private isStopping = false;

  constructor(private readonly program: ServerProgram) {}

  run(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, this.onSignal);
    process.on('uncaughtException', this.fail);
    void this.start().catch(this.fail);
  }

  private async start(): Promise<void> {
    const { name, options, schemas } = this.program;
    const { port, data, databaseUrl, reset } = options;
    const origin = `http://${HOST}:${port}`;
    print(`${name}: starting ${origin}/ with its data in ${data}`);
    this.program.check?.();
    await checkPort(port);

    const lock = {
      onLost: () =>
        this.fail(new StartError(`Another process has taken over ${data}, so this one had to stop.`)),
      onWait: (ms: number) =>
        print(`waiting up to ${ms / 1000} s to see whether a process elsewhere still uses ${data}`),
    };
    const dataDir = (this.dataDir = await openDataDir(data, databaseUrl === undefined ? lock : undefined));
    if (reset) dataDir.reset();
    print(
      `database: ${databaseUrl === undefined ? 'embedded' : `PostgreSQL at ${serverAddress(databaseUrl)}`}`,
    );
    const database = (this.database = await openDatabase(
      databaseUrl === undefined ? { dataDir: dataDir.database } : { url: databaseUrl },
    ));
    if (reset) for (const schema of schemas) await dropSchema(database, schema);
    const running = (this.running = await this.program.open({ database, dataDir, origin, log: print }));
    await running.server.listen({ host: HOST, port }).catch(error => {
      throw toListenError(error, port);
    });
    running.start();
    running.lines.forEach(print);
    print(`Open ${origin}/ in a browser. Ctrl+C stops.`);
    this.isReady = true;
    print(`ready ${origin}/`);
  }

  /** Before everything is ready no request has been answered, so the process can end at once. */
  private readonly onSignal = (): void => {
    if (!this.isReady || this.isStopping) {
      this.dataDir?.release();
      process.exit(this.isStopping ? 130 : 0);
    }
    this.isStopping = true;
    print('stopping');
    this.stop().then(() => process.exit(0), this.fail);
  };

  private async stop(): Promise<void> {
    await this.running?.stop();
    await this.database?.close();
    this.dataDir?.release();
  }

  private readonly fail = (error: unknown): void => {
    printError(error, this.program.options);
    this.dataDir?.release();
    process.exit(1);
  };
}

/** Tries the port before the database opens, because opening takes seconds. */
async function checkPort(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', error => reject(toListenError(error, port)));
    probe.listen(port, HOST, () => probe.close(() => resolve()));
  });
}
