import { cashierApi } from './cashier-api';
import { mountDevPanel } from './dev-panel';
import { createPaymentPort } from './payment-port';
import { SheetView } from './sheet-view';

const script = document.currentScript as HTMLScriptElement | null;
/** the folder this script came from: /baidu */
const path = script ? new URL('.', script.src).pathname.replace(/\/$/, '') : '/baidu';

const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = `${path}/cashier.css`;
document.head.append(style);

const api = cashierApi(path);
const port = createPaymentPort(api, screen => new SheetView(screen), {
  now: () => performance.now(),
  log: line => console.warn(line),
});
window.swanPorts = { ...window.swanPorts, requestPolymerPayment: port };

function mount(): void {
  const place = document.getElementById('dev-panel');
  if (place) mountDevPanel(place, api);
}
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', mount);
else mount();
