/** What the backend can say about an order. */
export type OrderStatus = 'unpaid' | 'paid' | 'closed' | 'refunding' | 'refunded';

export function isOrderStatus(word: unknown): word is OrderStatus {
  return typeof word === 'string' && /^(unpaid|paid|closed|refunding|refunded)$/.test(word);
}

/** Whether an order in this state has been paid for, so that paying it again would be a second charge. */
export function isPaid(status: unknown): boolean {
  return status === 'paid' || status === 'refunding' || status === 'refunded';
}
