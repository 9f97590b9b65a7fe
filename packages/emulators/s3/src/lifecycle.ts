import { explainFileError } from '@chorus/emulator-files';
import { removeObject } from './store/objects.ts';
import type { Bucket, Store } from './store/store.ts';

const dayMs = 24 * 3600 * 1000;

/** How long to wait until what could not be removed is tried again. */
const retryMs = 60_000;

/** For how many days objects are there. */
export interface ExpiryRule {
  /** Start of their keys; '' is all of them. */
  readonly prefix: string;
  readonly days: number;
}

/** The expiry of buckets' objects. */
export interface Lifecycle {
  /** From now on objects of the bucket are there for so many days: those whose keys start so. Removes what is older. */
  add(bucket: string, rules: readonly ExpiryRule[]): void;
  /** Removes what is too old by now; cheap when there is nothing. */
  expire(bucket: string): void;
}

/**
 * Expires objects (S3 User Guide, "Expiring objects"), to the millisecond: S3 itself waits for the next midnight.
 * Every request to a bucket comes by here first, so that none sees an expired object.
 *
 * @param now epoch milliseconds
 */
export function createLifecycle(store: Store, now: () => number): Lifecycle {
  /** By bucket: how long objects live, and when the next can be over. */
  const lives = new Map<string, { readonly rules: readonly ExpiryRule[]; next: number }>();

  function expire(name: string): void {
    const life = lives.get(name);
    const bucket = store.buckets.get(name);
    const time = now();
    if (life === undefined || bucket === undefined || time < life.next) return;
    const daysOf = (key: string): number =>
      Math.min(...life.rules.flatMap(({ prefix, days }) => (key.startsWith(prefix) ? days : [])));
    // One written from now on lives as long as its rule says.
    life.next = time + Math.min(...life.rules.map(({ days }) => days)) * dayMs;
    for (const { key, modified } of [...bucket.objects.values()]) {
      const end = modified + daysOf(key) * dayMs;
      if (end > time) life.next = Math.min(life.next, end);
      else if (!isRemoved(bucket, key)) life.next = Math.min(life.next, time + retryMs);
    }
  }

  /** Tells whether an object could be removed. On a read-only disk it cannot, which must not fail the request. */
  function isRemoved(bucket: Bucket, key: string): boolean {
    try {
      removeObject(bucket, key);
      return true;
    } catch (error) {
      const why = explainFileError(error, bucket.path).message;
      process.emitWarning(`${bucket.name}/${key} is over and not removed yet: ${why}`);
      return false;
    }
  }

  return {
    add(name, rules) {
      lives.set(name, { rules, next: 0 });
      expire(name);
    },
    expire,
  };
}
