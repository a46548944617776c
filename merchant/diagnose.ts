/**
 * Why a signature is refused: 签名错误, explained. Pure; the command line, the local cashier and tests use it alike.
 */
export { diagnoseOrder, explainRefusal } from './diagnose/order';
export type { OrderOptions } from './diagnose/order';
export { diagnoseNotification } from './diagnose/notification';
export type { NotificationDiagnosisOptions } from './diagnose/notification';
export { compareKeys } from './diagnose/key-pair';
export type { KeyPairOptions } from './diagnose/key-pair';
export { isAboutKeyFile, isUnreadable, severityOf } from './diagnose/codes';
export type { FindingCode, Severity } from './diagnose/codes';
export type { Diagnosis, Finding, Locale } from './diagnose/finding';
