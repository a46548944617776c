// A shop's backend in Node with the kit of swan-cashier: takes orders and their payments.
//
//     npm install swan-cashier      # until it is on npm: the file that npm pack ./dist makes
//     node shop.mjs 3000            # 127.0.0.1:3000; the settings come from the environment
//
// Orders live in memory here. A real shop keeps them in a database, takes the price from its catalogue, and asks who it
// is that wants an order or its status.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import * as baidu from 'swan-cashier/merchant';

function exit(reason) {
  console.error(reason);
  process.exit(1);
}

function setting(name, read = value => value) {
  const value = process.env[name]?.trim();
  if (!value) exit(`${name} is not set: set -a; . ./.env`);
  try {
    return read(value);
  } catch (error) {
    exit(`${name}: ${error.message}`);
  }
}

const [port = ''] = process.argv.slice(2);
if (!/^\d{1,5}$/.test(port) || port > 65535) exit('usage: node shop.mjs PORT, a number up to 65535');
const [appKey, dealId] = [setting('APP_KEY'), setting('DEAL_ID')];
const privateKey = setting('MERCHANT_PRIVATE_KEY_FILE', file => baidu.loadPrivateKey(readFileSync(file)));
const platformKey = setting('PLATFORM_PUBLIC_KEY', baidu.loadPublicKey);
const PRICE = 680; // fen
const orders = new Map();

const answer = data => ({ errno: 0, msg: 'success', data });
const refused = reason => ({ errno: 1, msg: reason, data: {} });

// A real shop answers a repeated Idempotency-Key with the same order.
function createOrder() {
  const order = { tpOrderId: randomUUID(), totalAmount: PRICE, status: 'unpaid' };
  orders.set(order.tpOrderId, order);
  const { tpOrderId, totalAmount } = order;
  const unsigned = baidu.buildOrderInfo({ appKey, dealId, tpOrderId, totalAmount, dealTitle: '冷泡茉莉' });
  return answer({ orderInfo: baidu.signOrderInfo(unsigned, privateKey) });
}

function statusOf(tpOrderId) {
  const order = orders.get(tpOrderId);
  return order ? answer({ status: order.status }) : refused('no such order');
}

function paid(body) {
  const result = baidu.verifyNotification(body, platformKey);
  if (!result.ok || result.kind !== 'pay') return baidu.rejectReply;
  const { tpOrderId, orderId, userId, totalMoney, status } = result.notification;
  const order = orders.get(tpOrderId);
  if (!order || result.notification.dealId !== dealId || status !== 2) return baidu.rejectReply;
  // totalMoney, not payMoney: what the person pays is less when Baidu gives a discount.
  const abnormalRefund = totalMoney !== order.totalAmount || (order.orderId ?? orderId) !== orderId;
  // A notification that comes again must not undo what became of the order since, such as a refund.
  if (!abnormalRefund && order.status === 'unpaid') Object.assign(order, { status: 'paid', orderId, userId });
  return baidu.payReply({ abnormalRefund });
}

const server = createServer({ requestTimeout: 5000 }, (request, response) => {
  const send = body => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  const [path, query] = request.url.split('?');
  const route = `${request.method} ${path}`;
  if (route === 'POST /orders') return send(createOrder());
  if (route === 'GET /orders/status') return send(statusOf(new URLSearchParams(query).get('tpOrderId')));
  // A caller who hangs up half way makes readBody reject; unhandled, that would end the process.
  const hangUp = () => response.destroy();
  if (route === 'POST /notify/pay') return baidu.readBody(request).then(paid).then(send, hangUp);
  response.writeHead(404).end();
});
server.on('error', error => exit(error.message));
server.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
