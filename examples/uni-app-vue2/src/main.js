import Vue from 'vue';
import { configure } from 'swan-cashier';
import App from './App.vue';

configure({ baseUrl: 'https://shop.example' });

App.mpType = 'app';
new Vue(App).$mount();
