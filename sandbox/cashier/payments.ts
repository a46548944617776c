import type { Queryable } from '../../lib/database';
import type { CashierContext } from './context';
import { answerCalls, insertCall, lockOrderOfCall, type CallResponse } from './waiting-calls';
import { consoleNotifyUrl } from './services';
import { charge, findPayableOrder, unpayableReason, type PaymentRules, type StoredOrder } from './orders';
import {
  callbacksOf,
  FAILED_CODE,
  OUTCOMES,
  type Callback,
  type Outcome,
  type OutcomeName,
} from './payment-outcomes';
import { isRejection, toReasons, rejection, type Rejection } from './rejection-reasons';
import type { RejectionLog } from './rejection-log';
import { buildSheet, isChannel, availableChannels, type Sheet } from './sheet';
import { validateOrder, type ValidOrder } from './validate-order';

/** What the phone does next: shows the sheet, or runs the callbacks in order. */
export type SheetOrCallbacks = { sheet: Sheet } | CallResponse;

interface SimulationResult {
  orderId: number;
  tpOrderId: string;
  /** 1 未支付, 2 已支付 */
  status: number;
  /** true when this call took the money; false when none is taken now, or it had been paid before */
  charged: boolean;
  /** what the mini-program's callbacks would get; none when it had been paid before */
  callbacks: Callback[];
}

/** The payments that a phone asks for. Each call carries the signed order, and is verified anew. */
export class Payments {
  constructor(private readonly deps: CashierContext & { rejections: RejectionLog }) {}

  /** `requestPolymerPayment`: opens the sheet, applies the scripted outcome, or rejects. */
  async open(orderInfo: unknown, bannedChannels: unknown): Promise<SheetOrCallbacks> {
    const result = await this.withOrder(orderInfo, (tx, order, valid) =>
      this.openSheet(tx, order, valid, bannedChannels),
    );
    return isRejection(result) ? toResponse(result) : result;
  }

  /** The same for a caller that cannot show a sheet: where one would open, the call waits for `decide` or `simulate`. */
  async call(orderInfo: unknown, bannedChannels: unknown): Promise<{ callId: string } | CallResponse> {
    const result = await this.withOrder(orderInfo, async (tx, order, valid) => {
      const opened = await this.openSheet(tx, order, valid, bannedChannels);
      return 'sheet' in opened ? { callId: await insertCall(tx, order.order_id, this.deps.now()) } : opened;
    });
    return isRejection(result) ? toResponse(result) : result;
  }

  /**
   * The developer's decision about a waiting call.
   *
   * @param name absent: what was scripted, or else paid
   * @returns null when the call does not wait (any more)
   */
  async decide(callId: string, name: OutcomeName | undefined): Promise<CallResponse | null> {
    const { database, runNow } = this.deps;
    const response = await database.transaction(async tx => {
      const order = await lockOrderOfCall(tx, callId);
      if (!order) return null;
      const unpayable = unpayableReason(order, this.rules());
      if (!unpayable)
        return this.applyOutcome(tx, order, name ?? order.planned_outcome ?? 'paid', 'simulated');
      const ending = toResponse(unpayable);
      await answerCalls(tx, order.order_id, ending);
      return ending;
    });
    runNow();
    return response;
  }

  /** 确认支付 on the sheet. */
  async pay(orderInfo: unknown, channel: unknown): Promise<SheetOrCallbacks> {
    const result = await this.withOrder(orderInfo, async (tx, order) => {
      if (!isChannel(channel)) {
        return rejection(FAILED_CODE, '支付失败', toReasons('the channel is unknown', '没有这种支付方式'));
      }
      return this.applyOutcome(tx, order, order.planned_outcome ?? 'paid', channel);
    });
    return isRejection(result) ? toResponse(result) : result;
  }

  /**
   * Ends a payment as a user would, without a sheet. An order that this user has paid before stays as it is.
   *
   * @param userId who pays; absent: the user of the settings
   */
  async simulate(
    orderInfo: unknown,
    name: OutcomeName,
    userId = this.deps.settings.userId,
  ): Promise<SimulationResult | Rejection> {
    const pay = async (tx: Queryable, order: StoredOrder): Promise<SimulationResult> => {
      const { callbacks } = await this.applyOutcome(tx, order, name, 'simulated');
      const charged = OUTCOMES[name].charge === 'now';
      const { order_id: orderId, tp_order_id: tpOrderId } = order;
      return { orderId, tpOrderId, status: charged ? 2 : 1, charged, callbacks };
    };
    const findPaid = async (
      tx: Queryable,
      { order, amount }: ValidOrder,
    ): Promise<SimulationResult | null> => {
      const { rows } = await tx.query<StoredOrder>(
        `SELECT * FROM baidu.orders
         WHERE app_key = $1 AND tp_order_id = $2 AND user_id = $3 AND status = 2 AND amount = $4 AND title = $5`,
        [order.appKey, order.tpOrderId, userId, amount, order.dealTitle],
      );
      const [paid] = rows;
      return paid
        ? { orderId: paid.order_id, tpOrderId: paid.tp_order_id, status: 2, charged: false, callbacks: [] }
        : null;
    };
    return this.withOrder(orderInfo, pay, { otherwise: findPaid, userId });
  }

