/**
 * After a schedule: no more faults, and time for every window. Each charge must have been reported by then, nothing may
 * be under way, and goods can be bought again.
 */
import type { FakeComponent } from './fakes/fake-component';
import type { Simulation } from './simulation';

export async function settle(simulation: Simulation): Promise<string[]> {
  const { world, violations } = simulation;
  const { host, backend, cashier, invariant } = world;
  if (violations.length) return violations;
  invariant.disturb();
  backend.mode = 'ok';
  backend.respond = null;
  host.storage.mode = 'ok';
  host.modal.mode = 'ok';
  host.modal.answer = 'yes';
  host.modal.reply(false);
  cashier.plans.length = 0;
  host.show();
  await simulation.wait(20 * 60000);
  await lookAtEachCharge(simulation);
  for (const { tpOrderId } of invariant.mustBeTold()) {
    invariant.violate(`${tpOrderId} is paid and nobody was told`);
  }
  await simulation.wait(16 * 60000);
  nothingIsUnderWay(simulation);
  if (!violations.length) await buyAgain(simulation);
  world.checkSecrets();
  invariant.checkRendering();
  invariant.finish();
  return violations;
}

/** Pages with these goods are opened; where that is not enough, they are tapped. */
async function lookAtEachCharge(simulation: Simulation): Promise<void> {
  const { world } = simulation;
  const { invariant, backend } = world;
  for (let round = 0; round < 4 && invariant.mustBeTold().length; round++) {
    for (const facts of invariant.mustBeTold()) {
      const owners = [...facts.owners].filter(one => one);
      const owner = owners[Math.floor(round / 2) % owners.length];
      if (owner) world.setUser(owner);
      const order = backend.order(facts.tpOrderId)!;
      const page = world.host.relaunch(() =>
        round % 2 ? simulation.pages.openOrderPage(order)! : simulation.pages.openPage(order.goods),
      );
      await simulation.wait(70000);
      if (invariant.mustBeTold().includes(facts)) simulation.tap(page.buttons[0]);
      await simulation.wait(70000);
    }
  }
}

function nothingIsUnderWay({ world }: Simulation): void {
  const { host, invariant } = world;
  for (const button of host.pages.flatMap(({ buttons }) => buttons)) {
    if (button.isAlive && /ordering|paying|confirming/.test(button.phase)) {
      invariant.violate(`a button spins for ever: ${button.phase}`);
    }
    if (button.process === host.process && button.payCalls.some(({ outcome }) => !outcome)) {
      invariant.violate('a promise of pay() never resolved');
    }
  }
}

/** Without faults a few taps must be enough, after any schedule. */
async function buyAgain(simulation: Simulation): Promise<void> {
  const { world } = simulation;
  const page = world.host.relaunch(() => simulation.pages.openPage('gx'));
  await simulation.wait(5000);
  const button = page.buttons[0]!;
  const isBought = (one: FakeComponent): boolean => one.successes > 0;
  for (let tap = 0; tap < 5 && !isBought(button); tap++) {
    simulation.tap(button);
    await simulation.wait(80000);
  }
  if (!isBought(button))
    world.invariant.violate(`a dead end: nothing can be bought any more (${button.phase})`);
}
