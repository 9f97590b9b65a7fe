import { S3Client } from '@aws-sdk/client-s3';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';

import type { RegistryLocation } from '@chorus/registry/s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readText, removeText, writeText } from './stored-text.ts';

let s3: FaultyS3;
let location: RegistryLocation;
beforeEach(async () => {
  s3 = await startFaultyS3(['box']);
  const { endpoint, credentials } = s3;
  const client = new S3Client({
    endpoint,
    credentials,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
  });
  location = { client, bucket: 'box' };
});
afterEach(async () => {
  location.client.destroy();
  await s3.close();
});

const key = 'locks/toy.json';
const conflict = { status: 409, code: 'ConditionalRequestConflict' };
const unavailable = expect.objectContaining({ name: 'RegistryUnavailableError' });

describe('a small object', () => {
  it('is not there before it is written', async () => {
    expect(await readText(location, key)).toBeUndefined();
  });

  it('is written only where there is none, or over the one that is meant', async () => {
    const etag = await writeText(location, key, 'one', { IfNoneMatch: '*' });
    expect(await readText(location, key)).toEqual({ text: 'one', etag });
    expect(await writeText(location, key, 'two', { IfNoneMatch: '*' })).toBeUndefined();
    expect(await writeText(location, key, 'two', { IfMatch: '"other"' })).toBeUndefined();
    expect(await writeText(location, 'none', 'two', { IfMatch: '"other"' })).toBeUndefined();
    expect(await readText(location, key)).toEqual({ text: 'one', etag });
    const second = await writeText(location, key, 'two', { IfMatch: etag ?? '' });
    expect(await readText(location, key)).toEqual({ text: 'two', etag: second });
    await writeText(location, key, 'three', {});
    expect((await readText(location, key))?.text).toBe('three');
  });

  it('is removed only if it is still the one that is meant', async () => {
    const etag = (await writeText(location, key, 'one', {})) ?? '';
    await removeText(location, key, '"other"');
    expect((await readText(location, key))?.text).toBe('one');
    await removeText(location, key, etag);
    expect(await readText(location, key)).toBeUndefined();
    await removeText(location, key, etag);
  });

  it('is written after all when two writes meet, but not for ever', async () => {
    s3.troubles.push(conflict, conflict);
    expect(await writeText(location, key, 'one', {})).toMatch(/^"/);
    s3.requests.length = 0;
    s3.troubles.push(conflict, conflict, conflict, conflict, conflict);
    await expect(writeText(location, key, 'two', {})).rejects.toEqual(unavailable);
    expect(s3.requests).toHaveLength(5);
    expect((await readText(location, key))?.text).toBe('one');
  });

  it('says so when S3 fails', async () => {
    const trouble = { status: 500 };
    s3.troubles.push(trouble, trouble, trouble);
    await expect(readText(location, key)).rejects.toEqual(unavailable);
    await expect(writeText(location, key, 'one', {})).rejects.toEqual(unavailable);
    await expect(removeText(location, key, '"one"')).rejects.toEqual(unavailable);
    const nowhere = { ...location, bucket: 'nowhere' };
    await expect(readText(nowhere, key)).rejects.toThrow('create the bucket');
  });
});
