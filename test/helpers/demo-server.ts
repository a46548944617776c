/** The demo in the process of the test. */
import { openDatabase } from '../../lib/database';
import { createDemo, type DemoKeys } from '../../scripts/demo/create-demo';
import { freePort } from '../../scripts/support/http';
import { createKeyPair } from '../../scripts/support/keys';

export interface DemoServer {
  origin: string;
  /** what it has logged */
  lines: string[];
  stop(): Promise<void>;
}

export async function startDemoServer(merchant: DemoKeys['merchant'] = createKeyPair()): Promise<DemoServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const keys = { merchant, platform: createKeyPair(), clientSecret: 'secret' };
  const database = await openDatabase();
  const lines: string[] = [];
  const demo = await createDemo({ database, keys, origin, log: line => lines.push(line) });
  await demo.server.listen({ host: '127.0.0.1', port });
  demo.start();
  return {
    origin,
    lines,
    async stop() {
      await demo.stop();
      await database.close();
    },
  };
}
