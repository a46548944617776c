import type { OrderSummaryElement, PayButtonElement } from 'swan-cashier/taro';

declare global {
  namespace JSX {
    interface IntrinsicElements {
      'pay-button': PayButtonElement;
      'order-summary': OrderSummaryElement;
    }
  }
}

declare module '@tarojs/components/types/View' {
  interface ViewProps {
    slot?: string;
  }
}
