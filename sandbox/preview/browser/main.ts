import { listen } from '../runtime/events';
import { Program } from '../runtime/program';
import type { OpenPage } from '../runtime/page';
import { createSwan } from '../swan-api';
import type { NavigationDevice } from '../swan-api/device';
import { resolvePage } from '../swan-api/navigation';
import { routesOf } from '../pages';
import { Bar } from './bar';
import { browserDevice } from './device';
import { byId } from './dom';
import { loadFiles, Scripts, type AppFiles } from './files';
import { Journal } from './journal';
import { Overlays } from './overlays';
import { Styles } from './styles';

const ASSETS = '/preview/files';

/** The page kept in the address, so that a reload finds it again; the first page when there is none. */
function startPage(routes: string[]): { route: string; query: Record<string, string> } {
  const wanted = resolvePage(window.location.hash.slice(1) || '/', '');
  return routes.includes(wanted.route) ? wanted : { route: routes[0] ?? '', query: {} };
}

function rememberPage(page: OpenPage): void {
  const query = new URLSearchParams(page.query).toString();
  window.history.replaceState(null, '', `#/${page.route}${query && `?${query}`}`);
}

function run(files: AppFiles, overlays: Overlays): void {
  const routes = routesOf(files.app);
  const home = routes[0] ?? '';
  const journal = new Journal();
  const styles = new Styles(files.appCss, ASSETS);
  const failed = journal.failed.bind(journal);

  const bar = new Bar({
    back: () => program.back(1),
    home: () => program.replace(program.pages.length, home, {}),
    menu: () => void overlays.actionSheet(['重新进入小程序', '清除数据并重新进入'], '#1b1d23').then(reenter),
    leave: () => {
      program.hide();
      const veil = overlays.away(() => {
        veil.remove();
        program.show();
      });
    },
  });
  const reenter = (choice: number | null): void => {
    if (choice === null) return;
    if (choice === 1) device.storage.clear();
    window.location.reload();
  };

  const known = (move: (route: string, query: Record<string, string>) => void): typeof move => {
    return (route, query) => {
      if (!routes.includes(route)) throw new Error(`there is no page ${route} in app.json`);
      move(route, query);
    };
  };
  const navigation: NavigationDevice = {
    route: () => program.top?.route ?? '',
    open: known((route, query) => program.open(route, query)),
    replace: known((route, query) => program.replace(1, route, query)),
    relaunch: known((route, query) => program.replace(program.pages.length, route, query)),
    back: count => program.back(count),
  };
  const device = browserDevice({
    overlays,
    bar,
    navigation,
    origin: files.origin,
    requestTimeout: Math.min(files.app.networkTimeout?.request ?? 60000, 60000),
    called: journal.called.bind(journal),
    failed,
  });
  const swan = createSwan(device);
  const getApp = (): unknown => program.app;
  const getCurrentPages = (): unknown[] => program.pages.map(page => page.self);
  const scripts = new Scripts(files.requires, [getApp, getCurrentPages, swan]);
  const program: Program = new Program({
    app: files.app,
    units: files.units,
    screen: byId('pages'),
    assets: ASSETS,
    reachable: url => (url.startsWith(`${files.origin}/`) ? url.slice(files.origin.length) : url),
    script: id => scripts.registration(id),
    style: (_, css) => styles.addComponent(css),
    topChanged(page) {
      for (const other of program.pages) {
        other.element?.classList.toggle('under', other !== page);
        other.element?.toggleAttribute('inert', other !== page);
      }
      styles.showPage(page.unit.css);
      bar.showPage(page.unit.config, files.app.window ?? {}, program.pages.length > 1, page.route === home);
      rememberPage(page);
    },
    failed,
    recorder: journal,
  });

  listen(byId('pages'), (url, openType) => {
    const { route, query } = resolvePage(url, program.top?.route ?? '');
    if (openType === 'redirect') navigation.replace(route, query);
    else if (openType === 'navigateBack') navigation.back(1);
    else if (openType === 'reLaunch' || openType === 'switchTab') navigation.relaunch(route, query);
    else navigation.open(route, query);
  });
  window.preview = {
    pages: () => program.pages.map(page => page.route),
    page: () => program.top?.self,
    app: () => program.app,
    swan,
    component: selector => program.top?.selectOne(selector),
    setDataLog: journal.setDataLog,
    calls: journal.calls,
    events: journal.events,
    errors: journal.errors,
    appHide: () => program.hide(),
    appShow: () => program.show(),
    back: () => program.back(1),
    reload: () => window.location.reload(),
  };
  const { route, query } = startPage(routes);
  program.launch(route, query);
}

function prepareDrawer(): void {
  const drawer = byId('drawer');
  const toggle = byId('drawer-toggle');
  toggle.addEventListener('click', () => {
    const open = document.body.classList.toggle('drawer-open');
    toggle.setAttribute('aria-expanded', String(open));
    toggle.textContent = open ? '收起' : '开发者';
  });
  const look = (): void => void document.body.classList.toggle('has-drawer', drawer.childElementCount > 0);
  new MutationObserver(look).observe(drawer, { childList: true });
  look();
}

function showClock(): void {
  const now = new Date();
  byId('clock').textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, '0')}`;
  setTimeout(showClock, 60000 - (now.getTime() % 60000));
}

async function start(): Promise<void> {
  const overlays = new Overlays(byId('screen'));
  prepareDrawer();
  showClock();
  try {
    run(await loadFiles(), overlays);
  } catch (error) {
    console.error(error);
    overlays.broken(error instanceof Error ? error.message : String(error));
  }
}

void start();
