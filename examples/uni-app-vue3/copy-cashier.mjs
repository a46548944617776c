// uni-app takes native components out of src/swancomponents, and out of nowhere else.
import { cpSync } from 'node:fs';

for (const part of ['pay-button', 'order-summary', 'utils']) {
  cpSync(`node_modules/swan-cashier/${part}`, `src/swancomponents/swan-cashier/${part}`, {
    recursive: true,
    filter: file => !/\.(mjs|d\.m?ts)$/.test(file),
  });
}
