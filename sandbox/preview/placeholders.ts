/** In compiled css: the tag a component is used under, which names its classes. */
export const TAG_PLACEHOLDER = '\u0001';

/** In compiled css: the address the mini-program's own files are served under. */
export const ASSET_PLACEHOLDER = '\u0002';
