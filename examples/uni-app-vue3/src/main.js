import { createSSRApp } from 'vue';
import { configure } from 'swan-cashier';
import App from './App.vue';

configure({ baseUrl: 'https://shop.example' });

export function createApp() {
  return { app: createSSRApp(App) };
}
