import { cloneThroughJson } from '../runtime/json-values';
import type { HostAdapter, StorageAdapter } from './host-adapter';
import { callAsyncUnchecked, getOptions, requireValue, type Options } from './callbacks';

/**
 * Storage as old phones have it: what can be read back is what JSON keeps; false and null come back as objects
 * from the synchronous call; a refusal of the host is answered as if it were data.
 */
export function createStorage(host: HostAdapter) {
  return { ...createSyncStorage(host), ...createAsyncStorage(host) };
}

function createSyncStorage(host: HostAdapter) {
  const { storage } = host;
  const callSync = (name: string, options: Options | undefined, work: () => unknown): unknown => {
    host.onCall(name, options);
    try {
      return work();
    } catch (error) {
      return syncRefusalOf(error);
    }
  };
  return {
    /** @throws TypeError for data that JSON cannot hold, which is never sent to the host */
    setStorageSync(key: unknown, data: unknown): unknown {
      const copy = cloneThroughJson(data);
      return callSync('setStorageSync', { key, data }, () => {
        write(storage, key, copy);
        return {};
      });
    },
    getStorageSync: (key: unknown): unknown =>
      callSync('getStorageSync', { key }, () => {
        const answer = read(storage, key);
        return 'data' in answer && answer.data !== false ? answer.data : answer;
      }),
    removeStorageSync: (key: unknown): unknown =>
      callSync('removeStorageSync', { key }, () => {
        storage.remove(String(key));
        return {};
      }),
    clearStorageSync(): void {
      host.onCall('clearStorageSync', undefined);
      storage.clear();
    },
    getStorageInfoSync(): unknown {
      host.onCall('getStorageInfoSync', undefined);
      return infoOf(storage.keys());
    },
  };
}

function createAsyncStorage(host: HostAdapter) {
  const { storage } = host;
  const withKey =
    (name: string, work: (key: string, options: Options) => unknown) =>
    (given?: unknown): void =>
      callAsyncUnchecked(host, name, given, options => work(String(requireValue(options, 'key')), options));
  return {
    setStorage: withKey('setStorage', (key, { data }) => write(storage, key, data)),
    getStorage: withKey('getStorage', key => read(storage, key)),
    removeStorage: withKey('removeStorage', key => storage.remove(key)),
    clearStorage: (given?: unknown): void =>
      callAsyncUnchecked(host, 'clearStorage', given, () => storage.clear()),
    getStorageInfo: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getStorageInfo', given, () => infoOf(storage.keys())),
  };
}

function write(storage: StorageAdapter, key: unknown, data: unknown): void {
  storage.write(String(key), cloneThroughJson(data ?? null));
}

/** As the host answers: { data }, with '' for an unknown key, and {} for null. */
function read(storage: StorageAdapter, key: unknown): { data?: unknown } {
  const value = storage.read(String(key));
  if (value === undefined) return { data: '' };
  return value === null ? {} : { data: value };
}

/** A refusal of the host has an errCode. When the native call breaks down, the answer is null. */
function syncRefusalOf(error: unknown): Options | null {
  const { errCode, errMsg } = getOptions(error);
  return errCode === undefined ? null : { errCode: String(errCode), errMsg };
}

/** Sizes in kB. */
const infoOf = (keys: string[]) => ({ keys, currentSize: 0, limitSize: 10240 });
