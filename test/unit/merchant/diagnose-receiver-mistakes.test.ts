/** What receivers do to a genuine notification before they verify it. */
import { diagnoseNotification, signNotification, verifyNotification } from '../../../merchant';
import type { Finding } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { platform } from './vectors';

type Params = Record<string, string>;
const { privateKey, publicKey } = createKeyPair();
const signed = (changes: Params): Params => signNotification({ ...platform.params, ...changes }, privateKey);
const find = (params: Params, locale: 'en' | 'zh-CN' = 'en'): Finding[] =>
  diagnoseNotification(new URLSearchParams(params).toString(), publicKey, { locale }).findings;
const renamed = (params: Params, style: (name: string) => string): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [style(name), value]));

describe('diagnoseNotification blames the receiver, not the platform,', () => {
  const genuine = signed({ returnData: '{"n":"商城"}', tpOrderId: '订单12' });

  test.each(['latin1', 'windows-1252', 'gbk'])('when UTF-8 was decoded as %s', charset => {
    const misread = (text: string): string =>
      charset === 'latin1'
        ? Buffer.from(text).toString('latin1')
        : new TextDecoder(charset).decode(Buffer.from(text));
    const params = { ...genuine, returnData: misread('{"n":"商城"}'), tpOrderId: misread('订单12') };
    const found = find(params);
    expect(found).toMatchObject([
      {
        code: 'NOTIFY_WRONG_CHARSET',
        evidence: {
          parameter: expect.stringMatching(/tpOrderId.*returnData|returnData.*tpOrderId/) as string,
        },
      },
    ]);
    expect(found[0]?.fix).toMatch(/setCharacterEncoding/);
  });

  test('when UTF-8 was decoded as GBK and half a character is lost', () => {
    const one = signed({ returnData: '{"n":"商"}' });
    const garbled = new TextDecoder('gbk').decode(Buffer.from('{"n":"商"}'));
    expect(garbled).toContain('\ufffd');
    const found = find({ ...one, returnData: garbled });
    expect(found).toMatchObject([{ code: 'NOTIFY_CHARACTERS_LOST', evidence: { parameter: 'returnData' } }]);
    expect(found[0]?.message).toMatch(/most likely/);
  });

  test.each([
    ['in lower case', (name: string) => name.toLowerCase()],
    ['in upper case', (name: string) => name.toUpperCase()],
    ['as properties of C#', (name: string) => name.charAt(0).toUpperCase() + name.slice(1)],
    ['with underscores', (name: string) => name.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase())],
  ])('when the names were written %s', (_how, style) => {
    const keepsSign = renamed(genuine, name => (name === 'rsaSign' ? name : style(name)));
    expect(find(keepsSign).map(({ code }) => code)).toEqual(['NOTIFY_PARAM_RENAMED']);
    const codes = new Set(find(renamed(genuine, style)).map(({ code }) => code));
    expect([...codes]).toEqual(['NOTIFY_PARAM_RENAMED']);
  });

  test.each([
    ['{} or [] made empty', { promoDetail: '{}' }, { promoDetail: '' }],
    ['{} or [] made empty', { promoDetail: '[]' }, { promoDetail: '' }],
    ['escaped for HTML', { returnData: `{"a":"it's <b>"}` }, { returnData: '{"a":"it&#x27;s &lt;b&gt;"}' }],
    ['percent-decoded once more', { returnData: '{"a":"100%25"}' }, { returnData: '{"a":"100%"}' }],
    [
      'JSON written anew, with \\u0026 as Go does',
      { returnData: '{"a":1.10,"b":"c&d"}' },
      { returnData: '{"a":1.10,"b":"c\\u0026d"}' },
    ],
    [
      'JSON written anew (PHP makes [] of {})',
      { returnData: '{"a":{},"b":"商/"}' },
      { returnData: '{"a":[],"b":"\\u5546\\/"}' },
    ],
    ...['Array', '[object Object]', '{cart=17, n=商}', "{'cart': 17}", 'map[cart:17]'].map(
      (returnData): [string, Params, Params] => [
        'parsed into an object, which was printed again',
        { returnData: '{"cart":17}' },
        { returnData },
      ],
    ),
    [
      'divided by 100, as yuan',
      { totalMoney: '5', payMoney: '5', unitPrice: '5' },
      { totalMoney: '0.05', payMoney: '0.05', unitPrice: '0.05' },
    ],
    ['divided by 100, as yuan', {}, { totalMoney: '113.00', payMoney: '113.00', unitPrice: '113.00' }],
    [
      'rounded as a number beyond 2^53',
      { tpOrderId: '1349625084474417153' },
      { tpOrderId: '1349625084474417200' },
    ],
    ['rounded as a number beyond 2^53', { userId: '9007199254740993' }, { userId: '9007199254740992' }],
  ] as [string, Params, Params][])('when a value was %s', (how, sent, received) => {
    expect(find({ ...signed(sent), ...received })).toMatchObject([
      { code: 'NOTIFY_VALUE_CONVERTED', evidence: { how } },
    ]);
  });
});

