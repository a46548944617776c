import { callAsyncUnchecked } from './callbacks';
import { HostError, type HostAdapter } from './host-adapter';

type Address = Record<string, string>;

/** A phone has those of the user; these are made up. */
const ADDRESSES: Address[] = [
  {
    userName: '张三',
    telNumber: '13800000000',
    postalCode: '100080',
    nationalCode: '110108',
    provinceName: '北京市',
    cityName: '北京市',
    countyName: '海淀区',
    detailInfo: '示例路 1 号',
  },
  {
    userName: '李四',
    telNumber: '13900000000',
    postalCode: '310013',
    nationalCode: '330106',
    provinceName: '浙江省',
    cityName: '杭州市',
    countyName: '西湖区',
    detailInfo: '示例街 2 号 3 单元 401',
  },
];

const labelOf = ({ userName, provinceName, cityName, countyName, detailInfo }: Address): string =>
  `${userName} ${[...new Set([provinceName, cityName, countyName, detailInfo])].join('')}`;

/** What a mini-program gets of the user's account at Baidu: the login, and an address to send goods to. */
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
    chooseAddress: (given?: unknown): void =>
      callAsyncUnchecked(host, 'chooseAddress', given, async () => {
        const index = await host.actionSheet(ADDRESSES.map(labelOf), '#1b1d23');
        if (index === null) throw new HostError(1002, 'chooseAddress:fail cancel');
        return { ...ADDRESSES[index] };
      }),
  };
}
