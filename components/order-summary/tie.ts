/** The order-key that an order shares with the pay-button that pays it. */
import { type Phase, registry, type View } from '../../utils/bundle';

export interface Tie {
  /** the component as the purchases see it */
  view: View;
  /** from now on this is the key; '' for none */
  to(orderKey: string): void;
  /**
   * The purchase that pays the order; one of another order under the same key means nothing here.
   * @param own the number the order itself names, '' for none
   */
  known(own: string): { phase: Phase; tpOrderId: string };
}

export function createTie(phaseChanged: View['phaseChanged']): Tie {
  const source = { orderKey: '' };
  return {
    view: { source, payer: null, phaseChanged },
    to(orderKey) {
      source.orderKey = orderKey;
    },
    known(own) {
      if (source.orderKey) {
        const { phase, tpOrderId } = registry().known(source.orderKey);
        if (!own || !tpOrderId || own === tpOrderId) return { phase, tpOrderId: own || tpOrderId };
      }
      return { phase: 'idle', tpOrderId: own };
    },
  };
}
