// Installed with npm alone, the compiler of uni-app does not find its own version of this module.
require('module-alias').addAlias(
  '@vue/component-compiler-utils',
  '@dcloudio/vue-cli-plugin-uni/packages/@vue/component-compiler-utils',
);

module.exports = {};
