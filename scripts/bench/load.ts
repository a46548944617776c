/** What a shop gets from outside: requests of another process, over connections that stay open. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface Post {
  headers: Record<string, string>;
  body: string;
}

/** At most `connections` of the posts are on their way at a time. */
export interface Load {
  url: string;
  posts: Post[];
  connections: number;
}

export interface Answers {
  /** from the first request to the end of the last answer */
  milliseconds: number;
  /** in the order of the posts */
  bodies: string[];
}

/** The word of the process about a load: what came back, or why it did not. */
export type Report = Answers | { error: string };

/** Starts the process. It ends with `close`, with this process, or after `lifetime` ms, whichever comes first. */
export function openLoad(lifetime: number): { send(load: Load): Promise<Answers>; close(): void } {
  const child = fork(join(__dirname, 'load-process.ts'), { timeout: lifetime });
  return {
    send: load =>
      new Promise((done, fail) => {
        const ended = (): void => fail(new Error('the load ended before its last answer'));
        child.once('exit', ended);
        child.once('message', (report: Report) => {
          child.off('exit', ended);
          if ('error' in report) fail(new Error(`a request failed: ${report.error}`));
          else done(report);
        });
        child.send(load);
      }),
    close: () => child.disconnect(),
  };
}
