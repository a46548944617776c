// Orders from a shop, pays in the sandbox as a person would, and looks at the order.
//
//     node pay.mjs http://127.0.0.1:3000 [http://127.0.0.1:8790]
const [shop, sandbox = 'http://127.0.0.1:8790'] = process.argv.slice(2);

async function ask(url, request) {
  const response = await fetch(url, request).catch(({ cause }) => {
    console.error(`${url} does not answer: is it started, and on this port? (${cause?.message})`);
    process.exit(1);
  });
  const text = await response.text();
  try {
    const reply = JSON.parse(text);
    console.log(url, reply);
    return reply.data;
  } catch {
    console.error(
      `${url} answers HTTP ${response.status} and no JSON: ${text || 'nothing; look at its log'}`,
    );
    process.exit(1);
  }
}

const { orderInfo } = await ask(`${shop}/orders`, { method: 'POST' });
const headers = { 'content-type': 'application/json' };
const body = JSON.stringify({ orderInfo });
await ask(`${sandbox}/baidu/_simulate`, { method: 'POST', headers, body });
await new Promise(notified => setTimeout(notified, 1500));
await ask(`${shop}/orders/status?tpOrderId=${orderInfo.tpOrderId}`);
