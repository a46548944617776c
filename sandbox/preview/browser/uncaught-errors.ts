import type { Runtime } from '../runtime/runtime-types';

/** Reports what the mini-program's code throws when no function of the preview called it: in timers and promises. */
export function listenForUncaughtErrors(report: Runtime['report']): void {
  // The report is in the console already, so the browser need not print the error, too.
  window.addEventListener('error', event => {
    event.preventDefault();
    report(event.error ?? event.message, scriptOf(event.error), { reachesApp: true });
  });
  window.addEventListener('unhandledrejection', event => {
    event.preventDefault();
    report(event.reason, scriptOf(event.reason));
  });
}

/** The first script of the mini-program in an error's stack; their names begin with `swan/`. */
function scriptOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return /\bswan\/([^\s()]+?\.js)\b/.exec(stack)?.[1] ?? 'uncaught';
}
