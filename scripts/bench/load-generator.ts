/** A load generator in a process of its own: HTTP requests over connections that stay open. */
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

export interface LoadResult {
  /** from the first request to the end of the last answer */
  milliseconds: number;
  /** in the order of the posts */
  bodies: string[];
}

/** Message of the process about a load: the responses, or why there are none. */
export type LoadMessage = LoadResult | { error: string };

/** Starts the process. It ends with `close`, with this process, or after `lifetime` ms, whichever comes first. */
export function startLoadGenerator(lifetime: number): {
  send(load: Load): Promise<LoadResult>;
  close(): void;
} {
  const child = fork(join(__dirname, 'load-generator-process.ts'), { timeout: lifetime });
  return {
    send: load =>
      new Promise((done, fail) => {
        const ended = (): void => fail(new Error('the load generator ended before its last response'));
        child.once('exit', ended);
        child.once('message', (report: LoadMessage) => {
          child.off('exit', ended);
          if ('error' in report) fail(new Error(`a request failed: ${report.error}`));
          else done(report);
        });
        child.send(load);
      }),
    close: () => child.disconnect(),
  };
}
