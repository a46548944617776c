import { cloneThroughJson } from '../runtime/data';
import type { HostAdapter } from './host-adapter';
import { callAsyncUnchecked, getOptions, type Options } from './callbacks';

/**
 * Storage as old phones have it: what can be read back is what JSON keeps; false and null come back as objects
 * from the synchronous call; a refusal of the host is answered as if it were data.
 */
export function createStorage(host: HostAdapter) {
  const { storage } = host;
  const write = (key: unknown, data: unknown): void => {
    storage.write(String(key), cloneThroughJson(data ?? null));
  };
  // The host answers { data }, with '' for an unknown key, and {} for null.
  const read = (key: unknown): { data?: unknown } => {
    const value = storage.read(String(key));
    if (value === undefined) return { data: '' };
    return value === null ? {} : { data: value };
  };
  const refusal = (error: unknown): Options | null => {
    const { errCode, errMsg } = getOptions(error);
    // A refusal has an errCode. When the native call breaks down, the answer is null.
    return errCode === undefined ? null : { errCode: String(errCode), errMsg };
  };
  return {
    setStorageSync(key: unknown, data: unknown): unknown {
      host.onCall('setStorageSync', { key, data });
      try {
        write(key, data);
        return {};
      } catch (error) {
        return refusal(error);
      }
    },
    getStorageSync(key: unknown): unknown {
      host.onCall('getStorageSync', { key });
      try {
        const answer = read(key);
        return 'data' in answer && answer.data !== false ? answer.data : answer;
      } catch (error) {
        return refusal(error);
      }
    },
    removeStorageSync(key: unknown): unknown {
      host.onCall('removeStorageSync', { key });
      try {
        storage.remove(String(key));
        return {};
      } catch (error) {
        return refusal(error);
      }
    },
    clearStorageSync(): void {
      host.onCall('clearStorageSync', undefined);
      storage.clear();
    },
    getStorageInfoSync(): unknown {
      host.onCall('getStorageInfoSync', undefined);
      return infoOf(storage.keys());
    },
    setStorage: (given?: unknown): void =>
      callAsyncUnchecked(host, 'setStorage', given, ({ key, data }) => write(key, data)),
    getStorage: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getStorage', given, ({ key }) => read(key)),
    removeStorage: (given?: unknown): void =>
      callAsyncUnchecked(host, 'removeStorage', given, ({ key }) => storage.remove(String(key))),
    clearStorage: (given?: unknown): void =>
      callAsyncUnchecked(host, 'clearStorage', given, () => storage.clear()),
    getStorageInfo: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getStorageInfo', given, () => infoOf(storage.keys())),
  };
}

/** Sizes in kB. */
const infoOf = (keys: string[]) => ({ keys, currentSize: 0, limitSize: 10240 });
