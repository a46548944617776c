/**
 * Mends what @baidu/swan-types (@types/baidu-app 2.2.7) has wrong or lacks, by overloads only: an existing member's
 * type cannot be changed from outside. Nothing here reaches the published .d.ts.
 */
declare namespace swan {
  interface CashierOptions {
    orderInfo: object;
    bannedChannels?: string[];
    success?: (res?: unknown) => void;
    fail?: (err?: unknown) => void;
  }
  interface NoIconToast {
    title: string;
    icon: 'none' | 'success';
    duration?: number;
  }
  function requestPolymerPayment(options: CashierOptions): void;
  function showToast(options: NoIconToast): void;
}
