/** <swiper>: slides side by side or one above the other, moved by a finger, by `current` and by time. */
import { convertUnits } from '../../convert-units';
import { canTurn, nearest, placeOf, pulled, released, wrap, type Slides } from './swiper-geometry';

/** px that a finger moves before the slides follow it; a shorter way is a tap. */
const DRAG_SLOP = 10;

/** ms after which a finger that does not move has no speed. */
const STANDSTILL = 100;

/** What made another slide the current one. */
type Source = 'autoplay' | 'touch' | '';

/** A finger on the slides. */
interface Press {
  x: number;
  y: number;
  target: Element;
  /** Where the slides were. */
  start: number;
  isDrag: boolean;
  /** Of the last move. */
  time: number;
  /** Of the last move, in slides per ms. */
  speed: number;
  /** Ends the listeners. */
  end: AbortController;
}

const isMotionReduced = (): boolean =>
  window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
const easeOut = (progress: number): number => 1 - (1 - progress) ** 3;

class Swiper {
  private index = 0;
  /** The slide, or a place between two, that is in the first place on the screen. */
  private offset = 0;
  /** Whether `current` or `current-item-id` changed since the slides were drawn last. */
  private hasNewCurrent = false;
  /** Whether the user or time moved the slides after that. */
  private isMovedSince = false;
  private isDrawn = false;
  private isUpdateQueued = false;
  private press: Press | null = null;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly dots = document.createElement('preview-dots');
  private readonly observer = new MutationObserver(() => this.queueUpdate());

  constructor(private readonly element: HTMLElement) {
    element.addEventListener('pointerdown', event => this.onPress(event));
    // Else the browser drags the picture.
    element.addEventListener('dragstart', event => event.preventDefault());
    // Controls on a slide have a change of their own.
    element.addEventListener('change', event => {
      if (event.target !== element) event.stopImmediatePropagation();
    });
  }

  /** It is on a page. */
  connect(): void {
    const { element, observer } = this;
    observer.observe(element, { childList: true });
    const page = element.closest('swan-page');
    if (page) observer.observe(page, { attributes: true, attributeFilter: ['away'] });
    this.queueUpdate();
  }

  /** It was taken off the page. */
  disconnect(): void {
    this.observer.disconnect();
    this.endPress();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
  }

  onAttribute(name: string): void {
    if (name.startsWith('current')) {
      this.hasNewCurrent = true;
      this.isMovedSince = false;
    }
    this.queueUpdate();
  }

  /** Updates once all attributes and slides of this turn have changed. */
  private queueUpdate(): void {
    if (this.isUpdateQueued) return;
    this.isUpdateQueued = true;
    queueMicrotask(() => {
      this.isUpdateQueued = false;
      if (this.element.isConnected) this.update();
    });
  }

  private update(): void {
    const { slides } = this;
    const wanted = nearest(this.isMovedSince ? this.index : this.wantedIndex(), slides);
    if (this.isDrawn && this.hasNewCurrent && wanted !== this.index) this.moveTo(wanted, '');
    else {
      this.index = wanted;
      if (!this.frame && !this.press) this.offset = wanted;
    }
    this.hasNewCurrent = false;
    this.isDrawn = slides.count > 0;
    this.draw();
    this.drawDots();
    this.schedule();
  }

  /** The slide that the template asks for; it may not be there yet. */
  private wantedIndex(): number {
    const id = this.element.getAttribute('current-item-id');
    const named = id ? this.items.findIndex(item => item.getAttribute('item-id') === id) : -1;
    return named >= 0 ? named : Math.trunc(Number(this.element.getAttribute('current'))) || 0;
  }

