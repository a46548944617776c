/** swan-cashier/taro, the plugin for Taro's compiler: what becomes of the children of a native component in its templates. */
import swanCashier from '../../../taro/index';

type LoopBody = (body: string, tag: string) => string;

/** As Taro 4.2.0 writes the children of a native component for Swan. */
const CHILDREN = '<template is="{{xs.a(0, item.nn)}}" data="{{{ i:item }}}" s-for="{{i.cn}}" s-key="sid" />';

/** Runs the plugin as Taro does, on a platform that another plugin may have changed before. */
function bodyAfterPlugin(tag: string, before?: LoopBody): string {
  const template: { modifyThirdPartyLoopBody?: LoopBody } = before
    ? { modifyThirdPartyLoopBody: before }
    : {};
  swanCashier({
    registerMethod: (name, run) => {
      expect(name).toBe('onSetupClose');
      run({ template });
    },
  });
  return template.modifyThirdPartyLoopBody?.(CHILDREN, tag) ?? '';
}

test('order-summary has one fixed slot for each name, which shows the children of that slot', () => {
  const body = bodyAfterPlugin('order-summary');
  expect([...body.matchAll(/<view slot="(\w+)">/g)].map(([, name]) => name)).toEqual([
    'header',
    'actions',
    'footer',
  ]);
  expect(body.match(/s-for="\{\{i\.cn\}\}"/g)).toHaveLength(3);
  expect(body).toContain(`<block s-if="{{item.slot === 'footer'}}"><template is="{{xs.a(0, item.nn)}}"`);
});

test('another native component keeps what Taro wrote', () => {
  expect(bodyAfterPlugin('pay-button')).toBe(CHILDREN);
});

test('what another plugin changed is kept', () => {
  const other: LoopBody = (body, tag) => `<!-- ${tag} -->${body}`;
  expect(bodyAfterPlugin('van-cell', other)).toBe(`<!-- van-cell -->${CHILDREN}`);
  expect(bodyAfterPlugin('order-summary', other)).toContain('<!-- order-summary -->');
});
