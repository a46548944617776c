/** The process that startLoadGenerator starts. It lives as long as its channel. */
import { Agent, request } from 'node:http';
import type { LoadResult, Load, Post, LoadMessage } from './load-generator';

function post(url: string, { headers, body }: Post, agent: Agent): Promise<string> {
  return new Promise((done, fail) => {
    const sent = request(url, { method: 'POST', agent, headers }, answer => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => done(text));
      answer.on('error', fail);
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

async function run({ url, posts, connections }: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true });
  const bodies: string[] = [];
  const waiting = posts.entries();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (const [at, one] of waiting) bodies[at] = await post(url, one, agent);
    }),
  );
  const milliseconds = performance.now() - start;
  agent.destroy();
  return { milliseconds, bodies };
}

process.on('message', (load: Load) => {
  const report = (message: LoadMessage): void => void process.send?.(message);
  run(load).then(report, error => report({ error: String(error) }));
});
process.on('disconnect', () => process.exit());
