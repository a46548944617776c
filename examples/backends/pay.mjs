// Orders from a shop, pays in the sandbox as a person would, and looks at the order.
//
//     node pay.mjs http://127.0.0.1:3000 [http://127.0.0.1:8790]
const [shop, sandbox = 'http://127.0.0.1:8790'] = process.argv.slice(2);
if (!shop) exit('usage: node pay.mjs URL-OF-THE-SHOP [URL-OF-THE-SANDBOX]');

function exit(reason) {
  console.error(reason);
  process.exit(1);
}

async function ask(url, request) {
  const response = await fetch(url, request).catch(({ cause }) =>
    exit(`${url} does not answer: is it started, and on this port? (${cause?.message})`),
  );
  const text = await response.text();
  try {
    const reply = JSON.parse(text);
    console.log(url, reply);
    return reply?.data;
  } catch {
    exit(`${url} answers HTTP ${response.status} and no JSON: ${text || 'nothing; look at its log'}`);
  }
}

const { orderInfo } = (await ask(`${shop}/orders`, { method: 'POST' })) ?? {};
if (!orderInfo) exit(`${shop}/orders answers without an orderInfo`);
const headers = { 'content-type': 'application/json' };
const body = JSON.stringify({ orderInfo });
await ask(`${sandbox}/baidu/_simulate`, { method: 'POST', headers, body });
await new Promise(notified => setTimeout(notified, 1500));
await ask(`${shop}/orders/status?tpOrderId=${orderInfo.tpOrderId}`);
