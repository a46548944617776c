/** A mini-program's storage, with the ways in which hosts were seen to refuse it. */

export type StorageMode =
  | 'ok'
  /** reads answer an error as if it were data; writes work */
  | 'refuses-reads'
  | 'refuses-writes'
  | 'refuses'
  /** an old host after a native throw */
  | 'returns-null'
  | 'throws'
  /** says ok and writes nothing */
  | 'loses-writes';

export type StorageObservation =
  /** storage lost what it held */
  | { kind: 'storage-cleared' }
  /** storage begins or ends to misbehave */
  | { kind: 'storage-mode' }
  | Misuse;

/** Something the library may never do, seen by a fake at the moment it was done. */
interface Misuse {
  kind: 'misuse';
  rule: string;
}

const REFUSED = { errCode: '1003', errMsg: 'refused' };
const UNREADABLE: StorageMode[] = ['refuses-reads', 'refuses', 'returns-null', 'throws'];

export class FakeStorage {
  private readonly values = new Map<string, unknown>();
  private currentMode: StorageMode = 'ok';
  /** keys whose present value this process knows: it has read it, or written it */
  private readonly known = new Set<string>();

  constructor(private readonly observe: (observation: StorageObservation) => void) {}

  get mode(): StorageMode {
    return this.currentMode;
  }

  set mode(mode: StorageMode) {
    if (mode === this.currentMode) return;
    this.currentMode = mode;
    this.observe({ kind: 'storage-mode' });
  }

  get isReadable(): boolean {
    return !UNREADABLE.includes(this.currentMode);
  }

  /** Logout clears a mini-program's storage. */
  clear(): void {
    this.values.clear();
    this.known.clear();
    this.observe({ kind: 'storage-cleared' });
  }

  /** As another version, or a bug of the host, left it. */
  put(key: string, value: unknown): void {
    this.values.set(key, value);
    this.known.delete(key);
  }

  /** A new process knows nothing yet. */
  restart(): void {
    this.known.clear();
  }

  /** everything there is, as text */
  text(): string {
    return JSON.stringify([...this.values]);
  }

  get(key: string): unknown {
    if (this.mode === 'throws') throw new Error('storage');
    if (this.mode === 'returns-null') return null;
    if (!this.isReadable) return REFUSED;
    this.known.add(key);
    return structuredCloneOf(this.values.get(key)) ?? '';
  }

  set(key: string, value: unknown): unknown {
    if (this.mode === 'throws') throw new Error('storage');
    if (this.mode === 'returns-null') return null;
    if (this.mode === 'refuses' || this.mode === 'refuses-writes') return REFUSED;
    if (this.mode === 'loses-writes') return undefined;
    if (this.values.has(key) && !this.known.has(key)) {
      this.observe({ kind: 'misuse', rule: 'storage that could not be read was written over' });
    }
    this.values.set(key, structuredCloneOf(value));
    this.known.add(key);
    return undefined;
  }
}

const structuredCloneOf = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