test('diagnoseNotification finds nothing when values look garbled, rounded or renamed but are genuine', () => {
  const odd = { returnData: '{"n":"Ã¤Â¸"}', tpOrderId: '1349625084474417200', userid: '7', total_money: '1' };
  expect(find(signed(odd))).toEqual([]);
});

test('diagnoseNotification does not speak of yuan when a number got a zero in front', () => {
  const findings = find({ ...signed({}), count: '01' });
  expect(findings).toMatchObject([{ code: 'NOTIFY_TAMPERED', evidence: { detail: 'count: 1 → 01' } }]);
});

test('diagnoseNotification still says that the platform signed other values when an amount was changed', () => {
  const params = { ...signed({ returnData: '{"n":"商城"}' }), totalMoney: '1' };
  expect(find(params).map(({ code }) => code)).toEqual(['NOTIFY_TAMPERED']);
});

describe('verifyNotification says in its message', () => {
  const genuine = signed({});
  const { rsaSign = '' } = genuine;
  test.each([
    ['URL-safe', `${rsaSign.slice(0, 40)}-${rsaSign.slice(41)}`],
    ['without padding', rsaSign.replace(/=+$/, '')],
    ['in two lines', `${rsaSign.slice(0, 76)}\n${rsaSign.slice(76)}`],
    ['percent-encoded', encodeURIComponent(rsaSign)],
  ])('that rsaSign is not standard base64 when it is %s', (_how, changed) => {
    expect(verifyNotification({ ...genuine, rsaSign: changed }, publicKey)).toMatchObject({
      code: 'SIGNATURE_REFUSED',
      message: expect.stringMatching(/^rsaSign is not standard base64/) as string,
    });
  });

  test('that the body is base64 when a gateway passed it so', () => {
    const body = Buffer.from(new URLSearchParams(genuine).toString()).toString('base64');
    expect(verifyNotification(body, publicKey)).toMatchObject({
      code: 'SIGNATURE_MISSING',
      message: expect.stringMatching(/isBase64Encoded/) as string,
    });
  });
});

test('diagnoseNotification reports BODY_DECODED only when JSON in a decoded body holds &', () => {
  const back = JSON.stringify({ back: '/pages/order?a=1&orderId=5', note: 'say "x"&status=1' });
  let params = signed({ returnData: back });
  for (let payTime = 1; !params.rsaSign?.includes('+'); payTime++) {
    params = signed({ returnData: back, payTime: String(payTime) });
  }
  const decoded = Object.entries(params).map(pair => pair.join('='));
  for (const text of [decoded.join('&'), `12:00 notify body: ${decoded.join('&')}`]) {
    const { ok, findings } = diagnoseNotification(text, publicKey);
    expect({ ok, codes: findings.map(({ code }) => code) }).toEqual({
      ok: true,
      codes: expect.arrayContaining(['BODY_DECODED']) as string[],
    });
  }
});

describe('diagnoseNotification says how many notifications there are', () => {
  const log = (...bodies: string[]): string => bodies.map(body => `12:00 notify: ${body}`).join('\n');
  const body = (params: Params): string => new URLSearchParams(params).toString();
  const codes = (text: string): string[] =>
    diagnoseNotification(text, publicKey).findings.map(({ code }) => code);

  test('when a log has another one after the first', () => {
    const forged = { ...signed({ orderId: '9' }), totalMoney: '1' };
    expect(codes(log(body(signed({})), body(forged)))).toEqual([
      'INPUT_SEVERAL_NOTIFICATIONS',
      'INPUT_EXTRACTED',
    ]);
  });

  test('but not when one came twice, or is there as a form and as JSON', () => {
    const params = signed({});
    expect(codes(log(body(params), body(params)))).toEqual(['INPUT_EXTRACTED']);
    const asPhp = JSON.stringify(params).replaceAll('/', '\\/');
    expect(codes(log(body(params), JSON.stringify(params), asPhp))).toEqual(['INPUT_EXTRACTED']);
  });
});

test('diagnoseNotification names a dropped parameter as a cause when nothing else explains the signature', () => {
  const { newParameter, ...rest } = signed({ newParameter: 'x' });
  expect(newParameter).toBe('x');
  const [found] = find(rest);
  expect(found).toMatchObject({ code: 'NOTIFY_TAMPERED' });
  expect(found?.fix).toMatch(/drops a parameter/);
});
