/** Without the times of an earlier run Jest begins with the largest files. What takes long is known better here. */
const { default: Sequencer } = require('@jest/test-sequencer');

const FIRST = [
  /types\/shipped/,
  /simulation\/(random-schedules|mutations)/,
  /e2e\/(start|visual-layout|retry-after-crash|cashier-kill|demo|pay|order-summary)\./,
  /e2e\//,
  /unit\/merchant\//,
];

const rank = ({ path }) => {
  const index = FIRST.findIndex(pattern => pattern.test(path));
  return index < 0 ? FIRST.length : index;
};

module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