  /** Charges orders whose outcome was "paying, paid later". */
  async chargeDue(): Promise<void> {
    const { database, now } = this.deps;
    await database.transaction(async tx => {
      const { rows } = await tx.query<StoredOrder>(
        `SELECT * FROM baidu.orders WHERE charge_due_at <= $1 ORDER BY charge_due_at LIMIT 50 FOR UPDATE SKIP LOCKED`,
        [now()],
      );
      for (const order of rows) {
        await tx.query('UPDATE baidu.orders SET charge_due_at = NULL WHERE order_id = $1', [order.order_id]);
        if (order.status === 1) await this.chargeOrder(tx, order, 'later', OUTCOMES.paid);
      }
    });
  }

  private rules(): PaymentRules {
    const { settings, clockScale, now } = this.deps;
    const { paidAgainMessage, orderLifetime } = settings;
    return { paidAgainMessage, now: now(), lifetime: orderLifetime / clockScale };
  }

  /**
   * Verifies an order and works on it in one transaction.
   *
   * @param options.otherwise answers for an order that cannot be paid (any more); null rejects it
   * @param options.userId who opens it; absent: the user of the settings
   */
  private async withOrder<T extends object>(
    orderInfo: unknown,
    work: (tx: Queryable, order: StoredOrder, valid: ValidOrder) => Promise<T | Rejection>,
    options: { otherwise?: (tx: Queryable, valid: ValidOrder) => Promise<T | null>; userId?: number } = {},
  ): Promise<T | Rejection> {
    const { database, services, settings, rejections, runNow } = this.deps;
    const { otherwise, userId = settings.userId } = options;
    const valid = validateOrder(orderInfo, services, settings);
    if (isRejection(valid)) return rejections.record(orderInfo, valid);
    const result = await database.transaction(async tx => {
      const order = await findPayableOrder(tx, valid, userId, this.rules());
      if (isRejection(order)) return (await otherwise?.(tx, valid)) ?? order;
      return work(tx, order, valid);
    });
    runNow();
    return isRejection(result) ? rejections.record(orderInfo, result) : result;
  }

  private async openSheet(
    tx: Queryable,
    order: StoredOrder,
    valid: ValidOrder,
    bannedChannels: unknown,
  ): Promise<SheetOrCallbacks | Rejection> {
    const { faults } = this.deps;
    const channels = availableChannels(bannedChannels);
    const [channel] = channels;
    if (!channel) {
      const why = toReasons(
        'bannedChannels leaves no channel to pay with',
        'bannedChannels 把所有支付方式都隐藏了',
      );
      return rejection(FAILED_CODE, '没有可用的支付方式', why);
    }
    const step = faults.takePayment();
    if (step.outcome !== 'sheet' && !step.sheet)
      return this.applyOutcome(tx, order, step.outcome, channel.id);
    const planned = step.outcome === 'sheet' ? null : step.outcome;
    await tx.query('UPDATE baidu.orders SET planned_outcome = $2 WHERE order_id = $1', [
      order.order_id,
      planned,
    ]);
    const promoMoney = Math.min(faults.current.promoMoney, order.amount - 1);
    return { sheet: buildSheet(valid.order, order.amount, promoMoney, channels) };
  }

  /** Applies an outcome to an order, and answers the calls that wait for this order. */
  private async applyOutcome(
    tx: Queryable,
    order: StoredOrder,
    name: OutcomeName,
    channel: string,
  ): Promise<CallResponse> {
    const { now, settings } = this.deps;
    const outcome: Outcome = OUTCOMES[name];
    if (outcome.charge === 'now') await this.chargeOrder(tx, order, channel, outcome);
    else {
      await tx.query(
        'UPDATE baidu.orders SET planned_outcome = NULL, charge_due_at = $2 WHERE order_id = $1',
        [order.order_id, outcome.charge === 'later' ? now() + settings.lateCharge : null],
      );
    }
    const response = { callbacks: callbacksOf(name, order.order_id), popup: outcome.popup ?? null };
    await answerCalls(tx, order.order_id, response);
    return response;
  }

  private chargeOrder(
    tx: Queryable,
    order: StoredOrder,
    channel: string,
    outcome: Outcome,
  ): Promise<boolean> {
    const { faults, settings, services } = this.deps;
    const now = this.deps.now();
    const consoleUrl = consoleNotifyUrl(services, order.app_key, 'pay');
    const { promoMoney } = faults.current;
    const notify =
      outcome.notify === 'never'
        ? ('held' as const)
        : { dueAt: outcome.notify === 'late' ? now + settings.lateNotification : now };
    return charge(tx, order, { channel, promoMoney, now, notify, consoleUrl }, settings);
  }
}

function toResponse({ errCode, errMsg }: Rejection): CallResponse {
  return { callbacks: [{ type: 'fail', errCode, errMsg }], popup: errCode === 904 ? null : errMsg };
}
