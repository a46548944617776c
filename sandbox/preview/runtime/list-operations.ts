import { getPath, parsePath, type Values } from './json-values';

type Callback = (() => void) | undefined;

/**
 * The functions of a page that change a list of its data: pushData('rows', row) is setData() with the longer list. Of
 * anything but a list they change nothing.
 */
export function listOperations(
  data: () => Values,
  setData: (changes: Values, callback: Callback) => void,
): Record<string, (path: string, ...given: never[]) => void> {
  const change = (path: string, callback: unknown, work: (list: unknown[]) => void): void => {
    const list = getPath(data(), parsePath(path));
    if (!Array.isArray(list)) return;
    const changed = [...(list as unknown[])];
    work(changed);
    setData({ [path]: changed }, typeof callback === 'function' ? () => callback() : undefined);
  };
  return {
    pushData: (path, item: unknown, callback: unknown) => change(path, callback, list => list.push(item)),
    popData: (path, callback: unknown) => change(path, callback, list => list.pop()),
    unshiftData: (path, item: unknown, callback: unknown) =>
      change(path, callback, list => list.unshift(item)),
    shiftData: (path, callback: unknown) => change(path, callback, list => list.shift()),
    removeAtData: (path, index: number, callback: unknown) =>
      change(path, callback, list => list.splice(index, 1)),
    spliceData: (path, [start, count, ...items]: [number, number, ...unknown[]], callback: unknown) =>
      change(path, callback, list => list.splice(start, count, ...items)),
  };
}
