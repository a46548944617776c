import {
  argumentError,
  callAsync,
  callAsyncUnchecked,
  requireText,
  requireValue,
  type Options,
} from './callbacks';
import type { HostAdapter, Modal, Toast } from './host-adapter';

/** Longest text of a modal's button: 4 Chinese characters, each as wide as two others. */
const BUTTON_WIDTH = 8;

const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u00ff' ? 2 : 1), 0);

function buttonText(options: Options, key: string): string {
  const text = options[key];
  if (typeof text !== 'string') throw argumentError('showModal', `${key} must be a string`);
  if (widthOf(text) > BUTTON_WIDTH) {
    throw argumentError('showModal', `${key} "${text}" is longer than 4 Chinese characters`);
  }
  return text;
}

// A default is for what is not among the options: what is undefined there stays so, and is refused.

const toastOf = (options: Options): Toast => ({
  title: requireText('showToast', options, 'title'),
  icon: options.icon === 'loading' || options.icon === 'none' ? options.icon : 'success',
  mask: options.mask === true,
  duration: Number(requireValue({ duration: 2000, ...options }, 'duration')) || 2000,
});

const loadingOf = (options: Options): Toast => ({
  title: requireText('showLoading', options, 'title'),
  icon: 'loading',
  mask: options.mask === true,
  duration: null,
});

const MODAL = { title: '', content: '', confirmText: '确定', cancelText: '取消' };

function modalOf(given: Options): Modal {
  const options: Options = { ...MODAL, ...given };
  return {
    confirmText: buttonText(options, 'confirmText'),
    cancelText: buttonText(options, 'cancelText'),
    title: String(requireValue(options, 'title')),
    content: String(requireValue(options, 'content')),
    showCancel: options.showCancel !== false,
    cancelColor: String(options.cancelColor ?? '#000000'),
    confirmColor: String(options.confirmColor ?? '#3c76ff'),
  };
}

/** The address of the picture that a call of previewImage begins with. */
function firstPictureOf({ urls, current, images }: Options): string {
  const imageUrls = Array.isArray(images) ? images.map(image => Object(image).url) : [];
  const addresses: unknown[] = Array.isArray(urls) ? urls : imageUrls;
  const first: unknown = addresses.includes(current) ? current : addresses[0];
  if (typeof first === 'string') return first;
  throw argumentError('previewImage', 'one of the params either urls or images is required');
}

/** Toast, loading, modal, action sheet and pictures. A toast and a loading replace each other. */
export function createFeedback(host: HostAdapter) {
  const show = (toast: Toast): void => host.toast(toast);
  const hide = (): void => host.toast(null);
  return {
    showToast: (given?: unknown): void =>
      callAsync(host, 'showToast', given, { prepare: toastOf, work: show }),
    showLoading: (given?: unknown): void =>
      callAsync(host, 'showLoading', given, { prepare: loadingOf, work: show }),
    hideToast: (given?: unknown): void => callAsyncUnchecked(host, 'hideToast', given, hide),
    hideLoading: (given?: unknown): void => callAsyncUnchecked(host, 'hideLoading', given, hide),
    showModal(given?: unknown): void {
      const ask = async (modal: Modal): Promise<object> =>
        (await host.modal(modal)) ? { confirm: true } : { cancel: true };
      callAsync(host, 'showModal', given, { prepare: modalOf, work: ask });
    },
    previewImage: (given?: unknown): void =>
      callAsync(host, 'previewImage', given, { prepare: firstPictureOf, work: url => host.picture(url) }),
    showActionSheet: (given?: unknown): void =>
      callAsyncUnchecked(host, 'showActionSheet', given, async ({ itemList, itemColor }) => {
        if (!Array.isArray(itemList) || !itemList.length || itemList.length > 6) {
          throw argumentError('showActionSheet', 'itemList needs 1 to 6 texts');
        }
        const color = typeof itemColor === 'string' ? itemColor : '#3c76ff';
        const tapIndex = await host.actionSheet(itemList.map(String), color);
        if (tapIndex === null) throw new Error('cancel');
        return { tapIndex };
      }),
  };
}