  private get items(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(':scope > swan-swiper-item')];
  }

  private get slides(): Slides {
    const count = this.items.length;
    const shown = Math.max(1, Math.trunc(this.numberOf('display-multiple-items', 1)));
    return { count, shown, isCircle: this.element.hasAttribute('circular') && count > shown };
  }

  private get isVertical(): boolean {
    return this.element.hasAttribute('vertical');
  }

  private numberOf(name: string, otherwise: number): number {
    const value = parseFloat(this.element.getAttribute(name) ?? '');
    return value >= 0 ? value : otherwise;
  }

  /** Puts each slide in its place. */
  private draw(): void {
    const { slides, isVertical } = this;
    const margin = (side: string): string =>
      convertUnits(this.element.getAttribute(`${side}-margin`) || '0px');
    const [before, after] = [margin('previous'), margin('next')];
    const size = `calc((100% - ${before} - ${after}) / ${slides.shown})`;
    this.items.forEach((item, index) => {
      const way = `${placeOf(index, this.offset, slides) * 100}%`;
      const place = isVertical
        ? { top: before, left: '0', width: '100%', height: size, transform: `translate(0, ${way})` }
        : { top: '0', left: before, width: size, height: '100%', transform: `translate(${way}, 0)` };
      Object.assign(item.style, { position: 'absolute', ...place });
    });
  }

  private drawDots(): void {
    const { slides, dots } = this;
    if (!this.element.hasAttribute('indicator-dots')) {
      dots.remove();
      return;
    }
    const color = this.element.getAttribute('indicator-color') || 'rgba(0, 0, 0, .3)';
    const activeColor = this.element.getAttribute('indicator-active-color') || '#333';
    dots.replaceChildren(
      ...this.items.map((_item, index) => {
        const dot = document.createElement('preview-dot');
        const place = wrap(index - this.index, slides);
        dot.style.background = place >= 0 && place < slides.shown ? activeColor : color;
        return dot;
      }),
    );
    if (dots.parentElement !== this.element) this.element.append(dots);
  }

  /** @param target the slide; one before the first or after the last goes on around a circle */
  private moveTo(target: number, source: Source): void {
    const index = wrap(target, this.slides);
    const isOther = index !== this.index;
    this.index = index;
    if (source) this.isMovedSince = true;
    this.drawDots();
    if (isOther) this.send('change', source);
    this.glide(target, source);
  }

  private glide(target: number, source: Source): void {
    cancelAnimationFrame(this.frame);
    const from = this.offset;
    const start = performance.now();
    const duration = isMotionReduced() ? 0 : this.numberOf('duration', 500);
    const step = (now: number): void => {
      const progress = duration ? Math.max(0, Math.min(1, (now - start) / duration)) : 1;
      const isOver = progress === 1;
      this.offset = isOver ? this.index : from + (target - from) * easeOut(progress);
      this.frame = isOver ? 0 : requestAnimationFrame(step);
      this.draw();
      if (isOver) this.send('animationfinish', source);
    };
    this.frame = requestAnimationFrame(step);
  }

  private send(type: 'change' | 'animationfinish', source: Source): void {
    const currentItemId = this.items[this.index]?.getAttribute('item-id') ?? '';
    this.element.dispatchEvent(
      new CustomEvent(type, { detail: { current: this.index, currentItemId, source } }),
    );
  }

  /** Turns to the next slide after a while when the page is shown. */
  private schedule(): void {
    clearTimeout(this.timer);
    const isAway = this.element.closest('swan-page')?.hasAttribute('away');
    if (!this.element.hasAttribute('autoplay') || isAway || this.press || isMotionReduced()) return;
    if (!canTurn(this.slides)) return;
    this.timer = setTimeout(
      () => {
        const { slides } = this;
        const next = this.index + 1;
        // After the last slide a row begins again; a circle goes on.
        this.moveTo(slides.isCircle || nearest(next, slides) === next ? next : 0, 'autoplay');
        this.schedule();
      },
      this.numberOf('interval', 5000),
    );
  }

  private onPress({
    button,
    isPrimary,
    clientX: x,
    clientY: y,
    target,
    timeStamp: time,
  }: PointerEvent): void {
    if (button !== 0 || !isPrimary || !canTurn(this.slides) || !(target instanceof Element)) return;
    this.endPress();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { offset } = this;
    const end = new AbortController();
    this.press = { x, y, target, start: offset, isDrag: false, time, speed: 0, end };
    this.schedule();
    const { signal } = end;
    document.addEventListener('pointermove', event => this.onMove(event), { signal });
    for (const type of ['pointerup', 'pointercancel'])
      document.addEventListener(type, event => this.onRelease(event), { signal });
  }

  private onMove(event: PointerEvent): void {
    const { clientX, clientY, timeStamp } = event;
    const { press, slides, isVertical } = this;
    if (!press) return;
    const [x, y] = [clientX - press.x, clientY - press.y];
    if (!press.isDrag) {
      if (Math.hypot(x, y) <= DRAG_SLOP) return;
      const axis = Math.abs(y) > Math.abs(x) ? '[vertical]' : ':not([vertical])';
      // Along the other axis it moves the page, or a swiper around or inside this one.
      if (press.target.closest(`swan-swiper${axis}`) !== this.element) return this.onRelease(event);
      press.isDrag = true;
    }
    const { width, height } = this.items[0]?.getBoundingClientRect() ?? { width: 1, height: 1 };
    const offset = pulled(press.start - (isVertical ? y / height : x / width), slides);
    press.speed = (offset - this.offset) / Math.max(1, timeStamp - press.time);
    press.time = timeStamp;
    this.offset = offset;
    this.draw();
  }

  private onRelease({ timeStamp }: Event): void {
    const { press, offset, slides } = this;
    this.endPress();
    if (press && (press.isDrag || offset !== this.index)) {
      const speed = timeStamp - press.time > STANDSTILL ? 0 : press.speed;
      this.moveTo(released(offset, press.start, speed, slides), 'touch');
    }
    this.schedule();
  }

  private endPress(): void {
    this.press?.end.abort();
    this.press = null;
  }
}

/** The view engine sets properties that an element has, so this one has none beside those of every element. */
class SwiperElement extends HTMLElement {
  static readonly observedAttributes = (
    'autoplay circular current current-item-id display-multiple-items indicator-active-color indicator-color ' +
    'indicator-dots interval next-margin previous-margin vertical'
  ).split(' ');
  readonly #swiper = new Swiper(this);

  connectedCallback(): void {
    this.#swiper.connect();
  }

  disconnectedCallback(): void {
    this.#swiper.disconnect();
  }

  attributeChangedCallback(name: string): void {
    this.#swiper.onAttribute(name);
  }
}

if (!customElements.get('swan-swiper')) customElements.define('swan-swiper', SwiperElement);
