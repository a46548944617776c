import type { AtRule } from 'postcss';

/** A condition that the size of the screen decides. */
const SIZE = /^\(\s*[^()]*\b(width|height|orientation|aspect-ratio)\b[^()]*\)$/;
/** What every phone is. */
const MEDIA_TYPE = /^((only\s+)?screen|all)$/i;

/**
 * Makes a @media rule ask for the size of the phone's screen instead of the window's. The screen is the container that the
 * pages are drawn in; conditions of another kind stay in a @media rule around it.
 */
export function measureScreen(rule: AtRule): void {
  const queries = rule.params.split(',').map(query => query.trim().split(/\s+and\s+/i));
  const sizes = queries.map(conditions => conditions.filter(condition => SIZE.test(condition)));
  if (!sizes.some(({ length }) => length)) return;
  const others = queries.map(conditions =>
    conditions.filter(condition => !SIZE.test(condition) && !MEDIA_TYPE.test(condition)),
  );
  // A list that mixes both kinds has no equivalent.
  if (queries.length > 1 && (others.some(({ length }) => length) || sizes.some(({ length }) => !length)))
    return;
  const outer = others[0] ?? [];
  const inner = outer.length ? rule.clone() : rule;
  inner.name = 'container';
  inner.params = sizes
    .map(conditions => conditions.join(' and ').replace(/\bdevice-(?=width|height|aspect-ratio)/g, ''))
    .map(conditions => (sizes.length > 1 ? `(${conditions})` : conditions))
    .join(' or ');
  if (outer.length) {
    rule.params = outer.join(' and ');
    rule.removeAll();
    rule.append(inner);
  }
}
