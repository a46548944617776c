/** Why the cashier refuses an order: in Chinese for the user, in two languages for the developer. */
import { diagnoseOrder, type Locale } from '../../merchant';
import { toDiagnosis, type RawFinding } from '../../merchant/diagnose/finding';
import { problemFinding } from '../../merchant/diagnose/order';
import type { JsonObject } from '../../merchant/json';
import type { KeyInput } from '../../merchant/keys';
import type { OrderProblem } from '../../merchant/order-rules';

/** A sentence for each reason. */
export type Reasons = Record<Locale, string[]>;

export const toReasons = (en: string, zhCN: string): Reasons => ({ en: [en], 'zh-CN': [zhCN] });

/** Why the cashier does not take an order. `errMsg` may be shown to the user, `reasons` are for the developer. */
export interface Rejection {
  ok: false;
  errCode: number;
  errMsg: string;
  reasons: Reasons;
}

export const rejection = (errCode: number, errMsg: string, reasons: Reasons): Rejection => ({
  ok: false,
  errCode,
  errMsg,
  reasons,
});

/** Returns true for a rejection, false for what is there instead when nothing was rejected. */
export const isRejection = (result: object): result is Rejection => 'ok' in result && result.ok === false;

/** Why a signature is not valid, in the doctor's words. The search for what was signed takes up to a fifth of a second. */
export function explainSignature(order: object, publicKey: KeyInput): Reasons {
  const { findings } = diagnoseOrder(order, publicKey);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const reasons = translateFindings(errors);
  return errors.some(({ code }) => code === 'WRONG_KEY') ? withKeyOfSandbox(reasons) : reasons;
}

/** The doctor's advice is about Baidu's console, and here the key comes from the command line. */
function withKeyOfSandbox({ en, 'zh-CN': zhCN }: Reasons): Reasons {
  return {
    en: [
      ...en,
      'The sandbox knows the public key of --key FILE; without --key, sign with the MERCHANT_PRIVATE_KEY_FILE that it printed when it started.',
    ],
    'zh-CN': [
      ...zhCN,
      '沙箱使用 --key FILE 给出的公钥；没有 --key 时，请用它启动时打印的 MERCHANT_PRIVATE_KEY_FILE 签名。',
    ],
  };
}

/** What is wrong with the form of an order, in the doctor's words. */
export function explainProblems(problems: readonly OrderProblem[], order: object): Reasons {
  const fields = order as JsonObject;
  return translateFindings(problems.map(problem => problemFinding(problem, fields, fields)));
}

function translateFindings(findings: readonly RawFinding[]): Reasons {
  const words = (locale: Locale): string[] =>
    toDiagnosis(findings, locale).findings.map(
      // Nothing comes between Chinese sentences.
      ({ code, message, fix }) => `${code}: ${[message, fix].join(locale === 'en' ? ' ' : '')}`,
    );
  return { en: words('en'), 'zh-CN': words('zh-CN') };
}
