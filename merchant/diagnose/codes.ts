/**
 * Every finding by its code. The words for them are in messages.en.ts and messages.zh-CN.ts.
 */
import type { OrderInfoCode } from '../../utils/order/order-info';
import type { KeyErrorCode } from '../errors';
import type { FormProblem } from '../form-body';
import type { OrderRuleCode } from '../order-rules';

/** error: the platform refuses it. warning: it works here and may not elsewhere. info: a fact worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

type InputCode =
  | 'INPUT_EMPTY'
  | 'INPUT_TOO_LARGE'
  | 'INPUT_NOT_TEXT'
  | 'INPUT_NOT_JSON'
  | 'INPUT_TOO_DEEP'
  | 'INPUT_NOT_NOTIFICATION'
  | 'INPUT_IS_KEY'
  | 'INPUT_IS_ORDER'
  | 'INPUT_IS_NOTIFICATION'
  | 'INPUT_WITHOUT_VALUES'
  | 'INPUT_EXTRACTED'
  | 'INPUT_SEVERAL_ORDERS'
  | 'INPUT_SEVERAL_NOTIFICATIONS'
  | 'ANSWER_NOT_JSON_ALONE'
  | 'ANSWER_ENVELOPE_UNKNOWN'
  | 'ORDERINFO_NOT_FOUND';

/** How the base64 of a signature was changed on its way. */
export type Base64Code =
  | 'BASE64_PERCENT_ENCODED'
  | 'BASE64_PLUS_BECAME_SPACE'
  | 'BASE64_SPACES'
  | 'BASE64_LINE_BREAKS'
  | 'BASE64_URLSAFE'
  | 'BASE64_NO_PADDING'
  | 'BASE64_DECORATED'
  | 'HEX_INSTEAD_OF_BASE64'
  | 'BYTES_INSTEAD_OF_BASE64'
  | 'BINARY_AS_TEXT'
  | 'OBJECT_INSTEAD_OF_SIGNATURE'
  | 'SIGNATURE_TOO_LONG'
  | 'DOUBLE_BASE64'
  | 'SIGNATURE_BYTES_CHANGED'
  | 'NOT_BASE64';

export type SignatureCode =
  | 'HASH_INSTEAD_OF_SIGNATURE'
  | 'HASH_LIKE_SIGNATURE'
  | 'ECDSA_SIGNATURE'
  | 'SIGNATURE_TOO_SHORT'
  | 'SIGNATURE_CUT'
  | 'SIGNATURE_LENGTH'
  | 'WRONG_KEY'
  | 'WRONG_KEY_SIZE'
  | 'PSS_PADDING'
  | 'WRONG_DIGEST_MD5'
  | 'WRONG_DIGEST_SHA224'
  | 'WRONG_DIGEST_SHA256'
  | 'WRONG_DIGEST_SHA384'
  | 'WRONG_DIGEST_SHA512'
  | 'WRONG_DIGEST_OTHER'
  | 'NO_DIGESTINFO_PLAINTEXT'
  | 'NO_DIGESTINFO_SHA1'
  | 'NO_DIGESTINFO_SHA1_HEX'
  | 'NO_DIGESTINFO_MD5'
  | 'NO_DIGESTINFO_SHA256'
  | 'NO_DIGESTINFO_UNKNOWN';

type TextCode =
  | 'RANGE1_SIGNED_WITHOUT_TOTALAMOUNT'
  | 'RANGE0_SIGNED_WITH_TOTALAMOUNT'
  | 'EXTRA_FIELDS_SIGNED'
  | 'FIELD_NOT_SIGNED'
  | 'UNSORTED'
  | 'VALUES_CONCATENATED'
  | 'SEPARATOR_WRONG'
  | 'JSON_SIGNED'
  | 'TRAILING_AMP'
  | 'TRAILING_NEWLINE'
  | 'EXTRA_CHARACTERS'
  | 'DOUBLE_DIGEST'
  | 'KEY_CASE'
  | 'AMOUNT_SIGNED_DIFFERS_FROM_SENT'
  | 'SIGNED_VALUE_DIFFERS_FROM_SENT'
  | 'VALUES_URLENCODED'
  | 'WHOLE_STRING_URLENCODED'
  | 'CHARSET_NOT_UTF8'
  | 'TEXT_UNKNOWN';

type NotificationCode =
  | FormProblem
  | 'BODY_DECODED'
  | 'SIGNATURE_MISSING'
  | 'NOTIFY_VERIFIED_WITH_DEVELOPER_KEY'
  | 'NOTIFY_PARAM_MISSING'
  | 'NOTIFY_QUERY_PARAM_INCLUDED'
  | 'NOTIFY_WRONG_CHARSET'
  | 'NOTIFY_PARAM_RENAMED'
  | 'NOTIFY_CHARACTERS_LOST'
  | 'NOTIFY_VALUE_CONVERTED'
  | 'NOTIFY_TAMPERED'
  | 'NOTIFY_SPLICED'
  | 'PARAMETER_MALFORMED'
  | 'KIND_UNKNOWN';

