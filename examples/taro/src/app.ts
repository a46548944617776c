import type { PropsWithChildren } from 'react';
import { configure } from 'swan-cashier';
import './app.css';

configure({ baseUrl: 'https://shop.example' });

export default function App({ children }: PropsWithChildren) {
  return children;
}
