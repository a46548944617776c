/**
 * What was paid, for the run of the app: a button of these goods shows `paid`, and the next order of them is a new one.
 */
import { createMap } from '../create-map';
import { type ButtonHandle, mountedButtons } from './component-registry';
import { removeDraftsOf } from './drafts';
import type { LedgerOrder } from './ledger';
import { isOfCurrentOwner } from './ledger-storage';
import type { PayOutcome } from './pay-button-events';

interface PaidGoods {
  owner: string;
  outcome: PayOutcome;
}

/** each owner's latest success of an explicit order-key, or of an order's number, for the run of the app */
const paidGoodsByName = createMap<PaidGoods[]>();

type PaidOrder = Pick<LedgerOrder, 'tpOrderId' | 'goods' | 'orderKey' | 'owner' | 'idempotencyKey'>;

/** After this the next order of these goods is a new one. */
export function rememberPaid(order: PaidOrder, outcome: PayOutcome): void {
  const { tpOrderId, goods, orderKey, owner } = order;
  const remember = (name: string): void => {
    paidGoodsByName[name] = paidGoodsWhere(name, paid => paid.owner !== owner).concat({ owner, outcome });
  };
  remember(tpOrderId);
  if (orderKey) remember(goods);
  removeDraftsOf(order);
}

const paidGoodsWhere = (name: string, isMeant: (paid: PaidGoods) => boolean): PaidGoods[] =>
  (paidGoodsByName[name] || []).filter(isMeant);

/** For a refunded order: its goods are no longer paid. */
export function forgetPaidOrder(tpOrderId: string): void {
  Object.keys(paidGoodsByName).forEach(name => {
    paidGoodsByName[name] = paidGoodsWhere(name, paid => paid.outcome.tpOrderId !== tpOrderId);
  });
  mountedButtons().forEach(button => {
    if (button.paid && button.paid.outcome.tpOrderId === tpOrderId) button.paid = null;
  });
}

/**
 * The success that makes a button of these goods show `paid`.
 * @param goods or the tpOrderId of an order, which names those of a ready one
 */
export function paidOutcome(goods: string, button?: ButtonHandle): PayOutcome | null {
  if (!goods) return null;
  // Tab page: the component's show event comes after the page's onShow, so wasAway is still set here.
  const own = button && button.paid;
  const isShown = own && own.goods === goods && (!button.wasAway || own.isUnseen) && isOfCurrentOwner(own);
  const paid = isShown ? own : paidGoodsWhere(goods, isOfCurrentOwner).pop();
  return paid ? paid.outcome : null;
}

export function forgetPaid(button: ButtonHandle): void {
  const { goods, orderKey, isReady } = button.request;
  button.paid = null;
  // Buttons of one purchase show one phase.
  mountedButtons().forEach(other => {
    if (orderKey && other.request.goods === goods) other.paid = null;
  });
  // An order that is paid stays so; what is forgotten is that these goods were.
  if (isReady) return;
  paidGoodsByName[goods] = paidGoodsWhere(goods, paid => !isOfCurrentOwner(paid));
}
