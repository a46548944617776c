/** What swan-cashier-sandbox prints when it starts. */
import type { KeyObject } from 'node:crypto';
import { toOneLine, toPem, type KeyStore } from './keys';
import type { SandboxOptions } from './sandbox-options';
import { describeNotify } from './server-options';

/** The lines: addresses, keys, and what goes into the .env of the backend. */
export function startMessage(
  options: SandboxOptions,
  started: { origin: string; keys: KeyStore; platformPublicKey: KeyObject; clientSecret: string },
): string[] {
  const { origin, keys, platformPublicKey, clientSecret } = started;
  return [
    `console:    ${origin}/baidu/console`,
    `server API: ${origin}/baidu at Baidu's own paths, and ${origin}`,
    `notifies:   ${describeNotify(options)}`,
    options.key === undefined
      ? `your key:   made for you; your backend signs with ${keys.privateKeyFile('merchant')}`
      : `your key:   ${options.key}`,
    ...(options.app === undefined
      ? []
      : [
          `preview:    ${options.app}, requests go to ${options.backend ?? 'no server: name yours with --backend'}`,
        ]),
    '',
    'For the .env of your backend:',
    '',
    envLine('APP_KEY', options.appKey),
    envLine('DEAL_ID', options.dealId),
    envLine('CLIENT_ID', options.clientId),
    envLine('CLIENT_SECRET', clientSecret),
    envLine('BAIDU_BASE_URL', `${origin}/baidu`),
    envLine('PLATFORM_PUBLIC_KEY', toOneLine(platformPublicKey)),
    ...(options.key === undefined
      ? [envLine('MERCHANT_PRIVATE_KEY_FILE', keys.privateKeyFile('merchant'))]
      : []),
    '',
    `The platform public key as PEM, also in ${keys.publicKeyFile('platform')}:`,
    '',
    toPem(platformPublicKey),
  ];
}

/**
 * One line of an .env file that a shell can read as well: what a shell would split or expand, such as a path with a space,
 * is quoted.
 */
export function envLine(name: string, value: string): string {
  const isPlain = /^[\p{L}\p{N}_./:=+-]*$/u.test(value);
  return `${name}=${isPlain ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
