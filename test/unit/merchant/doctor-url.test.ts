/** What `doctor --url` says of answers that a phone cannot read, and of servers that do not answer. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runDoctor } from '../../../merchant/cli/doctor';
import { orderOf, required, sample } from './vectors';

const order = JSON.stringify(orderOf(sample));
const envelope = `{"errno":0,"data":{"orderInfo":${order}}}`;
const ANSWERS: Record<string, string> = {
  '/right': envelope,
  '/bom': '\uFEFF' + envelope,
  '/warning': `<br />\n<b>Warning</b>: Undefined index: x in <b>/var/www/a.php</b><br />\n${envelope}`,
  '/prefix': `)]}',\n${envelope}`,
  '/jsonp': `cb(${envelope});`,
  '/comma': envelope.replace(/\}\}$/, '},}'),
  '/two': `{"errno":0,"data":[${order},${order.replace('MMMabc', 'MMMabd')}]}`,
  '/summary': `{"errno":0,"data":{"order":{"tpOrderId":"T9","totalAmount":1,"status":"unpaid"},"orderInfo":${order}}}`,
  '/success': `{"success":true,"data":${order}}`,
  '/snake': `{"errno":0,"data":{"order_info":${order}}}`,
  '/bare': order,
  '/code': `{"code":"0","data":${order}}`,
  '/two-marks': '\uFEFF\uFEFF' + envelope,
  '/text': JSON.stringify(envelope),
  '/data-as-text': JSON.stringify({ code: '0.0', data: `{"orderInfo":${order}}` }),
  '/summary-around': `{"errno":0,"data":{"tpOrderId":"T9","totalAmount":1,"appKey":"M","orderInfo":${order}}}`,
  '/paid': '{"errno":0,"data":{"order":{"status":"paid","tpOrderId":"T9","totalAmount":1},"orderInfo":null}}',
  '/errno-null': `{"errno":null,"code":0,"data":${order}}`,
  '/code-in-list': `{"code":[0],"data":${order}}`,
};

let server: Server;
let origin: string;
beforeAll(done => {
  server = createServer((request, response) => response.end(ANSWERS[request.url ?? ''])).listen(
    0,
    '127.0.0.1',
    () => {
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    },
  );
});
afterAll(done => {
  server.closeAllConnections();
  server.close(done);
});

async function ask(url: string, lang = 'en'): Promise<{ code: number; out: string; err: string }> {
  const result = { code: 0, out: '', err: '' };
  result.code = await runDoctor(['doctor', '--url', url, '--key', 'public.pem', '--lang', lang], {
    readFile: () => Promise.resolve(Buffer.from(required(sample.publicKeyPem))),
    readStdin: () => Promise.resolve(Buffer.alloc(0)),
    fetch,
    write: text => (result.out += text),
    writeError: text => (result.err += text),
    env: {},
    version: () => '1.2.3',
  });
  return result;
}

test.each([
  ['/warning', /^\[error\] ANSWER_NOT_JSON_ALONE\n.*begins with "<br \/>\\n<b>Warning/],
  ['/prefix', /^\[error\] ANSWER_NOT_JSON_ALONE\n.*begins with "\)\]\}'/],
  ['/jsonp', /^\[error\] ANSWER_NOT_JSON_ALONE\n.*begins with "cb\(/],
  ['/comma', /^\[error\] ANSWER_NOT_JSON_ALONE\n.*nearly JSON/],
])('doctor --url reports an error when the answer is %s', async (path, words) => {
  expect(await ask(origin + path)).toEqual({ code: 1, err: '', out: expect.stringMatching(words) as string });
});

test.each(['/right', '/bom', '/summary', '/code', '/two-marks', '/text', '/data-as-text', '/summary-around'])(
  'doctor --url finds nothing wrong when a phone can read the answer: %s',
  async path => {
    expect(await ask(origin + path)).toEqual({ code: 0, err: '', out: 'Nothing is wrong.\n' });
  },
);

test.each(['/success', '/snake', '/bare', '/errno-null', '/code-in-list'])(
  'doctor --url warns of the envelope when pay-button finds no order in the answer: %s',
  async path => {
    const { code, out } = await ask(origin + path);
    expect(out).toMatch(/^\[warning\] ANSWER_ENVELOPE_UNKNOWN\n[^]*configure\(\{ envelope \}\)/);
    expect(code).toBe(0);
  },
);

test('doctor --url finds no order when the answer has the state of a paid one alone', async () => {
  const { code, out } = await ask(origin + '/paid');
  expect(out.match(/^\[.*/gm)).toEqual(['[error] ORDERINFO_NOT_FOUND']);
  expect(code).toBe(1);
});

test('doctor --url says how many orders there are when it examined the first of them', async () => {
  const { code, out } = await ask(origin + '/two');
  expect(out).toMatch(/^\[warning\] INPUT_SEVERAL_ORDERS\n {2}2 orders were found; only the first one/m);
  expect(code).toBe(0);
});

describe('doctor --url names what to change', () => {
  test('when the server speaks plain HTTP and is asked with https', async () => {
    const { code, err } = await ask(origin.replace('http:', 'https:') + '/right');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/write http:\/\/\.\nMore/) as string,
    });
    expect(err).not.toMatch(/\.c:|routines/);
  });

  test.each([
    ['the port is one that fetch refuses', 'http://127.0.0.1:6000/', /port.*fetch never asks/],
    ['the URL holds a password', 'http://me:secret@127.0.0.1/', /as a header/],
  ])('when %s', async (_how, url, words) => {
    const { code, err } = await ask(url);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(words) as string });
    expect(err).not.toMatch(/secret/);
  });
});
