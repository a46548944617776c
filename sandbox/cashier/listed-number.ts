const MAX_LENGTH = 64;

/** The number under which a refused order is listed: the beginning of its tpOrderId, '' where that is no text. */
export function listedNumber(orderInfo: unknown): string {
  const { tpOrderId } = Object(orderInfo) as { tpOrderId?: unknown };
  return typeof tpOrderId === 'string' ? tpOrderId.slice(0, MAX_LENGTH) : '';
}
