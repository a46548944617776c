/**
 * dist/utils/index.js: the public API, and below it what the components share with it. One file, so that a component
 * folder and this one are all a mini-program has to copy.
 */
export * from './index';

export { isOnTop } from './audience';
export { type BackendResult, look, type LookResult, readStatus, send } from './backend';
export { settings, text, timing } from './config';
export { type Definition, defineComponent, type PropertyOption, type Types } from './define-component';
export { hash, stableJson } from './hash';
export { TOAST_LENGTH } from './messages';
export { MAX_FEN } from './money';
export { copyText, isIos, toast } from './host';
export { jsonObject } from './order-info';
export { toBoolean, toFen, toObject, toText } from './normalize';
export { INVALID, readOrderInfo } from './order-request';
export { isOrderStatus, isPaid } from './order-status';
export type { Failure } from './payment';
export { registry } from './registry';
export type { Source, View } from './source';
