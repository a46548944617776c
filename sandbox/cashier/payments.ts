import type { Database, Queryable } from '../../lib/database';
import { admit, refusal, type Admitted, type Explain, type Refusal, type Service } from './admission';
import { charge, payableOrder, type StoredOrder } from './books';
import type { Faults } from './faults';
import {
  callbacksOf,
  FAILED_CODE,
  OUTCOMES,
  type Callback,
  type Outcome,
  type OutcomeName,
} from './outcomes';
import { buildSheet, isChannel, openChannels, type Sheet } from './sheet';
import type { Settings } from './settings';

/** What the phone does next: either the sheet is shown, or the callbacks run, in order. */
export type CashierAnswer =
  | { sheet: Sheet }
  | {
      callbacks: Callback[];
      /** shown to the person, before the callbacks */
      popup: string | null;
    };

export interface RefusedCall {
  at: number;
  tpOrderId: string;
  errCode: number;
  errMsg: string;
  reasons: string[];
}

interface Simulated {
  orderId: number;
  tpOrderId: string;
  status: 2;
  /** true when this call took the money, false when it had been paid before */
  charged: boolean;
}

const REMEMBERED_REFUSALS = 50;

/** The paying side of the cashier: what the phone asks for. Every call carries the signed order and is verified anew. */
export class Payments {
  /** the latest refused calls, newest last; a convenience for the developer, not part of the books */
  readonly refusals: RefusedCall[] = [];

  constructor(
    private readonly house: {
      database: Database;
      services: Service[];
      settings: Settings;
      clockScale: number;
      faults: Faults;
      now: () => number;
      log: (line: string) => void;
      explain: Explain;
      /** something became due */
      wake: () => void;
    },
  ) {}

  /** `requestPolymerPayment`: opens the sheet, or acts out the scripted outcome, or refuses. */
  async open(orderInfo: unknown, bannedChannels: unknown): Promise<CashierAnswer> {
    const { faults } = this.house;
    return this.withOrder(orderInfo, async (tx, order, admitted) => {
      const channels = openChannels(bannedChannels);
      const [channel] = channels;
      if (!channel)
        return refusal(FAILED_CODE, '没有可用的支付方式', 'bannedChannels leaves no channel to pay with');
      const step = faults.nextPayment();
      if (step.outcome !== 'sheet' && !step.sheet) {
        return this.act(tx, order, step.outcome, channel.id);
      }
      const planned = step.outcome === 'sheet' ? null : step.outcome;
      await tx.query('UPDATE baidu.orders SET planned_outcome = $2 WHERE order_id = $1', [
        order.order_id,
        planned,
      ]);
      const promoMoney = Math.min(faults.current.promoMoney, order.amount - 1);
      return { sheet: buildSheet(admitted.order, order.amount, promoMoney, channels) };
    });
  }

  /** 确认支付 on the sheet. */
  async pay(orderInfo: unknown, channel: unknown): Promise<CashierAnswer> {
    return this.withOrder(orderInfo, async (tx, order) => {
      if (!isChannel(channel)) return refusal(FAILED_CODE, '支付失败', 'the channel is unknown');
      return this.act(tx, order, order.planned_outcome ?? 'paid', channel);
    });
  }

  /** DevTools shows a simulated cashier that takes no money; this takes it as if the person had paid on a phone. */
  async simulate(orderInfo: unknown): Promise<Simulated | Refusal> {
    const { database, services, settings, explain } = this.house;
    const admitted = admit(orderInfo, services, settings, explain);
    if (!admitted.ok) return this.refuse(orderInfo, admitted);
    const answer = await database.transaction(async tx => {
      const order = await this.payable(tx, admitted);
      if (!('ok' in order)) {
        const charged = await this.take(tx, order, 'simulated', OUTCOMES.paid);
        return simulated(order, charged);
      }
      const { rows } = await tx.query<StoredOrder>(
        'SELECT * FROM baidu.orders WHERE app_key = $1 AND tp_order_id = $2 AND status = 2 AND amount = $3 AND title = $4',
        [admitted.order.appKey, admitted.order.tpOrderId, admitted.amount, admitted.order.dealTitle],
      );
      return rows[0] ? simulated(rows[0], false) : order;
    });
    this.house.wake();
    return 'ok' in answer ? this.refuse(orderInfo, answer) : answer;
  }

