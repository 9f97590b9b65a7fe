import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { startS3 } from '@chorus/emulator-s3/testing';
import { expect, it } from 'vitest';
import { settingsFile } from '../../pages/page-files.ts';
import { readPages, restorePages } from './stored-pages.ts';

it('pages are put back as they were, with their settings, and new ones go; what pages ask for stays', async () => {
  const { client, remove } = await startS3();
  const Bucket = 'box';
  const put = (Key: string, Body: string) =>
    client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body,
        ContentType: 'text/html',
        CacheControl: 'no-cache',
      }),
    );
  try {
    await put('index.html', 'old');
    await put(settingsFile, '{"old":true}');
    await put('assets/a.js', 'old code');
    const before = await readPages(client, Bucket);
    await put('index.html', 'new');
    await put(settingsFile, '{}');
    await put('more/index.html', 'new');
    await put('assets/b.js', 'new code');
    await restorePages(client, Bucket, before);
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents.map(({ Key }) => Key)).toEqual(
      ['assets/a.js', 'assets/b.js', 'index.html', settingsFile].toSorted(),
    );
    const page = await client.send(new GetObjectCommand({ Bucket, Key: 'index.html' }));
    expect(await page.Body?.transformToString()).toBe('old');
    expect(page).toMatchObject({ ContentType: 'text/html', CacheControl: 'no-cache' });
    const settings = await client.send(new GetObjectCommand({ Bucket, Key: settingsFile }));
    expect(await settings.Body?.transformToString()).toBe('{"old":true}');
  } finally {
    await remove();
  }
});
