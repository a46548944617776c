/**
 * An error that the person who runs the program can put right: its message is a sentence for them, and needs no stack.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
