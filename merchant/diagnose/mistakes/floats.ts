/**
 * How languages write numbers with a decimal point, and what they lose of long ones: amounts and ids that went through a float.
 */

/** Neighbours in the set of doubles that sums and products of a few amounts may end at. */
const NEIGHBOURS = 4;

/** The doubles next to a number, by their bits. */
function neighbours(number: number): number[] {
  const [float, bits] = [new Float64Array([number]), new DataView(new ArrayBuffer(8))];
  bits.setFloat64(0, float[0] ?? 0);
  const middle = bits.getBigUint64(0);
  const found: number[] = [];
  for (let distance = -NEIGHBOURS; distance <= NEIGHBOURS; distance++) {
    if (distance === 0 || number <= 0) continue;
    bits.setBigUint64(0, middle + BigInt(distance));
    found.push(bits.getFloat64(0));
  }
  return found;
}

/** With an exponent: as Go and Python, as BigDecimal of Java, as Double of Java, as PHP with 14 digits. */
function exponentForms(number: number): string[] {
  const [mantissa = '', exponent = ''] = number.toExponential().split(/e\+?/);
  const [short = ''] = number.toExponential(13).split('e');
  const decimal = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return [
    `${mantissa}e+${exponent.padStart(2, '0')}`,
    `${mantissa}E+${exponent}`,
    `${decimal}E${exponent}`,
    `${mantissa}E${exponent}`,
    `${short.replace(/\.?0+$/, '')}E+${exponent}`,
  ];
}

/** Ways to write an amount that was computed as a float. */
export function floatForms(number: number): string[] {
  return [
    ...[1, 2, 3, 4, 6, 8].map(decimals => number.toFixed(decimals)),
    ...(number >= 10 ? exponentForms(number) : []),
    ...neighbours(number).map(String),
    number.toLocaleString('en-US'),
    number.toLocaleString('en-US', { minimumFractionDigits: 2 }),
  ];
}

/** Digits from which a double may not hold a whole number exactly. */
const LONG_ID = /^[1-9]\d{15,18}$/;

/** The texts that an id becomes as a double: rounded by JavaScript, exact as the double, with an exponent. */
export function roundedForms(id: string): string[] {
  if (!LONG_ID.test(id)) return [];
  const number = Number(id);
  return [...new Set([String(number), String(BigInt(number)), ...exponentForms(number)])].filter(
    text => text !== id,
  );
}

/** The ids that a rounded one may have been: those with the same double, at most about a thousand. */
export function* exactForms(id: string): Generator<string> {
  if (!LONG_ID.test(id)) return;
  const number = Number(id);
  const double = BigInt(number);
  if (id !== String(number) && id !== String(double)) return;
  for (let distance = 0n; distance <= 1024n; distance++) {
    const [above, below] = [double + distance, double - distance];
    const isSame = [Number(above) === number, Number(below) === number];
    if (!isSame[0] && !isSame[1]) return;
    if (isSame[0] && String(above) !== id) yield String(above);
    if (isSame[1] && distance > 0n && String(below) !== id) yield String(below);
  }
}
