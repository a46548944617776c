/**
 * How an amount may have looked when it was signed.
 */
import { formatFen, parseFen } from '../../utils/order/money';

/** What an amount looks like in yuan, as a decimal, as the rest of a float. */
export function amountsFor(sent: string): string[] {
  const fen = parseFen(sent);
  const number = Number(sent);
  if (!Number.isFinite(number)) return [];
  const yuan = number / 100;
  const guesses = [
    yuan.toFixed(2),
    String(yuan),
    yuan.toFixed(1),
    yuan.toFixed(0),
    formatFen(fen ?? 0),
    sent + '.0',
    sent + '.00',
    sent + '.000',
    sent + '.0000',
    number.toFixed(2),
    String(yuan * 100),
    String(number),
    number.toExponential().toUpperCase().replace('+', ''),
    String(Math.round(number * 100)),
    String(number * 100),
    (number * 100).toFixed(2),
    String(Math.trunc(number)),
    String(fen === null ? Math.round(number * 100) - 1 : fen - 1),
    String(fen === null ? Math.round(number * 100) + 1 : fen + 1),
    (yuan.toExponential().includes('e') ? yuan.toExponential() : '').toUpperCase().replace('+', ''),
    '0' + sent,
    '¥' + yuan.toFixed(2),
    yuan.toFixed(2) + '元',
  ];
  return [...new Set(guesses)].filter(guess => guess && guess !== sent);
}
