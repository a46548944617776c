/**
 * The errors that the kit throws. Each has a `code`, which also identifies it where `instanceof` cannot: in a project with
 * two copies of the package.
 */

/** Base class of every error that the kit throws. The message names the cause and the fix. */
export class MerchantError<Code extends string = string> extends Error {
  override readonly name: string = 'MerchantError';

  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(message);
  }
}

export type KeyErrorCode =
  | 'KEY_EMPTY'
  | 'KEY_TOO_LARGE'
  | 'KEY_NOT_BASE64'
  | 'KEY_NOT_READABLE'
  | 'KEY_ENCRYPTED'
  | 'KEY_OPENSSH'
  | 'KEY_NOT_RSA'
  | 'KEY_IS_PROMISE'
  | 'KEY_IS_REQUEST'
  | 'KEY_IS_KEYSTORE'
  | 'KEY_IS_JWK'
  | 'KEY_IS_FILE_NAME'
  | 'KEY_IS_HEX'
  | 'KEY_PLUS_BECAME_SPACE'
  | 'KEY_IS_PUBLIC';

/** A key that is missing or cannot be used. The message never holds key material. */
export class KeyError extends MerchantError<KeyErrorCode> {
  override readonly name = 'KeyError';

  /** @param detail what the message is about: the type of a key that is not RSA, the size of one that is too large */
  constructor(
    code: KeyErrorCode,
    message: string,
    readonly detail?: string,
  ) {
    super(code, message);
  }
}

/** An argument or option that is missing or wrong. */
export class InvalidArgumentError extends MerchantError<'INVALID_ARGUMENT'> {
  override readonly name = 'InvalidArgumentError';

  /**
   * @param argument the name of the argument, or of the field in it
   * @param message begins with that name
   */
  constructor(
    readonly argument: string,
    message: string,
  ) {
    super('INVALID_ARGUMENT', message);
  }
}
