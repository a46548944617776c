import { parseOptions } from '../../../scripts/demo/demo-options';

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', '0'], '--port must be a number from 1 to 65535'],
  [['--key-bits', '512'], '--key-bits must be one of 1024'],
  [['--notify', 'here'], '--notify must be a URL with http:// or https://'],
  [['somewhere'], "Unexpected argument 'somewhere'"],
])('parseOptions() throws with the usage when the arguments are %j', (args, words) => {
  expect(() => parseOptions(args, {})).toThrow(words);
  expect(() => parseOptions(args, {})).toThrow('More: --help');
});
