import { useState } from 'react';
import { Button, Text, View } from '@tarojs/components';
import { getCurrentInstance } from '@tarojs/taro';
import type { PayButtonEvents, PayButtonInstance } from 'swan-cashier';
import './index.css';

const CART = { sku: 'tea' };
const GIFT = { sku: 'gift' };

export default function Checkout() {
  const [news, setNews] = useState<string[]>([]);
  const append = (line: string) => setNews(lines => [...lines, line]);
  const log =
    (name: string) =>
    ({ detail }: { detail: object }) => {
      const { phase, status, reason } = detail as Record<string, string | undefined>;
      append([name, phase ?? status ?? reason ?? ''].join(' ').trim());
    };

  const onPaid = ({ detail }: { detail: PayButtonEvents['paysuccess'] }) =>
    append(`paysuccess ${detail.tpOrderId}`);

  const payByCode = async () => {
    const { page } = getCurrentInstance();
    const gift = page?.selectComponent?.('#gift') as unknown as PayButtonInstance;
    const { outcome } = await gift.pay({ payload: { sku: 'cake' } });
    append(`by code: ${outcome}`);
  };

  return (
    <View>
      <order-summary
        id="summary"
        orderUrl="/orders/tea"
        orderKey="tea"
        onOrderload={log('orderload')}
        onOrderfail={log('orderfail')}
        onOrderexpire={log('orderexpire')}
        onStatuschange={log('statuschange')}
        onOrdercopy={log('ordercopy')}
      >
        <View slot="header">Pick up at the counter</View>
        <View slot="actions">Add a note</View>
        <View slot="footer">No refunds on hot tea</View>
      </order-summary>

      <pay-button
        id="buy"
        custom-class="buy"
        orderKey="tea"
        createUrl="/orders"
        orderPayload={CART}
        statusUrl="/orders/{tpOrderId}/status"
        amount={680}
        onPaytap={log('paytap')}
        onOrdercreated={log('ordercreated')}
        onStatechange={log('statechange')}
        onPaysuccess={onPaid}
        onPaycancel={log('paycancel')}
        onPayfail={log('payfail')}
        onPaypending={log('paypending')}
        onPaycomplete={log('paycomplete')}
      />

      <pay-button
        id="gift"
        label-class="gift-label"
        createUrl="/orders"
        orderPayload={GIFT}
        onPaypending={log('paypending')}
      >
        <Text>Give a cup</Text>
      </pay-button>

      <Button className="code" onClick={payByCode}>
        Pay by code
      </Button>
      {news.map((line, index) => (
        <View className="news" key={index}>
          {line}
        </View>
      ))}
    </View>
  );
}
