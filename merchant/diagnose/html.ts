/** Entities that filters write for the characters of markup, quotes and base64. */
const ENTITIES: [RegExp, string][] = [
  [/&quot;|&#0*34;|&#x0*22;/gi, '"'],
  [/&apos;|&#0*39;|&#x0*27;/gi, "'"],
  [/&#0*47;|&#x0*2f;|&sol;/gi, '/'],
  [/&#0*43;|&#x0*2b;|&plus;/gi, '+'],
  [/&#0*61;|&#x0*3d;|&equals;/gi, '='],
  [/&#0*96;|&#x0*60;/gi, '`'],
  [/&lt;|&#0*60;|&#x0*3c;/gi, '<'],
  [/&gt;|&#0*62;|&#x0*3e;/gi, '>'],
  // Last, so that what is escaped twice is unescaped once.
  [/&amp;|&#0*38;|&#x0*26;/gi, '&'],
];

/** Undoes escaping for HTML, once. */
export function unescapeHtml(text: string): string {
  return ENTITIES.reduce((rest, [entity, character]) => rest.replace(entity, character), text);
}
