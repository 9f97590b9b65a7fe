import { ReplyError } from './replies.ts';

interface Entry {
  readonly value: Buffer;
  /** Epoch milliseconds; without it the entry stays. */
  readonly expiresAt: number | undefined;
}

/** The statistics that INFO tells. */
interface KeyspaceStatistics {
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  readonly expired: number;
  readonly evicted: number;
}

/** Keys, as Latin-1 so that any bytes can be one, and their values. What has expired is not there. */
export interface Keyspace {
  get(key: string): Entry | undefined;
  /** The value of a GET, which counts as hit or miss. */
  read(key: string): Buffer | null;
  /** @throws {ReplyError} OOM if it is larger than the whole cache */
  set(key: string, value: Buffer, expiresAt?: number): void;
  remove(key: string): boolean;
  keys(): readonly string[];
  clear(): void;
  /** Removes some of the keys that have expired and are not asked for; for a timer. */
  sweep(): void;
  now(): number;
  readonly statistics: KeyspaceStatistics;
}

/** The approximate cost of an entry beside its bytes. */
const overheadBytes = 100;
/** How many entries one sweep looks at, so that no client waits for it. */
const sweepSize = 500;

/**
 * @param maxBytes when there is more, the entries written longest ago go
 * @param now epoch milliseconds
 */
export function createKeyspace(maxBytes: number, now: () => number = Date.now): Keyspace {
  // In the order they were written: a Map keeps it.
  const entries = new Map<string, Entry>();
  const statistics = { bytes: 0, hits: 0, misses: 0, expired: 0, evicted: 0 };
  let sweeping = entries.entries();

  const costOf = (key: string, { value }: Entry): number =>
    key.length + value.length + overheadBytes;
  const isOver = ({ expiresAt }: Entry): boolean => expiresAt !== undefined && expiresAt <= now();

  function drop(key: string, entry: Entry): void {
    entries.delete(key);
    statistics.bytes -= costOf(key, entry);
  }

  function get(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry === undefined || !isOver(entry)) return entry;
    drop(key, entry);
    statistics.expired += 1;
    return undefined;
  }

  function evict(): void {
    for (const [key, entry] of entries) {
      if (statistics.bytes <= maxBytes) return;
      drop(key, entry);
      statistics.evicted += 1;
    }
  }

  return {
    get,
    read(key) {
      const entry = get(key);
      if (entry === undefined) statistics.misses += 1;
      else statistics.hits += 1;
      return entry?.value ?? null;
    },
    set(key, value, expiresAt) {
      // A copy: what was read from a socket is part of a larger piece of memory.
      const entry: Entry = { value: Buffer.from(value), expiresAt };
      if (costOf(key, entry) > maxBytes)
        throw new ReplyError("OOM command not allowed when used memory > 'maxmemory'.");
      const former = entries.get(key);
      if (former !== undefined) drop(key, former);
      entries.set(key, entry);
      statistics.bytes += costOf(key, entry);
      evict();
    },
    remove(key) {
      const entry = get(key);
      if (entry !== undefined) drop(key, entry);
      return entry !== undefined;
    },
    keys: () => [...entries.keys()].filter((key) => get(key) !== undefined),
    clear() {
      entries.clear();
      statistics.bytes = 0;
    },
    sweep() {
      for (let looked = 0; looked < sweepSize; looked += 1) {
        const { value, done } = sweeping.next();
        if (done === true) {
          sweeping = entries.entries();
          return;
        }
        get(value[0]);
      }
    },
    now,
    statistics,
  };
}
