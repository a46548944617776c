/** A name without its case and separators, in which the naming styles of languages differ. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');
