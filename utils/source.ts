import type { View as AudienceView } from './audience';
import type { OrderInfo } from './order-info';
import type { OrderRequest } from './order-request';
import type { Failure } from './payment';

/** Where an order comes from and how it is paid: a component's properties, read and checked. */
export interface Source extends OrderRequest {
  orderKey: string;
  /** hash of what is bought: with an explicit order-key it tells a new purchase from the old one */
  fingerprint: string;
  /** which create-url or order-info: two components of one key must agree on it */
  origin: string;
  statusUrl: string;
  orderInfo: OrderInfo | null;
  bannedChannels: string[];
  /** orderInfo fields the page may add */
  extras: Record<string, string>;
  /** why nothing can be paid with these properties */
  refusal: Failure | null;
}

/** A component as the registry sees it: pay-button with all of a source, order-summary with its order-key. */
export type View = AudienceView<Pick<Source, 'orderKey'> & Partial<Source>>;
