export default {
  pages: ['pages/checkout/index'],
  window: { navigationBarTitleText: 'Tea' },
};
