import { callAsyncUnchecked } from './callbacks';
import { HostError, type HostAdapter } from './host-adapter';

/** Whether the user is logged in at Baidu, and the login. */
export function createAccount(host: HostAdapter) {
  const login =
    (name: string) =>
    (given?: unknown): void =>
      callAsyncUnchecked(host, name, given, () => {
        if (!host.isLoggedIn()) throw new HostError(10004, 'user not logged in');
        return { code: 'preview-login-code' };
      });
  return {
    isLoginSync: (): { isLogin: boolean } => {
      host.onCall('isLoginSync', undefined);
      return { isLogin: host.isLoggedIn() };
    },
    checkSession: (given?: unknown): void =>
      callAsyncUnchecked(host, 'checkSession', given, () => {
        if (!host.isLoggedIn()) throw new HostError(10004, 'user not logged in');
      }),
    login: login('login'),
    getLoginCode: login('getLoginCode'),
  };
}
