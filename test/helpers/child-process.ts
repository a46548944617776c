/** Programs as processes of their own, and what they print. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface ChildProgram {
  process: ChildProcess;
  /** what it has printed, line by line, both streams */
  lines: string[];
  /** until it has printed a line that begins like this */
  waitForLine(start: string): Promise<void>;
  /** until it ended; its exit code, or the signal that ended it */
  ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): Promise<number | string>;
}

/**
 * Flags of Node for a program in TypeScript. The baseline compiler alone, because no test runs long enough to earn back
 * what optimizing PGlite's WebAssembly costs.
 */
export const TYPESCRIPT = ['--liftoff-only', '--require', join(__dirname, '../jest/require-typescript.js')];

const running = new Set<ChildProcess>();

/** @param env replaces what it would inherit */
export function startProgram(
  command: string,
  args: string[],
  { cwd, env }: { cwd: string; env: Record<string, string | undefined> },
): ChildProgram {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const look = () => waiting.forEach(one => one());
  const ended = new Promise<number | string>(done => {
    const end = (how: number | string) => {
      running.delete(child);
      done(how);
      look();
    };
    child.once('close', (code, signal) => end(signal ?? code ?? -1));
    child.once('error', error => end(String(error)));
  });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      look();
    });
  }
  const waitForLine = (start: string) =>
    new Promise<void>((found, fail) => {
      const one = () => {
        const there = lines.some(line => line.startsWith(start));
        if (!there && running.has(child)) return;
        waiting.delete(one);
        if (there) found();
        else fail(new Error(`${command} ended without "${start}":\n${lines.join('\n')}`));
      };
      waiting.add(one);
      one();
    });
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return { process: child, lines, waitForLine: waitForLine, ended, kill };
}

/** Ends what a failed test has left behind. */
export function endPrograms(): void {
  running.forEach(child => child.kill('SIGKILL'));
}
