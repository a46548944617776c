import type { ApiFailure } from '../../merchant';

/** Whether Baidu understood a call and said no. Any other failure says nothing about the order: ask again later. */
export function saidNo({ kind, retryable }: ApiFailure): boolean {
  return kind === 'business' && !retryable;
}
