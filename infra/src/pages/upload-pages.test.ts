import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { BlueprintError } from '@chorus/blueprint';
import { type RunningS3, startS3 } from '@chorus/emulator-s3/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PageBucket, uploadPages } from './upload-pages.ts';

let folder: string;
let s3: RunningS3;
let to: PageBucket;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chorus-pages-'));
  s3 = await startS3();
  to = { client: s3.client, bucket: 'box' };
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await s3.remove();
});

function write(files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `of ${file}`);
  }
}

async function keys(): Promise<readonly string[]> {
  const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket: 'box' }));
  return Contents.map(({ Key }) => Key ?? '');
}

const page = ['index.html', 'page.json', 'assets/page-1a2b.js', 'assets/page-3c4d.css'];
const days = (count: number) => new Date(Date.now() + count * 24 * 60 * 60 * 1000);

describe('uploadPages', () => {
  it('gives each file its type, and for how long it may be kept', async () => {
    write([...page, 'console/index.html', 'assets/heic-5e6f.wasm', 'console/assets/a-1b2c.js']);
    await uploadPages(to, folder, new Date());
    const headers = async (Key: string) => {
      const { ContentType, CacheControl, ContentLength } = await s3.client.send(
        new HeadObjectCommand({ Bucket: 'box', Key }),
      );
      return [ContentType, CacheControl, ContentLength];
    };
    const forever = 'public, max-age=31536000, immutable';
    expect(await headers('index.html')).toEqual(['text/html; charset=utf-8', 'no-cache', 13]);
    expect(await headers('console/index.html')).toEqual([
      'text/html; charset=utf-8',
      'no-cache',
      21,
    ]);
    expect(await headers('page.json')).toEqual(['application/json', 'no-cache', 12]);
    expect(await headers('assets/page-1a2b.js')).toEqual([
      'text/javascript; charset=utf-8',
      forever,
      22,
    ]);
    expect((await headers('console/assets/a-1b2c.js'))[1]).toBe(forever);
    expect(await headers('assets/heic-5e6f.wasm')).toEqual(['application/wasm', forever, 24]);
  });

  it('brings pages last, and their settings before them: what a page asks for is there', async () => {
    write(['a.html', 'page.json', 'z.svg', 'console/index.html', 'console/page.json', ...page]);
    const put: string[] = [];
    s3.client.middlewareStack.add(
      (next, { commandName }) =>
        async (given) => {
          const { Key } = given.input as { readonly Key?: string };
          if (commandName === 'PutObjectCommand') put.push(String(Key));
          return next(given);
        },
      { step: 'initialize' },
    );
    await uploadPages(to, folder, new Date());
    expect(put.slice(0, 3).sort()).toEqual([
      'assets/page-1a2b.js',
      'assets/page-3c4d.css',
      'z.svg',
    ]);
    expect(put.slice(3, 5).sort()).toEqual(['console/page.json', 'page.json']);
    expect(put.slice(5).sort()).toEqual(['a.html', 'console/index.html', 'index.html']);
  });

  it('keeps a file that the page has no longer for a week, for those who have it open', async () => {
    write(page);
    await uploadPages(to, folder, new Date());
    rmSync(join(folder, 'assets/page-1a2b.js'));
    write(['assets/page-7a8b.js']);
    await uploadPages(to, folder, days(6));
    expect(await keys()).toContain('assets/page-1a2b.js');
    await uploadPages(to, folder, days(8));
    expect(await keys()).toEqual([
      'assets/page-3c4d.css',
      'assets/page-7a8b.js',
      'index.html',
      'page.json',
    ]);
  });

  it('changes nothing when a file is of an unknown kind', async () => {
    write([...page, 'assets/setup.exe']);
    const uploading = uploadPages(to, folder, new Date());
    await expect(uploading).rejects.toThrow(BlueprintError);
    await expect(uploading).rejects.toThrow('assets/setup.exe');
    expect(await keys()).toEqual([]);
  });
});
