/** Something the person who starts the demo can put right: its message says what and how. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
