import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { startS3 } from '@chorus/emulator-s3/testing';
import { expect, it } from 'vitest';
import { bucketTools } from './bucket-tools.ts';

it('no promotion of any model can begin while a release has its locks', async () => {
  const s3 = await startS3();
  const tools = bucketTools(s3.client, 'deploy staging');
  const locks = async () =>
    (await s3.client.send(new ListObjectsV2Command({ Bucket: 'box' }))).Contents?.map(
      ({ Key }) => Key,
    ) ?? [];
  try {
    const inside = await tools.whileLocked('box', ['one', 'two'], async (lost) => ({
      locks: await locks(),
      lock: await tools.lock('box', 'two'),
      isLost: lost.aborted,
    }));
    expect(inside).toMatchObject({
      locks: ['locks/one.json', 'locks/two.json'],
      lock: { purpose: 'deploy staging' },
      isLost: false,
    });
    expect(await locks()).toEqual([]);
    expect(await tools.lock('box', 'two')).toBeUndefined();
  } finally {
    await s3.remove();
  }
});
