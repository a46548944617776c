/** Starts the demo without building it: shop, cashier and preview in one process, on one port of this machine. */
import { openKeyStore } from '../../sandbox/keys';
import { describeNotify } from '../../sandbox/server-options';
import { runServer, type ServerProgram } from '../../sandbox/server-process';
import { createDemo, loadKeys } from './create-demo';
import { parseOptions, USAGE, type DemoOptions } from './demo-options';

function program(options: DemoOptions): ServerProgram {
  return {
    name: 'swan-cashier demo',
    options,
    schemas: ['shop', 'baidu'],
    async open({ database, dataDir, origin, log }) {
      const { keyBits, shopPrivateKeyFile, notify, refundNotify } = options;
      const keys = loadKeys(dataDir.keys, keyBits, shopPrivateKeyFile);
      const demo = await createDemo({ database, keys, origin, log, notify, refundNotify });
      openKeyStore(dataDir.keys, keyBits).writePublicKey('platform', demo.platformPublicKey);
      const lines = [`shop:     ${origin}/shop/products`, `cashier:  ${origin}/baidu/`];
      if (notify !== undefined || refundNotify !== undefined) {
        lines.push(`notifies: ${describeNotify(options)}`);
      }
      return { ...demo, lines };
    },
  };
}

runServer(() => {
  const options = parseOptions(process.argv.slice(2), process.env);
  return options === 'help' ? USAGE : program(options);
});