export type KeyCode =
  | Exclude<KeyErrorCode, 'KEY_IS_PUBLIC'>
  | 'KEY_NOT_GIVEN'
  | 'KEY_IS_PRIVATE'
  | 'PRIVATE_KEY_MISSING'
  | 'KEYS_DO_NOT_MATCH'
  | 'KEYS_SWAPPED'
  | 'KEY_FORMAT'
  | 'KEY_SIZE_UNDOCUMENTED'
  | 'KEY_WITH_BOM'
  | 'KEY_WITH_CRLF'
  | 'KEY_WITH_QUOTES'
  | 'KEY_WITH_LITERAL_NEWLINES'
  | 'KEY_WITHOUT_PEM'
  | 'KEY_IS_BASE64_OF_PEM'
  | 'KEY_ON_ONE_LINE'
  | 'KEY_WRONG_LABEL'
  | 'KEY_IS_DER'
  | 'KEY_WITH_NAME'
  | 'KEY_IS_URLSAFE'
  | 'KEY_WITH_FOREIGN_CHARACTERS';

export type FindingCode =
  | InputCode
  | OrderInfoCode
  | OrderRuleCode
  | Base64Code
  | SignatureCode
  | TextCode
  | NotificationCode
  | KeyCode;

const WARNINGS: readonly FindingCode[] = [
  'ORDERINFO_IS_TEXT',
  'NUMBER_INSTEAD_OF_STRING',
  'SIGN_RANGE_NOT_1',
  'APPKEY_IS_MINIAPP_KEY',
  'TPORDERID_AMBIGUOUS',
  'TPORDERID_UNUSUAL',
  'BANNEDCHANNELS_MISPLACED',
  'BIZINFO_TPDATA_MISMATCH',
  'BIZINFO_KEY_CASE',
  'RETURNDATA_NOT_OBJECT',
  'BODY_DECODED',
  'KEY_NOT_GIVEN',
  'KEY_IS_PRIVATE',
  'KEYS_SWAPPED',
  'KEY_SIZE_UNDOCUMENTED',
  'KEY_WITH_BOM',
  'KEY_WITH_QUOTES',
  'KEY_WITH_LITERAL_NEWLINES',
  'KEY_ON_ONE_LINE',
  'KEY_WRONG_LABEL',
  'KEY_IS_BASE64_OF_PEM',
  'KEY_WITH_NAME',
  'KEY_IS_URLSAFE',
  'KEY_WITH_FOREIGN_CHARACTERS',
  'INPUT_SEVERAL_ORDERS',
  'INPUT_SEVERAL_NOTIFICATIONS',
  'ANSWER_ENVELOPE_UNKNOWN',
];

const INFOS: readonly FindingCode[] = [
  'INPUT_EXTRACTED',
  'KEY_FORMAT',
  'KEY_WITH_CRLF',
  'KEY_WITHOUT_PEM',
  'KEY_IS_DER',
];

export function severityOf(code: FindingCode): Severity {
  if (WARNINGS.includes(code)) return 'warning';
  return INFOS.includes(code) ? 'info' : 'error';
}

const UNREADABLE_KEYS: readonly FindingCode[] = [
  'KEY_EMPTY',
  'KEY_TOO_LARGE',
  'KEY_NOT_BASE64',
  'KEY_NOT_READABLE',
  'KEY_ENCRYPTED',
  'KEY_OPENSSH',
  'KEY_NOT_RSA',
  'KEY_IS_PROMISE',
  'KEY_IS_REQUEST',
  'KEY_IS_KEYSTORE',
  'KEY_IS_JWK',
  'KEY_IS_FILE_NAME',
  'KEY_IS_HEX',
  'KEY_PLUS_BECAME_SPACE',
];

/** Returns true if the input itself could not be read, so that nothing was examined. */
export function isUnreadable(code: FindingCode): boolean {
  const isExamined = code === 'INPUT_EXTRACTED' || code.startsWith('INPUT_SEVERAL_');
  return (code.startsWith('INPUT_') && !isExamined) || UNREADABLE_KEYS.includes(code);
}

/** Returns true for a finding about a key as it was given, to which the name of its file is added. */
export function isAboutKeyFile(code: FindingCode): boolean {
  return code === 'KEY_IS_PRIVATE' || UNREADABLE_KEYS.includes(code);
}
