/** Says which properties hold what nobody understands. Such a value counts as the property's default. */
import { stableJson } from '../../utils/bundle';

export type Report = (property: string, problem: string) => void;

/** What a property may be; nothing, null and a bare attribute stand for its default. */
const CHOICES: Record<string, string[]> = {
  type: ['primary', 'default', 'warn'],
  size: ['default', 'mini'],
  toast: ['auto', 'none'],
  disabled: ['true', 'false'],
  manual: ['true', 'false'],
  virtualGoods: ['true', 'false'],
};

const TEXTS = [
  'text',
  'method',
  'orderKey',
  'createUrl',
  'statusUrl',
  'inlinePaySign',
  'payResultUrl',
  'promotionTag',
];

export function checkProperties(values: Record<string, unknown>, report: Report): void {
  const complain = (name: string, wanted: string): void =>
    report(
      name.replace(/[A-Z]/g, letter => '-' + letter.toLowerCase()),
      'must be ' + wanted + ', got ' + stableJson(values[name]),
    );
  Object.keys(CHOICES).forEach(name => {
    const choices = CHOICES[name] as string[];
    if (!/^(|true|null|undefined)$/.test('' + values[name]) && choices.indexOf('' + values[name]) < 0) {
      complain(name, choices.join(' or '));
    }
  });
  TEXTS.forEach(name => {
    if (values[name] && typeof values[name] === 'object') complain(name, 'text');
  });
}
