import { mountPage, type MountedPage } from '../../../sandbox/preview/testing';

interface Swiper {
  page: MountedPage;
  /** [type, current, source] of each event. */
  log: unknown[];
  /** The text of the slide that is in the first place. */
  shown(): string | undefined;
  /** The color of each dot. */
  dots(): string[];
}

/** A swiper of data.list; 30 ms are more than a frame, and `duration` is 0. */
const mount = async (attributes: string, data: object = {}): Promise<Swiper> => {
  const log: unknown[] = [];
  const methods = {
    note: ({ type, detail }: { type: string; detail: { current: number; source: string } }) =>
      log.push([type, detail.current, detail.source]),
  };
  const slides = '<swiper-item s-for="tea in list" item-id="{{tea}}">{{tea}}</swiper-item>';
  const template = `<swiper duration="0" bind:change="note" bind:animationfinish="note" ${attributes}>${slides}</swiper>`;
  const page = await mountPage({ template, data: { list: ['a', 'b', 'c'], n: 0, ...data }, methods });
  const elements = (tag: string) => [...page.root.querySelectorAll<HTMLElement>(tag)];
  return {
    page,
    log,
    shown: () =>
      elements('swan-swiper-item').find(({ style }) => style.transform === 'translate(0%, 0)')?.textContent,
    dots: () => elements('preview-dot').map(({ style }) => style.background),
  };
};
const later = (ms = 30) => new Promise(resolve => setTimeout(resolve, ms));

describe('a swiper', () => {
  test('shows the slide of current without an event, and tells one, when current changes', async () => {
    const { page, log, shown } = await mount('current="{{n}}"', { n: 1 });
    await later();
    expect([shown(), log]).toEqual(['b', []]);
    await page.setData({ n: 2 });
    await later();
    expect(shown()).toBe('c');
    await page.setData({ n: 9 });
    await later();
    expect(shown()).toBe('c');
    expect(log).toEqual([
      ['change', 2, ''],
      ['animationfinish', 2, ''],
    ]);
  });

  test('shows the slide of current-item-id', async () => {
    const { page, log, shown } = await mount('current-item-id="{{id}}"', { id: 'c' });
    expect(shown()).toBe('c');
    await page.setData({ id: 'b' });
    await later();
    expect([shown(), log[0]]).toEqual(['b', ['change', 1, '']]);
  });

  test('has a dot for each slide, in its colors, when indicator-dots is true', async () => {
    const { page, dots } = await mount(
      'current="{{n}}" indicator-dots="{{dots}}" indicator-color="red" indicator-active-color="blue"',
    );
    expect(dots()).toEqual([]);
    await page.setData({ dots: true });
    expect(dots()).toEqual(['blue', 'red', 'red']);
    await page.setData({ n: 1, list: ['a', 'b'] });
    expect(dots()).toEqual(['red', 'blue']);
    await page.setData({ list: [] });
    expect(dots()).toEqual([]);
    await page.setData({ list: ['d'] });
    expect(dots()).toEqual(['blue']);
  });

  test('shows the slide of current, without an event, when its slides come later', async () => {
    const { page, log, shown } = await mount('current="2"', { list: [] });
    await page.setData({ list: ['a', 'b', 'c'] });
    expect([shown(), log]).toEqual(['c', []]);
    await page.setData({ list: ['a'] });
    expect([shown(), log]).toEqual(['a', []]);
  });

  test('has no change event of its own when a control on a slide changes', async () => {
    const changes: unknown[] = [];
    const page = await mountPage({
      template:
        '<swiper bind:change="note"><swiper-item><switch bind:change="note" /></swiper-item></swiper>',
      methods: { note: ({ detail }: { detail: unknown }) => changes.push(detail) },
    });
    page.getElement('input').click();
    expect(changes).toEqual([{ checked: true }]);
  });

  const turnsOf = (log: unknown[]): unknown[] =>
    log.filter((entry): entry is unknown[] => Array.isArray(entry) && entry[0] === 'change');

  test.each(['', 'circular'])(
    'turns by itself, after the last slide to the first, when it has autoplay %s',
    async circular => {
      const { log } = await mount(`autoplay interval="20" ${circular}`);
      while (turnsOf(log).length < 3) await later(5);
      expect(turnsOf(log).slice(0, 3)).toEqual([1, 2, 0].map(index => ['change', index, 'autoplay']));
    },
  );

  test.each([
    ['its page is hidden', (page: MountedPage) => page.root.setAttribute('away', '')],
    ['its page is closed', (page: MountedPage) => page.root.remove()],
    ['one slide is left', (page: MountedPage) => page.setData({ list: ['a'] })],
  ])('does not turn when %s', async (_, stop) => {
    const { page, log } = await mount('autoplay interval="40"');
    await stop(page);
    await later(0);
    log.length = 0;
    await later(100);
    expect(turnsOf(log)).toEqual([]);
  });
});
