import type { Device } from './device';
import { answer, argumentError, textOf, type Options } from './settle';

/** Longest text of a modal's button: 4 Chinese characters, each as wide as two others. */
const BUTTON_WIDTH = 8;

const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u00ff' ? 2 : 1), 0);

function buttonText(options: Options, key: string, otherwise: string): string {
  const text = optionalText(options, key, otherwise);
  if (widthOf(text) > BUTTON_WIDTH) {
    throw argumentError('showModal', `${key} "${text}" is longer than 4 Chinese characters`);
  }
  return text;
}

function optionalText(options: Options, key: string, otherwise: string): string {
  const value = options[key] ?? otherwise;
  if (typeof value !== 'string') throw argumentError('showModal', `${key} must be a string`);
  return value;
}

/** Toast, loading, modal and action sheet. A toast and a loading replace each other. */
export function createFeedback(device: Device) {
  return {
    showToast: (given?: unknown): void =>
      answer(device, 'showToast', given, options => {
        const { icon, duration } = options;
        device.toast({
          title: textOf('showToast', options, 'title'),
          icon: icon === 'loading' || icon === 'none' ? icon : 'success',
          mask: options.mask === true,
          duration: typeof duration === 'number' ? duration : 2000,
        });
      }),
    hideToast: (given?: unknown): void => answer(device, 'hideToast', given, () => device.toast(null)),
    showLoading: (given?: unknown): void =>
      answer(device, 'showLoading', given, options => {
        const title = textOf('showLoading', options, 'title');
        device.toast({ title, icon: 'loading', mask: options.mask === true, duration: null });
      }),
    hideLoading: (given?: unknown): void => answer(device, 'hideLoading', given, () => device.toast(null)),
    showModal: (given?: unknown): void =>
      answer(device, 'showModal', given, async options => {
        const confirmed = await device.modal({
          title: optionalText(options, 'title', ''),
          content: optionalText(options, 'content', ''),
          showCancel: options.showCancel !== false,
          cancelText: buttonText(options, 'cancelText', '取消'),
          confirmText: buttonText(options, 'confirmText', '确定'),
          cancelColor: optionalText(options, 'cancelColor', '#000000'),
          confirmColor: optionalText(options, 'confirmColor', '#3c76ff'),
        });
        return confirmed ? { confirm: true } : { cancel: true };
      }),
    showActionSheet: (given?: unknown): void =>
      answer(device, 'showActionSheet', given, async ({ itemList, itemColor }) => {
        if (!Array.isArray(itemList) || !itemList.length || itemList.length > 6) {
          throw argumentError('showActionSheet', 'itemList needs 1 to 6 texts');
        }
        const tapIndex = await device.actionSheet(
          itemList.map(String),
          typeof itemColor === 'string' ? itemColor : '#3c76ff',
        );
        if (tapIndex === null) throw new Error('cancel');
        return { tapIndex };
      }),
  };
}
