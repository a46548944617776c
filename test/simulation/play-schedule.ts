/**
 * Plays a schedule: what people, pages, phones, shops and cashiers do, step by step, with the oracle watching, and then what
 * must be true when all faults have stopped.
 */
import type { FakeComponent } from './fakes/fake-component';
import type { FakePage } from './fakes/fake-page';
import type { LoadLibrary } from './fakes/library';
import type { Setup, Step } from './schedule';
import { ShopPages } from './shop-pages';
import { World } from './world';

export class Simulation {
  readonly world: World;
  readonly pages: ShopPages;

  constructor(
    private readonly setup: Setup,
    load: LoadLibrary,
  ) {
    this.world = new World({
      load,
      copies: setup.copies,
      configuresAllCopies: setup.configuresAllCopies,
      userId: setup.userId,
      host: setup.devtools ? { platform: 'devtools' } : {},
    });
    const { backend, host } = this.world;
    backend.traits = setup.shop;
    backend.titleOf = (goods, tpOrderId) => `${goods}${tpOrderId}.`;
    if (setup.hook === 'app-show-resumes') host.onAppShow = () => void host.resumePending();
    this.pages = new ShopPages(setup, this.world);
    this.pages.openPage();
  }

  get violations(): string[] {
    return this.world.invariant.violations;
  }

  async run(steps: Step[]): Promise<string[]> {
    await this.wait(50);
    for (const step of steps) {
      await this.apply(step);
      this.world.invariant.check();
      this.world.invariant.checkRendering();
      if (this.violations.length) break;
    }
    return this.violations;
  }

  wait(ms: number): Promise<void> {
    return this.world.clock.advanceAsync(ms);
  }

  private async apply(step: Step): Promise<void> {
    const { world, pages } = this;
    const { host, backend, cashier, invariant } = world;
    if (!/^(wait|tap|plan)$/.test(step.do)) invariant.disturb();
    const page = host.top;
    const rowOf = (from: FakePage | undefined, row: number): FakeComponent | undefined => {
      const buttons = from?.buttons.filter(({ attached }) => attached) ?? [];
      return from?.ready ? buttons[row % buttons.length] : undefined;
    };
    switch (step.do) {
      case 'wait':
        await this.wait(step.ms);
        break;
      case 'tap':
        this.tap(rowOf(page, step.row));
        break;
      case 'double-tap':
        this.tap(rowOf(page, step.row));
        await this.wait(80);
        this.tap(rowOf(page, step.row));
        break;
      case 'pay':
        pages.pay(rowOf(page, step.row));
        break;
      case 'pay-below':
        pages.pay(rowOf(host.pages[host.pages.length - 2], step.row));
        break;
      case 'reset':
        rowOf(page, step.row)?.reset();
        break;
      case 'detach':
        rowOf(page, step.row)?.detach();
        break;
      case 'change': {
        const button = rowOf(page, step.row);
        if (button) button.set(pages.propertiesOf(`g${step.goods}`, Number(button.properties.row)));
        break;
      }
      case 'reprice':
        backend.totalAmount = step.amount;
        for (const button of page?.buttons ?? []) {
          if (this.setup.amount && button.isAlive && page?.ready) button.set({ amount: step.amount });
        }
        break;
      case 'plan':
        cashier.plans.push(step.plan);
        break;
      case 'modal':
        host.modal.answer = step.answer;
        host.modal.mode = step.mode;
        break;
      case 'backend':
        backend.mode = step.mode;
        break;
      case 'storage':
        host.storage.mode = step.mode;
        break;
      case 'clear-storage':
        host.storage.clear();
        break;
      case 'expire':
        backend.expire(step.atBaidu);
        break;
      case 'refund':
        backend.refund();
        break;
      case 'jump':
        world.jumpDevice(step.ms);
        break;
      case 'user':
        this.changeUser(step.userId, step.relaunch);
        break;
      case 'open':
        if (host.isFront && host.pages.length < 4) pages.openPage();
        break;
      case 'open-order':
        pages.openOrderPage();
        break;
      case 'close':
        if (host.isFront && host.pages.length > 1) host.closePage();
        break;
      case 'switch-tab':
        if (host.isFront && !cashier.isOpen) host.switchTab(() => pages.openPage());
        break;
      case 'appear':
      case 'appear-below': {
        const where = step.do === 'appear' ? page : host.pages[host.pages.length - 2];
        // A component that is attached in the background would pass for one in front: see section 2, facts.
        if (where?.ready && host.isFront && where.components.length < 6) pages.addButton(where);
        break;
      }
      case 'hide':
        host.hide();
        break;
      case 'show':
        host.show();
        break;
      case 'kill':
        host.kill();
        await this.wait(1500);
        pages.openPage();
        break;
      case 'resume-pending':
        host.resumePending();
        break;
    }
    await this.wait(1);
  }

  /** A person taps what can be seen. */
  tap(button: FakeComponent | undefined): void {
    if (button && this.world.canTap(button)) button.tap();
  }

  private changeUser(userId: string, relaunch: boolean): void {
    const { world } = this;
    if (!relaunch) {
      world.setUser(userId);
      return;
    }
    if (!world.host.isFront) return;
    world.setUser(userId);
    world.host.relaunch(() => this.pages.openPage());
  }
}

/**
 * After a schedule: no more faults, and time for every window. Each charge must have been reported by then, nothing may
 * be under way, and goods can be bought again.
 */
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
