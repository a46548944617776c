export default {
  navigationBarTitleText: 'Checkout',
  usingComponents: {
    'pay-button': 'swan-cashier/pay-button/pay-button',
    'order-summary': 'swan-cashier/order-summary/order-summary',
  },
};
