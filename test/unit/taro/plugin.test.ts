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

test('the template has one fixed slot per name when the component is order-summary', () => {
  const body = bodyAfterPlugin('order-summary');
  expect([...body.matchAll(/<view slot="(\w+)">/g)].map(([, name]) => name)).toEqual([
    'header',
    'actions',
    'footer',
  ]);
  expect(body.match(/s-for="\{\{i\.cn\}\}"/g)).toHaveLength(3);
  expect(body).toContain(`<block s-if="{{item.slot === 'footer'}}"><template is="{{xs.a(0, item.nn)}}"`);
});

test('the template of Taro is kept when the component is another one', () => {
  expect(bodyAfterPlugin('pay-button')).toBe(CHILDREN);
});

test('the change of another plugin is kept when both change a template', () => {
  const other: LoopBody = (body, tag) => `<!-- ${tag} -->${body}`;
  expect(bodyAfterPlugin('van-cell', other)).toBe(`<!-- van-cell -->${CHILDREN}`);
  expect(bodyAfterPlugin('order-summary', other)).toContain('<!-- order-summary -->');
});
