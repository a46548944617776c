/**
 * Names what is not an RSA key, so that the message can say what to do with it.
 */
import { KeyError } from './errors';

export function encryptedKey(): KeyError {
  return new KeyError(
    'KEY_ENCRYPTED',
    'The private key is protected by a passphrase. Remove it: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN.',
  );
}

export function notRsa(type: string): KeyError {
  const message = `This is a key of type ${type}; the cashier takes RSA: openssl genrsa -out private.pem 1024.`;
  return new KeyError('KEY_NOT_RSA', message, type);
}

const certificateRequest = (): KeyError =>
  new KeyError(
    'KEY_IS_REQUEST',
    'This is a certificate request (CSR), not a key. Take the public key out of it: openssl req -in FILE -noout -pubkey.',
  );

const keystore = (): KeyError =>
  new KeyError(
    'KEY_IS_KEYSTORE',
    'This is a keystore (PKCS#12, JKS), not a key. Take the key out of it: openssl pkcs12 -in FILE -nodes -nocerts -out private.pem.',
  );

export function webKey(): KeyError {
  return new KeyError(
    'KEY_IS_JWK',
    "This is a JSON Web Key. Give createPrivateKey({ key, format: 'jwk' }) or createPublicKey(…) of node:crypto.",
  );
}

/** The beginnings of DER, as hexadecimal; L stands for a length. */
const DER_FORMS: [beginning: string, problem: () => KeyError][] = [
  // version 3, then the OID of PKCS#7 data
  ['30L02010330L06092a864886f70d0107', keystore],
  // the OIDs of encryption by a passphrase: PKCS#5, then PKCS#12
  ['30L30L06092a864886f70d0105', encryptedKey],
  ['30L30L060a2a864886f70d010c01', encryptedKey],
  // version 0, then a name
  ['30L30L02010030', certificateRequest],
].map(([form, problem]) => [
  (form as string).replaceAll('L', '(?:[0-7].|80|81..|82.{4})'),
  problem as () => KeyError,
]);

function explainDer(der: Buffer, label: string): KeyError | null {
  const algorithm = /^(EC|DSA|DH) (?:PRIVATE KEY|PARAMETERS)$/.exec(label)?.[1];
  if (algorithm !== undefined) return notRsa(algorithm.toLowerCase());
  if (label.endsWith('CERTIFICATE REQUEST')) return certificateRequest();
  const beginning = der.toString('hex', 0, 64);
  return DER_FORMS.find(([form]) => new RegExp(`^${form}`).test(beginning))?.[1]() ?? null;
}

const FILE_NAME =
  /^(?:file:|\.{0,2}\/|~\/|[A-Za-z]:\\)[^\n]{1,400}$|^[\w./\\ -]{1,400}\.(?:pem|key|der|crt|cer|p12|pfx|jks|pub|txt)$/i;

/** Base64 of DER whose + became spaces. Lines that were joined by spaces are of one length, and can be read. */
function lostPlus(text: string): boolean {
  const body = text.replace(/-----[A-Z0-9 ]{1,80}-----/g, '').trim();
  if (!/^MI[A-Za-z0-9+/]+(?:\s{1,3}[A-Za-z0-9+/=]+)+$/.test(body)) return false;
  if (body.includes('\n')) return /\S \S/.test(body);
  const lengths = body.split(' ').map(({ length }) => length);
  return new Set(lengths.slice(0, -1)).size > 1;
}

function explainText(text: string): KeyError | null {
  if (/^\{[^]*"kty"/.test(text)) return webKey();
  if (text.startsWith('\ufffd\ufffd\ufffd\ufffd')) return keystore();
  if (/^30 ?:?8[0-9a-f][0-9a-f\s:]+$/i.test(text)) {
    return new KeyError(
      'KEY_IS_HEX',
      'The key is hexadecimal; it is kept as base64 or PEM: xxd -r -p KEY | base64 -w0.',
    );
  }
  if (!text.startsWith('MI') && FILE_NAME.test(text)) {
    return new KeyError(
      'KEY_IS_FILE_NAME',
      'This is the name of a file, not the key in it. Read the file: readFileSync(name).',
    );
  }
  if (/^["']?-----BEGIN [A-Z0-9 ]{1,64}-----\s*(?:-----END|$)/.test(text)) {
    return new KeyError(
      'KEY_NOT_READABLE',
      'There is only the BEGIN line of a key: an .env file or --env-file of Docker takes one line. Write the key on one line with \\n, or keep it in a file of its own.',
    );
  }
  return lostPlus(text)
    ? new KeyError(
        'KEY_PLUS_BECAME_SPACE',
        'The key has spaces in place of its +, as a form or a URL makes them. Take it as it was before.',
      )
    : null;
}

/** What a text is that holds no key; it is neither PEM nor base64, or its base64 is no RSA key. */
export function explainKeyText(text: string, der?: Buffer, label = ''): KeyError {
  const known = (der && explainDer(der, label)) ?? explainText(text);
  if (known) return known;
  if (!der) {
    return new KeyError(
      'KEY_NOT_BASE64',
      'The key is neither PEM nor base64. Give the whole file, from BEGIN to END, or the one line the console shows.',
    );
  }
  if (text && der[0] !== 0x30) {
    return new KeyError(
      'KEY_NOT_READABLE',
      'This is no key: its base64 begins with MI. Look for a placeholder or another value in its place; or give the whole file, from BEGIN to END.',
    );
  }
  return new KeyError(
    'KEY_NOT_READABLE',
    `The text is ${text ? 'base64' : 'DER'} but holds no RSA key: it was cut off or mixed up with something else. Copy the key again, whole.`,
  );
}
