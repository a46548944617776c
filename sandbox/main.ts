/** `npx swan-cashier-sandbox` */
import type { KeyObject } from 'node:crypto';
import { checkAppFolder } from './app-folder';
import { createSandbox } from './create-sandbox';
import { envLine } from './env-line';
import { openKeyStore, readPublicKey, toOneLine, toPem, type KeyStore } from './keys';
import { parseOptions, USAGE, type SandboxOptions } from './sandbox-options';
import { describeNotify } from './server-options';
import { runServer, type ServerProgram } from './run-server';

/** Bits of a pair that is made here, as Baidu's documents say. */
const KEY_BITS = 1024;

/** APP ID of payment; it appears in findByTpOrderId only. */
const APP_ID = 10026;

function program(options: SandboxOptions): ServerProgram {
  let givenKey: KeyObject | undefined;
  return {
    name: 'swan-cashier-sandbox',
    options,
    schemas: ['baidu'],
    check() {
      givenKey = options.key === undefined ? undefined : readPublicKey(options.key);
      if (options.app !== undefined) checkAppFolder(options.app);
    },
    async open({ database, dataDir, origin, log }) {
      const keys = openKeyStore(dataDir.keys, KEY_BITS);
      const clientSecret = options.clientSecret ?? keys.clientSecret();
      const sandbox = await createSandbox({
        database,
        origin,
        platformPrivateKey: keys.pair('platform').privateKey,
        service: {
          appKey: options.appKey,
          appId: APP_ID,
          dealId: options.dealId,
          merchantPublicKey: givenKey ?? keys.pair('merchant').publicKey,
          payNotifyUrl: options.notify ?? null,
          refundNotifyUrl: options.refundNotify ?? null,
          clientId: options.clientId,
          clientSecret,
        },
        ...(options.app !== undefined && { preview: { appDir: options.app, backend: options.backend } }),
        log,
      });
      const { platformPublicKey } = sandbox;
      keys.writePublicKey('platform', platformPublicKey);
      const lines = describe(options, { origin, keys, platformPublicKey, clientSecret });
      return { ...sandbox, lines };
    },
  };
}

/** What is printed at the start: addresses, keys, and the lines for the .env of the backend. */
function describe(
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

runServer(() => {
  const options = parseOptions(process.argv.slice(2), process.env);
  return options === 'help' ? USAGE : program(options);
});
