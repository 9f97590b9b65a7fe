import { explainFileError } from '@chorus/emulator-files';
import { removeObject } from './store/objects.ts';
import type { Bucket, Store } from './store/store.ts';

const dayMs = 24 * 3600 * 1000;

/** How long to wait until what could not be removed is tried again. */
const retryMs = 60_000;

/** The expiry of buckets' objects. */
export interface Lifecycle {
  /** From now on objects of the bucket are there for so many days. Removes what is older. */
  add(bucket: string, days: number): void;
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
  const rules = new Map<string, { readonly milliseconds: number; next: number }>();

  function expire(name: string): void {
    const rule = rules.get(name);
    const bucket = store.buckets.get(name);
    const time = now();
    if (rule === undefined || bucket === undefined || time < rule.next) return;
    // One written from now on lives as long as the rule says.
    rule.next = time + rule.milliseconds;
    for (const { key, modified } of [...bucket.objects.values()]) {
      const end = modified + rule.milliseconds;
      if (end > time) rule.next = Math.min(rule.next, end);
      else if (!isRemoved(bucket, key)) rule.next = Math.min(rule.next, time + retryMs);
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
    add(name, days) {
      rules.set(name, { milliseconds: days * dayMs, next: 0 });
      expire(name);
    },
    expire,
  };
}
