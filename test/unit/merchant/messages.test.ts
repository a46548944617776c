import { diagnoseNotification, diagnoseOrder } from '../../../merchant';
import { parseOrderInfo } from '../../../utils/order/order-info';
import { severityOf } from '../../../merchant/diagnose/codes';
import type { FindingCode } from '../../../merchant';
import { en } from '../../../merchant/diagnose/messages.en';
import { zhCN } from '../../../merchant/diagnose/messages.zh-CN';
import { bodyOf, orderOf, required, vectors } from './vectors';

const codes = Object.keys(en) as FindingCode[];
const placeholders = (template: string): string[] => (template.match(/\{\w+\}/g) ?? []).sort();

test.each(codes)('%s has messages with the same evidence when it is translated', code => {
  for (const part of ['message', 'fix'] as const) {
    expect(en[code][part]).not.toBe('');
    expect(zhCN[code][part]).toMatch(/[\u4e00-\u9fff]|^\{needs\}$/);
    expect(placeholders(zhCN[code][part])).toEqual(placeholders(en[code][part]));
  }
});

test('a finding contains no placeholder and no undefined when its message is formatted', () => {
  for (const each of vectors.filter(each => each.publicKeyPem && each.diagnosis)) {
    const key = required(each.publicKeyPem);
    for (const locale of ['en', 'zh-CN'] as const) {
      const { findings } =
        each.kind === 'order'
          ? diagnoseOrder({ ...orderOf(each), notifyUrl: 'https://shop.example/pay/notify' }, key, { locale })
          : diagnoseNotification(bodyOf(each), key, { locale });
      for (const { message, fix } of findings) {
        expect(message + fix).not.toMatch(/\{[a-z]\w*\}/i);
        if (each.diagnosis !== 'NULL_OR_UNDEFINED_JOINED') expect(message).not.toMatch(/undefined/);
      }
    }
  }
});

test('the doctor has the same severity as the mini-program when an orderInfo has a problem', () => {
  const wrong: unknown[] = [
    null,
    '{"appKey":"a"}',
    {
      dealId: 1,
      appKey: '4fecoAqgCIUtzIyA4FAPgoyrc4oUc25c',
      totalAmount: '1.00',
      tpOrderId: 'a b',
      rsaSign: 'a-b',
    },
    {
      dealId: '1',
      appKey: 'a',
      totalAmount: 1,
      tpOrderId: 'a',
      signFieldsRange: '0',
      bizInfo: {},
      rsaSign: 'ab',
    },
    { dealId: '1', bizInfo: '[]', rsaSign: 'a%2B' },
    { dealId: '1', bizInfo: '{"tpData":{"dealID":"1","appKey":"x"}}', rsaSign: 'a b' },
  ];
  const problems = wrong.flatMap(input => parseOrderInfo(input).problems);
  expect(new Set(problems.map(problem => problem.code)).size).toBeGreaterThan(10);
  for (const { code, severity } of problems) expect([code, severityOf(code)]).toEqual([code, severity]);
});
