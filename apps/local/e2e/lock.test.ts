import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type LockRecord, readLock, withLock } from '@chorus/promotion';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { moodyBlueprint, startTestCloud, type TestCloud } from './test-cloud.ts';

let cloud: TestCloud;
let location: { readonly client: S3Client; readonly bucket: string };

beforeAll(async () => {
  cloud = await startTestCloud({
    ...moodyBlueprint(),
    buckets: [{ name: 'models', purpose: 'locks' }],
  });
  const client = new S3Client({
    endpoint: cloud.url,
    region,
    credentials: cloud.credentials,
    forcePathStyle: true,
  });
  location = { client, bucket: 'chorus-models' };
});
afterAll(async () => {
  location.client.destroy();
  await cloud.remove();
});

/** The wait for events that must come on any machine. */
const patience = { timeout: 25_000 };

/** A promise and what settles it. */
const gate = () => Promise.withResolvers<void>();

/** The lock as it is written, whether it has expired meanwhile, on a busy machine, or not. */
async function written(): Promise<LockRecord | undefined> {
  const command = new GetObjectCommand({ Bucket: location.bucket, Key: 'locks/svr.json' });
  const found = await location.client.send(command).catch(() => undefined);
  return found && JSON.parse((await found.Body?.transformToString()) ?? '');
}

it('lets one in and says to the others who that is', async () => {
  const opened = gate();
  let inside = 0;
  const tries = Array.from({ length: 8 }, (_, index) =>
    withLock(location, 'svr', { purpose: `try ${index}` }, async () => {
      inside += 1;
      await opened.promise;
      return index;
    }).catch((error: unknown) => error),
  );
  const results: unknown[] = [];
  for (const each of tries) void each.then((result) => results.push(result));
  await expect.poll(() => results.length, patience).toBe(7);
  expect(inside).toBe(1);
  for (const error of results)
    expect(error).toMatchObject({
      name: 'LockedError',
      message: expect.stringMatching(
        /^svr is being changed at this moment: "try \d" by process \d+/,
      ),
    });
  opened.resolve();
  await Promise.all(tries);
  expect(await readLock(location, 'svr')).toBeUndefined();
});

it('is of one model, and free again when the work fails', async () => {
  await withLock(location, 'svr', { purpose: 'outer' }, () =>
    withLock(location, 'random-forest', { purpose: 'inner' }, async () => {}),
  );
  const failing = withLock(location, 'svr', { purpose: 'fail' }, () =>
    Promise.reject(new Error('no')),
  );
  await expect(failing).rejects.toThrow('no');
  expect(await readLock(location, 'svr')).toBeUndefined();
});

it('is held as long as the work takes, however short it holds by itself', async () => {
  const holdMs = 150;
  const expires = async () => Date.parse((await written())?.expires ?? '');
  await withLock(location, 'svr', { purpose: 'long', holdMs }, async (lost) => {
    // Twice over what it would hold without being renewed.
    const due = (await expires()) + 2 * holdMs;
    await expect.poll(expires, patience).toBeGreaterThan(due);
    expect(lost.aborted).toBe(false);
  });
});

it('that was taken over by force is lost to its former holder, who leaves it alone', async () => {
  const opened = gate();
  const first = withLock(location, 'svr', { purpose: 'first', holdMs: 600 }, async (lost) => {
    await expect.poll(() => lost.aborted, patience).toBe(true);
    expect(lost.reason).toMatchObject({ name: 'LockLostError' });
  });
  await expect.poll(async () => (await written())?.purpose, patience).toBe('first');
  const second = withLock(
    location,
    'svr',
    { purpose: 'second', force: true },
    () => opened.promise,
  );
  await first;
  expect((await written())?.purpose).toBe('second');
  opened.resolve();
  await second;
  expect(await readLock(location, 'svr')).toBeUndefined();
});

it.each(['', '{"token":"a"', 'null', '[]', '{"token":5}', '"lock"'])(
  'that is no lock (%j) is said to be none, and written over by force only',
  async (Body) => {
    const { client, bucket } = location;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'locks/svr.json', Body }));
    const refusal = {
      name: 'DamagedRecordError',
      message: expect.stringMatching(
        /^s3:\/\/chorus-models\/locks\/svr\.json is not a lock \(it .*\): .* delete it: aws s3 rm s3:\/\/chorus-models\/locks\/svr\.json$/,
      ),
    };
    await expect(readLock(location, 'svr')).rejects.toMatchObject(refusal);
    const work = async () => 'done';
    await expect(withLock(location, 'svr', { purpose: 'go' }, work)).rejects.toMatchObject(refusal);
    const forced = withLock(location, 'svr', { purpose: 'go', force: true }, work);
    expect(await forced).toBe('done');
    expect(await readLock(location, 'svr')).toBeUndefined();
  },
);
