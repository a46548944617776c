/** Stands, in compiled css, for the tag a component is used under, which names its classes. */
export const TAG_MARK = '\u0001';

/** Stands, in compiled css, for the address the mini-program's own files are served under. */
export const ASSET_MARK = '\u0002';
