/** Buttons that ask the Baidu App for something: the preview has no such app, so they send what they send when it refuses. */
import { isDisabledButton } from './form-controls';
import { AFTER_TAP } from '../gestures';

/** The event of each open-type, and the errMsg that it has. The user of the preview is logged in. */
const ANSWERS: Record<string, [event: string, errMsg: string]> = {
  getUserInfo: ['getuserinfo', 'getUserInfo:fail auth deny'],
  getPhoneNumber: ['getphonenumber', 'getPhoneNumber:fail auth deny'],
  openSetting: ['opensetting', 'getOpensetting:fail auth deny'],
  contact: ['contact', 'enterContact:fail not support'],
  login: ['login', 'login:ok'],
};

/** Answers the taps on buttons with an open-type below `root`. */
export function listenForOpenTypes(root: HTMLElement): void {
  root.addEventListener(AFTER_TAP, ({ target }) => {
    const button = target instanceof Element && target.closest('swan-button[open-type]');
    if (!button || isDisabledButton(button)) return;
    const [type, errMsg] = ANSWERS[button.getAttribute('open-type') ?? ''] ?? [];
    if (type) setTimeout(() => button.dispatchEvent(new CustomEvent(type, { detail: { errMsg } })), 0);
  });
}
