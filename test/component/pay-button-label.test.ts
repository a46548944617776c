/** What is written on it: what its slot renders, else the label. */
import {
  payButtonTag,
  CREATE,
  label,
  mountPayPage,
  startPayButtonApp,
  stopApp,
} from '../helpers/component-page';

beforeEach(startPayButtonApp);
afterEach(stopApp);

describe('the label of pay-button', () => {
  test.each([
    ['nothing', ''],
    ['a comment', '<!-- none -->'],
    ['an s-if that is false', '<text s-if="{{false}}">付</text>'],
    ['a block whose s-if is false', '<block s-if="{{false}}">付</block>'],
    ['an s-for over nothing', '<text s-for="{{[]}}">付</text>'],
    ['an empty text', "{{''}}"],
    ['a text that is not there', '{{nothing}}'],
    ['blanks', '\n  '],
    ['blanks around an s-if that is false', '\n  <text s-if="{{false}}">付</text>\n'],
  ])('is shown when its slot holds %s', async (_what, slot) => {
    const page = await mountPayPage(payButtonTag(CREATE, slot));
    expect(label(page)).toBe('立即支付');
  });

  test.each([
    ['text', '去付款'],
    ['data of the page', '{{word}}'],
    ['an element', '<view class="own">去付款</view>'],
    ['an s-if that is true', '<text s-if="{{true}}">去付款</text>'],
    ['an s-else', '<text s-if="{{false}}">付</text><text s-else>去付款</text>'],
  ])('is replaced when its slot holds %s', async (_what, slot) => {
    const page = await mountPayPage(payButtonTag(CREATE, slot), { data: { cart: {}, word: '去付款' } });
    expect(label(page)).toBe('去付款');
  });

  test.each([
    ['an s-if', '<text s-if="{{on}}">去付款</text>'],
    ['a text', "{{on ? '去付款' : ''}}"],
  ])('goes and comes back when its slot is toggled by %s', async (_what, slot) => {
    const page = await mountPayPage(payButtonTag(CREATE, slot), { data: { cart: {}, on: false } });
    expect(label(page)).toBe('立即支付');
    await page.setData({ on: true });
    expect(label(page)).toBe('去付款');
    await page.setData({ on: false });
    expect(label(page)).toBe('立即支付');
  });
});
