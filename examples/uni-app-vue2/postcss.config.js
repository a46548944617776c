module.exports = {
  parser: require('postcss-comment'),
  plugins: [require('postcss-import'), require('@dcloudio/vue-cli-plugin-uni/packages/postcss')],
};