  /** Takes the money of orders whose outcome was "paying, paid later". @returns how many orders were looked at */
  async chargeDue(): Promise<number> {
    const { database, now } = this.house;
    return database.transaction(async tx => {
      const { rows } = await tx.query<StoredOrder>(
        `SELECT * FROM baidu.orders WHERE charge_due_at <= $1 ORDER BY charge_due_at LIMIT 50 FOR UPDATE SKIP LOCKED`,
        [now()],
      );
      for (const order of rows) {
        await tx.query('UPDATE baidu.orders SET charge_due_at = NULL WHERE order_id = $1', [order.order_id]);
        if (order.status === 1) await this.take(tx, order, 'later', OUTCOMES.paid);
      }
      return rows.length;
    });
  }

  private async withOrder(
    orderInfo: unknown,
    work: (tx: Queryable, order: StoredOrder, admitted: Admitted) => Promise<CashierAnswer | Refusal>,
  ): Promise<CashierAnswer> {
    const { database, services, settings, explain } = this.house;
    const admitted = admit(orderInfo, services, settings, explain);
    if (!admitted.ok) return asAnswer(this.refuse(orderInfo, admitted));
    const answer = await database.transaction(async tx => {
      const order = await this.payable(tx, admitted);
      return 'ok' in order ? order : work(tx, order, admitted);
    });
    this.house.wake();
    return 'ok' in answer ? asAnswer(this.refuse(orderInfo, answer)) : answer;
  }

  private payable(tx: Queryable, admitted: Admitted): Promise<StoredOrder | Refusal> {
    const { settings, clockScale, now } = this.house;
    return payableOrder(tx, admitted, settings, now(), settings.orderLifetime / clockScale);
  }

  private async act(
    tx: Queryable,
    order: StoredOrder,
    name: OutcomeName,
    channel: string,
  ): Promise<CashierAnswer> {
    const outcome: Outcome = OUTCOMES[name];
    if (outcome.charge === 'now') await this.take(tx, order, channel, outcome);
    else {
      await tx.query(
        'UPDATE baidu.orders SET planned_outcome = NULL, charge_due_at = $2 WHERE order_id = $1',
        [
          order.order_id,
          outcome.charge === 'later' ? this.house.now() + this.house.settings.lateCharge : null,
        ],
      );
    }
    return { callbacks: callbacksOf(name, order.order_id), popup: outcome.popup ?? null };
  }

  private take(tx: Queryable, order: StoredOrder, channel: string, outcome: Outcome): Promise<boolean> {
    const { faults, settings } = this.house;
    const now = this.house.now();
    const { promoMoney } = faults.current;
    const notify =
      outcome.notify === 'never'
        ? ('held' as const)
        : { dueAt: outcome.notify === 'late' ? now + settings.lateNotification : now };
    return charge(tx, order, { channel, promoMoney, now, notify }, settings);
  }

  private refuse(orderInfo: unknown, refused: Refusal): Refusal {
    const { tpOrderId } = (orderInfo ?? {}) as { tpOrderId?: unknown };
    const name = typeof tpOrderId === 'string' ? tpOrderId.slice(0, 64) : '';
    const { errCode, errMsg, reasons } = refused;
    this.refusals.push({ at: this.house.now(), tpOrderId: name, errCode, errMsg, reasons });
    if (this.refusals.length > REMEMBERED_REFUSALS) this.refusals.shift();
    this.house.log(`refused ${printable(name) || 'an order'} (${errMsg}): ${printable(reasons.join('; '))}`);
    return refused;
  }
}

function simulated(order: StoredOrder, charged: boolean): Simulated {
  return { orderId: order.order_id, tpOrderId: order.tp_order_id, status: 2, charged };
}

function asAnswer({ errCode, errMsg }: Refusal): CashierAnswer {
  return { callbacks: [{ type: 'fail', errCode, errMsg }], popup: errCode === 904 ? null : errMsg };
}

/** One log line stays one line, whatever an order holds. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 2000);
}
