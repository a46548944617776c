export { keyPair, type KeyPair } from '../../scripts/key-pair';
