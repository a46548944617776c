import { formatFen } from '../../utils/order/money';
import { jsonObject, type OrderInfo } from '../../utils/order/order-info';

/** What the user sees, as text. */
export interface Sheet {
  title: string;
  /** "113.00" */
  amount: string;
  /** what comes off, "1.00"; absent without a promotion */
  discount?: string;
  groups: { left: string; right: string }[][];
  channels: Channel[];
}

export interface Channel {
  id: string;
  name: string;
}

/** `bannedChannels` names the first three (调起百度收银台, 2019); the others are this cashier's. */
const CHANNELS: Channel[] = [
  { id: 'BDWallet', name: '百度钱包' },
  { id: 'WeChat', name: '微信支付' },
  { id: 'Alipay', name: '支付宝' },
  { id: 'DuXiaoMan', name: '度小满' },
];

/** The name of a channel on the sheet; undefined for an unknown id. */
export function channelName(id: string): string | undefined {
  return CHANNELS.find(channel => channel.id === id)?.name;
}

const MAX_ROWS = 20;

/** @param bannedChannels as the mini-program gave it; anything but a list of names bans nothing */
export function availableChannels(bannedChannels: unknown): Channel[] {
  const banned: unknown[] = Array.isArray(bannedChannels) ? bannedChannels : [];
  return CHANNELS.filter(({ id }) => !banned.includes(id));
}

export function isChannel(id: unknown): id is string {
  return CHANNELS.some(channel => channel.id === id);
}

export function buildSheet(order: OrderInfo, amount: number, promoMoney: number, channels: Channel[]): Sheet {
  return {
    title: order.dealTitle,
    amount: formatFen(amount - promoMoney),
    ...(promoMoney > 0 && { discount: formatFen(promoMoney) }),
    groups: topBlock(order.bizInfo),
    channels,
  };
}

/** bizInfo.tpData.displayData.cashierTopBlock: groups of { leftCol, rightCol }; what is no text is left out. */
function topBlock(bizInfo: string | undefined): Sheet['groups'] {
  const block = child(child(child(jsonObject(bizInfo), 'tpData'), 'displayData'), 'cashierTopBlock');
  let rows = 0;
  return asList(block)
    .map(group =>
      asList(group).flatMap(row => {
        const left = child(row, 'leftCol');
        const right = child(row, 'rightCol');
        if (typeof left !== 'string' || typeof right !== 'string' || ++rows > MAX_ROWS) return [];
        return [{ left, right }];
      }),
    )
    .filter(group => group.length > 0);
}

function child(value: unknown, key: string): unknown {
  return value && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
