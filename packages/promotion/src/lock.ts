import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { checkName } from '@chorus/registry/manifest';
import { listKeys, type RegistryLocation } from '@chorus/registry/s3';
import { LockedError, LockLostError } from './errors.ts';
import { isAlive } from './is-alive.ts';
import { isText, type JsonObject, parseRecord } from './parse-record.ts';
import { readText, removeText, type StoredText, writeText } from './stored-text.ts';

/** The holder of a model's lock, as `locks/<model>.json` records it. */
export interface LockRecord {
  readonly format: 1;
  /** Tells this holding from any other, also one by the same person. */
  readonly token: string;
  readonly purpose: string;
  readonly host: string;
  /** The process that holds it; absent when it is held across processes, as by a deploy. */
  readonly pid?: number;
  /** ISO 8601. */
  readonly started: string;
  /** ISO 8601; moved on while the holder is alive. */
  readonly expires: string;
}

export interface LockOptions {
  /** For people who meet the lock: `promote to v7`. */
  readonly purpose: string;
  /** Takes the lock from its holder. @default false */
  readonly force?: boolean;
  /**
   * Whether the process is written down too, so that the lock ends with it. Not where others have the same host name and number.
   *
   * @default true
   */
  readonly endsWithProcess?: boolean;
  /** How long it holds after the holder was last heard of, in milliseconds. @default 60000 */
  readonly holdMs?: number;
}

/** Renewed three times before it would expire. */
const renewals = 3;

/** The prefix of the keys of locks. */
const locks = 'locks/';

/** Key of a model's lock. @throws {ModelKeyError} */
export function lockKey(model: string): string {
  checkName(model);
  return `${locks}${model}.json`;
}

/** @param place `s3://bucket/key` @throws {DamagedRecordError} */
export function parseLock(text: string, place: string): LockRecord {
  const remedy = `if nobody is changing this model at this moment, delete it: aws s3 rm ${place}`;
  return parseRecord(text, { place, kind: 'a lock', remedy }, readLockRecord);
}

function readLockRecord(record: JsonObject): LockRecord | undefined {
  const { token, purpose, host, pid, started, expires } = record;
  if (!isText(token) || !isText(purpose) || !isText(host)) return undefined;
  if (!isText(started) || !isText(expires) || Number.isNaN(Date.parse(expires))) return undefined;
  if (pid !== undefined && typeof pid !== 'number') return undefined;
  const holder = { format: 1, token, purpose, host, started, expires } as const;
  return pid === undefined ? holder : { ...holder, pid };
}

const placeOf = ({ bucket }: RegistryLocation, model: string): string =>
  `s3://${bucket}/${lockKey(model)}`;

/**
 * Tells whether a lock no longer binds anybody: it has expired, or its process on this very machine is gone.
 *
 * @param now epoch milliseconds
 */
export function isStale(
  { expires, host, pid }: LockRecord,
  now: number,
  here: { readonly host: string; isAlive(pid: number): boolean } = { host: hostname(), isAlive },
): boolean {
  const hasEnded = pid !== undefined && host === here.host && !here.isAlive(pid);
  return hasEnded || Date.parse(expires) <= now;
}

/**
 * Reads the holder of a model's lock; undefined when it is free.
 *
 * @throws {DamagedRecordError} when the object is no lock
 * @throws {RegistryUnavailableError}
 */
export async function readLock(
  location: RegistryLocation,
  model: string,
): Promise<LockRecord | undefined> {
  const stored = await readText(location, lockKey(model));
  const record = stored && parseLock(stored.text, placeOf(location, model));
  return record === undefined || isStale(record, Date.now()) ? undefined : record;
}

/** Returns the names of the models that have a lock, stale ones included: one list for all of them. */
export async function listLocked(location: RegistryLocation): Promise<ReadonlySet<string>> {
  const keys = await listKeys(location, locks);
  return new Set(keys.map((key) => key.slice(locks.length).replace(/\.json$/, '')));
}

/** `promote to v7 by process 4711 on laptop, since 12:00:03` */
export function describeLock({ purpose, pid, host, started }: LockRecord): string {
  const who = pid === undefined ? host : `process ${pid} on ${host}`;
  return `"${purpose}" by ${who}, since ${started}`;
}

/** How often taking it is tried while others change it; by force a holder's renewals are outlasted. */
const rounds = 5;
const forcedRounds = 50;

/** Writes our lock over none, a stale one or, by force, anybody's. @returns its entity tag */
async function take(
  location: RegistryLocation,
  model: string,
  mine: LockRecord,
  force: boolean,
): Promise<string> {
  const key = lockKey(model);
  const text = JSON.stringify(mine);
  // More than one round only when it is released or taken in between.
  for (let round = 1; ; round++) {
    const present: StoredText | undefined = await readText(location, key);
    // By force anything is written over, also what is no lock.
    const record =
      force || !present ? undefined : parseLock(present.text, placeOf(location, model));
    if (record !== undefined && !isStale(record, Date.now()))
      throw new LockedError(
        `${model} is being changed at this moment: ${describeLock(record)}. Wait for it or stop it there; if that process is gone, the lock ends by itself at ${record.expires}`,
      );
    const condition =
      present === undefined ? { IfNoneMatch: '*' as const } : { IfMatch: present.etag };
    const etag = await writeText(location, key, text, condition);
    if (etag !== undefined) return etag;
    if (round === (force ? forcedRounds : rounds))
      throw new LockedError(
        `${model} is being changed by several others at this moment: try again`,
      );
  }
}

/**
 * Runs work while no other process changes what the model serves, here or anywhere: promotions, swaps, rollbacks and
 * deploys all hold `locks/<model>.json`, which S3 gives to one of them only.
 *
 * @param work gets a signal that is raised when the lock is lost: from then on it must not change anything
 * @throws {LockedError} when another process has it
 * @throws {DamagedRecordError} when the object is no lock, unless it is taken by force
 * @throws {LockLostError} by the signal
 */
export async function withLock<Result>(
  location: RegistryLocation,
  model: string,
  { purpose, force = false, endsWithProcess = true, holdMs = 60_000 }: LockOptions,
  work: (lost: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const started = Date.now();
  const record = (): LockRecord => ({
    format: 1,
    token,
    purpose,
    host: hostname(),
    ...(endsWithProcess && { pid: process.pid }),
    started: new Date(started).toISOString(),
    expires: new Date(Date.now() + holdMs).toISOString(),
  });
  const token = randomUUID();
  const lost = new AbortController();
  let etag = await take(location, model, record(), force);
  let heldUntil = Date.now() + holdMs;
  let renewing = Promise.resolve();

  async function renew(): Promise<void> {
    const next = record();
    try {
      const renewed = await writeText(location, lockKey(model), JSON.stringify(next), {
        IfMatch: etag,
      });
      if (renewed === undefined)
        return lost.abort(new LockLostError(`Somebody else took the lock of ${model} over`));
      etag = renewed;
      heldUntil = Date.parse(next.expires);
    } catch (cause) {
      // S3 may be back before it matters.
      if (Date.now() < heldUntil) return;
      const message = `The lock of ${model} expired, since S3 could not be reached to renew it`;
      lost.abort(new LockLostError(message, { cause }));
    }
  }

  const timer = setInterval(() => {
    renewing = renewing.then(renew);
  }, holdMs / renewals);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
    await renewing;
    // If S3 is gone, so will the lock be, in a minute; what the work said counts more.
    if (!lost.signal.aborted) await removeText(location, lockKey(model), etag).catch(() => {});
  }
}
