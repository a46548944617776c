/**
 * An error that the operator of the program can put right: its message is a sentence, and needs no stack.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
