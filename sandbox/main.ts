/** `npx swan-cashier-sandbox` */
import type { KeyObject } from 'node:crypto';
import { createSandbox } from './create-sandbox';
import { openKeyStore, readPublicKey } from './keys';
import { checkAppFolder, parseOptions, USAGE, type SandboxOptions } from './sandbox-options';
import { runServer, type ServerProgram } from './server-process';
import { startMessage } from './start-message';

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
      const lines = startMessage(options, { origin, keys, platformPublicKey, clientSecret });
      return { ...sandbox, lines };
    },
  };
}

runServer(() => {
  const options = parseOptions(process.argv.slice(2), process.env);
  return options === 'help' ? USAGE : program(options);
});
