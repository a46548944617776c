/** What the built-in tags do by themselves in a running mini-program. */
import { AFTER_TAP, listenForGestures, sendTap } from '../gestures';
import { listenForForms } from './form';
import { isDisabledButton, listenForControls } from './form-controls';
import { listenForMovableViews } from './movable-view';
import { listenForPickers } from './picker';
import { listenForPickerViews } from './picker-view';
import './rich-text';
import { listenForScrollViews } from './scrolling';
import './swiper';

/** Leads to a page. @param delta for the open-type navigateBack: how many pages are closed */
type Navigate = (url: string, openType: string, delta: number) => void;

/** Leads where a tapped navigator points; other mini-programs are not there. */
function follow(navigator: Element, navigate: Navigate): void {
  const url = navigator.getAttribute('url') ?? '';
  const openType = navigator.getAttribute('open-type') || 'navigate';
  const isElsewhere = navigator.getAttribute('target') === 'miniProgram' || openType === 'exit';
  if (isElsewhere || (!url && openType !== 'navigateBack')) return;
  navigate(url, openType, Number(navigator.getAttribute('delta')) || 1);
}

/**
 * Makes taps out of touches and clicks below `root`, and runs what built-in tags do by themselves.
 * @param navigate called for a tapped navigator
 */
export function listenForEvents(root: HTMLElement, navigate: Navigate): void {
  listenForGestures(root);
  listenForScrollViews(root);
  listenForMovableViews(root);
  listenForPickerViews(root);
  root.addEventListener(AFTER_TAP, event => {
    if (!(event.target instanceof Element)) return;
    const navigator = event.target.closest('swan-navigator');
    if (navigator) follow(navigator, navigate);
  });
  listenForForms(root);
  listenForOpenTypes(root);
  listenForControls(root);
  listenForPickers(root);
  listenForImages(root);
  root.addEventListener('keydown', event => {
    if (!(event.target instanceof HTMLElement)) return;
    if ((event.key === 'Enter' || event.key === ' ') && event.target.matches('[role=button], [role=link]')) {
      event.preventDefault();
      sendTap(event.target, 0, 0);
    }
  });
}

/**
 * Of each open-type by which a button asks the Baidu App for something: the event and the errMsg when the app refuses, as the
 * preview has no such app. Its user is logged in.
 */
const OPEN_TYPES: Record<string, [event: string, errMsg: string]> = {
  getUserInfo: ['getuserinfo', 'getUserInfo:fail auth deny'],
  getPhoneNumber: ['getphonenumber', 'getPhoneNumber:fail auth deny'],
  openSetting: ['opensetting', 'getOpensetting:fail auth deny'],
  contact: ['contact', 'enterContact:fail not support'],
  login: ['login', 'login:ok'],
};

/** Answers the taps on buttons with an open-type below `root`. */
function listenForOpenTypes(root: HTMLElement): void {
  root.addEventListener(AFTER_TAP, ({ target }) => {
    const button = target instanceof Element && target.closest('swan-button[open-type]');
    if (!button || isDisabledButton(button)) return;
    const [type, errMsg] = OPEN_TYPES[button.getAttribute('open-type') ?? ''] ?? [];
    if (type) setTimeout(() => button.dispatchEvent(new CustomEvent(type, { detail: { errMsg } })), 0);
  });
}

/** Marks pictures that cannot be loaded; a phone shows nothing in their place, a browser an icon. */
function listenForImages(root: HTMLElement): void {
  for (const type of ['load', 'error']) {
    const mark = (event: Event): void => {
      const { target } = event;
      if (!(target instanceof HTMLImageElement)) return;
      target.toggleAttribute('broken', type === 'error');
      // A phone loads nothing, and says nothing, while there is no address.
      if (!target.getAttribute('src')) event.stopPropagation();
    };
    root.addEventListener(type, mark, { capture: true });
  }
}
