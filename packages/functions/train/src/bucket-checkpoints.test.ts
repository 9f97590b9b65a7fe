import { type FaultyS3, startFaultyS3, stubS3 } from '@chorus/emulator-s3/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bucketCheckpoints } from './bucket-checkpoints.ts';
import { readSettings } from './env.ts';
import { openObjects } from './objects.ts';

let store: FaultyS3;

beforeEach(async () => {
  store = await startFaultyS3(['rows']);
  stubS3(store);
  vi.stubEnv('TRAINING_BUCKET', 'rows');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
});

it('keeps bytes in the bucket, each name by itself, and knows what is not there', async () => {
  const checkpoints = bucketCheckpoints(openObjects(readSettings()), 'run/checkpoints/');
  expect(await checkpoints.read('tree-1')).toBeUndefined();
  await checkpoints.write('tree-1', Uint8Array.of(1, 255, 0));
  await checkpoints.write('tree-2', Uint8Array.of(2));
  await checkpoints.write('tree-2', Uint8Array.of(3));
  const next = bucketCheckpoints(openObjects(readSettings()), 'run/checkpoints/');
  expect([...((await next.read('tree-1')) ?? [])]).toEqual([1, 255, 0]);
  expect([...((await next.read('tree-2')) ?? [])]).toEqual([3]);
});
