/** Why an order is refused, in the two languages of developers. What a person reads on the phone is `errMsg`, and Chinese. */
import type { Locale } from '../../merchant';
import { diagnoseOrder } from '../../merchant';
import { diagnosis, type RawFinding } from '../../merchant/diagnose/finding';
import { problemFinding } from '../../merchant/diagnose/order';
import type { JsonObject } from '../../merchant/json';
import type { KeyInput } from '../../merchant/keys';
import type { OrderProblem } from '../../merchant/order-rules';

/** A sentence for each reason. */
export type Reasons = Record<Locale, string[]>;

export const reason = (en: string, zhCN: string): Reasons => ({ en: [en], 'zh-CN': [zhCN] });

/** Finds out why a signature does not hold. */
export type Explain = (order: object, publicKey: KeyInput) => Reasons;

/** As the doctor explains it. What was signed is searched for once: that takes up to a fifth of a second. */
export const explainSignature: Explain = (order, publicKey) =>
  inWords(diagnoseOrder(order, publicKey).findings.filter(({ severity }) => severity === 'error'));

/** What is wrong with the form of an order, in the doctor's words. */
export function explainProblems(problems: readonly OrderProblem[], order: object): Reasons {
  const fields = order as JsonObject;
  return inWords(problems.map(problem => problemFinding(problem, fields, fields)));
}

function inWords(findings: readonly RawFinding[]): Reasons {
  const words = (locale: Locale): string[] =>
    diagnosis(findings, locale).findings.map(({ code, message, fix }) => `${code}: ${message} ${fix}`);
  return { en: words('en'), 'zh-CN': words('zh-CN') };
}

/**
 * The language of an Accept-Language header: Chinese when that is wanted most, English for all others, as the console
 * chooses its own.
 */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '').split(',').map(part => {
    const [name = '', ...parameters] = part.split(';').map(text => text.trim());
    const quality = parameters.find(each => /^q=/i.test(each))?.slice(2);
    return { name, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
  const [first] = wanted.sort((a, b) => b.quality - a.quality);
  return first && /^zh\b/i.test(first.name) && first.quality > 0 ? 'zh-CN' : 'en';
}
