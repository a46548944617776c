import { execFileSync } from 'node:child_process';
import { envLine } from '../../../sandbox/start-message';

test.each([
  '/home/me/keys/merchant-private.pem',
  '/home/my shop/keys/merchant-private.pem',
  '/home/o\'neill $(echo 5)/`key` "1".pem',
  '/home/商城/merchant-private.pem',
])('a shell reads the line as it was meant when the value is %s', value => {
  const script = `set -a\n${envLine('KEY_FILE', value)}\nprintf %s "$KEY_FILE"`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(value);
});

test('the line has no quotes when the value needs none, because some readers keep them', () => {
  expect(envLine('PLATFORM_PUBLIC_KEY', 'MIGf+/A0=')).toBe('PLATFORM_PUBLIC_KEY=MIGf+/A0=');
});
