/**
 * Reading a body that somebody else sends.
 */
import { MAX_BODY_BYTES } from './form';

/**
 * Reads a request (or any stream) up to one byte more than 64 KiB, which verifyNotification then refuses; the rest is
 * not waited for, and the stream is closed.
 *
 * @throws whatever the stream fails with, such as ECONNRESET from a caller who hangs up half way: catch it, because an
 *   unheard rejection ends the process
 */
export async function readBody(stream: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES + 1);
}
