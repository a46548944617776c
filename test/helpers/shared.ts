/** What global-setup.ts makes once for all test files. */
import { get } from 'node:http';

/** @throws Error when it could not be made */
export function shared(name: 'chromium' | 'database'): Promise<string> {
  return new Promise((resolve, reject) => {
    // A connection that is kept may be closed by the other side at the moment it is used again.
    get(`${process.env.SHARED_RESOURCES}/${name}`, { agent: false }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    }).on('error', reject);
  });
}
