/** What other scripts of the preview's page can carry out for the mini-program. */

/** What the mini-program gave to swan.requestPolymerPayment. */
export interface PaymentOptions {
  orderInfo?: unknown;
  bannedChannels?: unknown;
  success?: unknown;
  fail?: unknown;
  complete?: unknown;
}

/** @param screen where a cashier draws */
export type PaymentPort = (options: PaymentOptions, screen: HTMLElement) => void;

declare global {
  interface Window {
    /** set by other scripts, read by the preview */
    swanPorts?: { requestPolymerPayment?: PaymentPort };
  }
}
