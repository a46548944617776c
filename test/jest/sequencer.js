/** Without the times of an earlier run Jest begins with the largest files. What takes long is known better here. */
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = [
  /types\/shipped/,
  /e2e\/(sandbox-package|visual-layout|retry-after-crash|start|demo)\./,
  /simulation\/(random-schedules|mutations)/,
  /e2e\/(order-summary|demo-payment|cashier-kill|sandbox-backend|database|shop-model)\./,
  /unit\/merchant\/(diagnose-signature|work-limits|readme)/,
  /e2e\/(shop-refunds|shop-contract|shop-baidu|preview|consumer|es-module|cashier)\./,
];

const rank = ({ path }) => LONGEST.findIndex(pattern => pattern.test(path));
const isLong = test => rank(test) >= 0;

/** Both lists in their order, and both at an end at the same time. */
function interleave(one, other) {
  const place = list => list.map((test, index) => ({ test, at: (index + 0.5) / list.length }));
  return [...place(one), ...place(other)].sort((a, b) => a.at - b.at).map(({ test }) => test);
}

module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const long = sorted.filter(isLong).sort((a, b) => rank(a) - rank(b));
    const short = sorted.filter(test => !isLong(test));
    // Those of e2e wait for servers and browsers while the others compute.
    const waits = ({ path }) => path.includes('/e2e/');
    return [
      ...long,
      ...interleave(
        short.filter(waits),
        short.filter(test => !waits(test)),
      ),
    ];
  }
};
