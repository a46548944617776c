/** The shop and the cashier that the mini-programs of examples/ meet. */
import type { FastifyInstance } from 'fastify';

const SECOND = 1000;

export class FakeShop {
  /** until it is false, the order cannot be loaded */
  isDown = true;
  /** ms that the user has to pay the order on the page */
  timeToPay = 900 * SECOND;
  /** what status-url says of every order */
  status: 'paid' | 'unpaid' = 'unpaid';
  /** an order number for each Idempotency-Key */
  readonly orders = new Map<string, string>();

  addTo(app: FastifyInstance): void {
    app.post('/orders', async request => {
      const key = String(request.headers['idempotency-key'] ?? '');
      const tpOrderId = this.orders.get(key) ?? `T${this.orders.size + 1}`;
      this.orders.set(key, tpOrderId);
      return { errno: 0, data: orderInfo(tpOrderId) };
    });
    app.get('/orders/:id/status', async () => ({ errno: 0, data: { status: this.status } }));
    app.get('/orders/tea', async (_request, reply) =>
      this.isDown ? reply.code(503).send({ errno: 503, msg: 'down' }) : { errno: 0, data: this.orderView() },
    );
  }

  private orderView(): object {
    const serverTime = Date.now();
    return {
      tpOrderId: 'T1',
      title: 'A cup of tea',
      lines: [{ title: 'Jasmine tea', unitAmount: 680, quantity: 1, amount: 680 }],
      totalAmount: 680,
      status: this.status,
      serverTime,
      expiresAt: serverTime + this.timeToPay,
    };
  }
}

const orderInfo = (tpOrderId: string): object => ({
  dealId: '470193086',
  appKey: 'MMdemo',
  totalAmount: '680',
  tpOrderId,
  dealTitle: 'A cup of tea',
  signFieldsRange: '1',
  rsaSign: 'c2lnbg==',
});

/** A script for the preview: the cashier answers each call with the next of `cashierAnswers`, and success without one. */
export const CASHIER = `
window.cashierAnswers = [];
window.swanPorts = {
  requestPolymerPayment: function (options) {
    var failure = window.cashierAnswers.shift();
    setTimeout(function () { failure ? options.fail(failure) : options.success({}); }, 100);
  },
};
`;
