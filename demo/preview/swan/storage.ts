import type { Device } from './device';
import { answer, argumentError, optionsOf, type Options } from './settle';

/**
 * Storage as old phones have it: what can be read back is what JSON keeps; a falsy value comes back inside an
 * object from the synchronous call; a refusal of the host is answered as if it were data.
 */
export function createStorage(device: Device) {
  const { storage } = device;
  const write = (key: unknown, data: unknown): void => {
    if (typeof key !== 'string') throw argumentError('setStorage', 'key must be a string');
    storage.write(key, data ? (JSON.parse(JSON.stringify(data)) as unknown) : data);
  };
  const read = (key: unknown): unknown => {
    const value = storage.read(String(key));
    return value === undefined ? '' : value;
  };
  const refusal = (error: unknown): Options | null => {
    const { errCode, errMsg } = optionsOf(error);
    // Only a host that refuses says so; one that breaks down leaves nothing but null.
    return errCode === undefined ? null : { errCode: String(errCode), errMsg };
  };
  return {
    setStorageSync(key: unknown, data: unknown): unknown {
      device.called('setStorageSync', { key, data });
      try {
        write(key, data);
        return undefined;
      } catch (error) {
        return refusal(error);
      }
    },
    getStorageSync(key: unknown): unknown {
      device.called('getStorageSync', { key });
      try {
        const value = read(key);
        return value || value === '' ? value : { data: value };
      } catch (error) {
        return refusal(error);
      }
    },
    removeStorageSync(key: unknown): unknown {
      device.called('removeStorageSync', { key });
      try {
        storage.remove(String(key));
        return undefined;
      } catch (error) {
        return refusal(error);
      }
    },
    clearStorageSync(): void {
      device.called('clearStorageSync', undefined);
      storage.clear();
    },
    getStorageInfoSync(): unknown {
      device.called('getStorageInfoSync', undefined);
      return infoOf(storage.keys());
    },
    setStorage: (given?: unknown): void =>
      answer(device, 'setStorage', given, ({ key, data }) => write(key, data)),
    getStorage: (given?: unknown): void =>
      answer(device, 'getStorage', given, ({ key }) => ({ data: read(key) })),
    removeStorage: (given?: unknown): void =>
      answer(device, 'removeStorage', given, ({ key }) => storage.remove(String(key))),
    clearStorage: (given?: unknown): void => answer(device, 'clearStorage', given, () => storage.clear()),
    getStorageInfo: (given?: unknown): void =>
      answer(device, 'getStorageInfo', given, () => infoOf(storage.keys())),
  };
}

/** Sizes in kB. */
const infoOf = (keys: string[]) => ({ keys, currentSize: 0, limitSize: 10240 });
