import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { LocalCloudError } from '@chorus/emulator-files';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createS3 } from './index.ts';
import { startS3 } from './testing/start-s3.ts';

/** A store with an object and an unfinished upload, copied for every test. */
let sound: string;
let upload: { Bucket: string; Key: string; UploadId: string };
let etag: string | undefined;
let directory: string;

beforeAll(async () => {
  const s3 = await startS3();
  sound = s3.directory;
  await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'key', Body: 'a'.repeat(999) }));
  await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'empty', Body: '' }));
  const begun = await s3.client.send(
    new CreateMultipartUploadCommand({ Bucket: 'box', Key: 'whole' }),
  );
  upload = { Bucket: 'box', Key: 'whole', UploadId: begun.UploadId ?? '' };
  const part = await s3.client.send(
    new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }),
  );
  etag = part.ETag;
  await s3.stop();
});
afterAll(() => rm(sound, { recursive: true }));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-s3-'));
  await cp(sound, directory, { recursive: true });
  return () => rm(directory, { recursive: true });
});

async function everything(): Promise<string[]> {
  return (await readdir(directory, { recursive: true })).sort();
}

/** Files of the store, by what they are. */
const files = {
  bucket: () => join(directory, 'buckets/box/.bucket.json'),
  object: () => join(directory, 'buckets/box/key'),
  upload: () => join(directory, 'uploads', upload.UploadId, 'upload.json'),
  part: () => join(directory, 'uploads', upload.UploadId, '00001'),
};
const names = Object.keys(files) as (keyof typeof files)[];
const records = ['bucket', 'upload'] as const;

type Damage = readonly [string, (path: string) => Promise<unknown>, keyof typeof files];
const damages: readonly Damage[] = [
  ...names.map((name) => ['empty', (path: string) => truncate(path, 0), name] as const),
  ...names.map((name) => ['cut in half', halve, name] as const),
  ...names.map((name) => ['cut by a byte', (path: string) => shorten(path, 1), name] as const),
  ...(['object', 'part'] as const).map((name) => ['cut at its beginning', behead, name] as const),
  ...records.flatMap((name) =>
    ['null', '[]', '7', '{}', '{"created":"x","region":1}', '{"bucket":"box"}'].map(
      (text) => [`that says ${text}`, (path: string) => writeFile(path, text), name] as const,
    ),
  ),
  ...(['object', 'part'] as const).flatMap((name) => [
    ['that is a note', (path: string) => writeFile(path, 'a note, not an object'), name] as const,
    ['that says null of itself', (path: string) => writeFooter(path, 'null'), name] as const,
    ['that says {} of itself', (path: string) => writeFooter(path, '{}'), name] as const,
    ['that says no JSON of itself', (path: string) => writeFooter(path, '{"a"'), name] as const,
  ]),
  ...names.map((name) => ['that is a folder', becomeFolder, name] as const),
];

async function shorten(path: string, bytes: number): Promise<void> {
  await truncate(path, (await stat(path)).size - bytes);
}
async function halve(path: string): Promise<void> {
  await truncate(path, Math.floor((await stat(path)).size / 2));
}
async function behead(path: string): Promise<void> {
  await writeFile(path, (await readFile(path)).subarray(1));
}
async function lengthen(path: string): Promise<void> {
  await writeFile(path, Buffer.concat([Buffer.from('x'), await readFile(path)]));
}
async function writeFooter(path: string, json: string): Promise<void> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  await writeFile(path, Buffer.concat([Buffer.from(json), length, Buffer.from('CHS3')]));
}
async function becomeFolder(path: string): Promise<void> {
  await rm(path);
  await mkdir(path);
}

describe('opening refuses in one line that names the file', () => {
  async function refusal(): Promise<Error> {
    const opened = await createS3({ credentials: testCredentials, directory }).catch(
      (error: unknown) => error,
    );
    if (!(opened instanceof LocalCloudError)) throw new Error('it opened', { cause: opened });
    return opened;
  }

  it.each(damages)('one %s (%#)', async (_, damage, name) => {
    const path = files[name]();
    await damage(path);
    const before = await everything();
    const { message } = await refusal();
    expect(message).toContain(path);
    expect(message).toMatch(/^.*: .*move .*$/);
    // It may be all that is left of something: nothing is removed.
    expect(await everything()).toEqual(before);
  });

  it.each([
    ['cut by a byte', (path: string) => shorten(path, 1), 'its end is missing'],
    ['that is shorter than an end', (path: string) => truncate(path, 7), 'its end is missing'],
    ['of other bytes', (path: string) => writeFile(path, 'a note'.repeat(9)), 'its end is missing'],
    ['cut at its beginning', behead, 'it does not say what its bytes are'],
    ['longer than it says', lengthen, 'it does not say what its bytes are'],
  ])('an object %s, with what is wrong with it', async (_, damage, why) => {
    await damage(files.object());
    expect((await refusal()).message).toContain(`not a file of the local cloud (${why})`);
  });

  it.each([
    ['an object of another key', files.object, () => join(directory, 'buckets/box/other')],
    ['a part of another number', files.part, () => files.part().replace('00001', '00002')],
  ])('%s', async (_, from, to) => {
    await rename(from(), to());
    expect((await refusal()).message).toContain(to());
  });

  it('a bucket that lost its own file', async () => {
    await rm(files.bucket());
    expect((await refusal()).message).toContain(join(directory, 'buckets/box'));
  });

  it.each(['buckets', 'uploads', 'incoming', ''])('a file in the place of /%s', async (name) => {
    await rm(join(directory, name), { recursive: true });
    await writeFile(join(directory, name), '');
    expect((await refusal()).message).toMatch(/^\S+ is .*: move .* elsewhere \(\w+\)$/);
    await rm(join(directory, name));
    await mkdir(join(directory, name), { recursive: true });
  });
});

describe('opening leaves alone what is plainly not its own', () => {
  const strays = [
    '.DS_Store',
    'buckets/.DS_Store',
    'buckets/notes.txt',
    'buckets/.git/config',
    'buckets/New Folder/file',
    'buckets/box/.DS_Store',
    'buckets/box/Thumbs.db',
    'buckets/box/Copy of key',
    'buckets/box/.git/config',
    'uploads/.DS_Store',
    'uploads/notes.txt',
    'uploads/folder/file',
    'incoming/.DS_Store',
    'incoming/folder/file',
  ];

  it('and works beside it', async () => {
    const inUpload = `uploads/${upload.UploadId}/.DS_Store`;
    for (const stray of [...strays, inUpload]) {
      await mkdir(join(directory, stray, '..'), { recursive: true });
      await writeFile(join(directory, stray), 'stray');
    }
    // Half of an object, which a killed process left.
    const half = join(directory, 'incoming', crypto.randomUUID());
    await writeFile(half, 'half');

    const s3 = await startS3({ directory });
    const listed = await s3.client.send(new ListObjectsV2Command({ Bucket: 'box' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['empty', 'key']);
    const { Parts } = await s3.client.send(new ListPartsCommand(upload));
    expect(Parts).toHaveLength(1);
    await expect(stat(half)).rejects.toThrow('ENOENT');
    for (const stray of [...strays, inUpload]) {
      expect(await readFile(join(directory, stray), 'utf8'), stray).toBe('stray');
    }
    await s3.stop();
  });
});

describe('a file that goes or shrinks while the store is open', () => {
  it('is said to be missing or cut, and hangs nobody', async () => {
    const s3 = await startS3({ directory });
    const read = () => s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'key' }));
    await halve(files.object());
    await expect(read()).rejects.toMatchObject({
      name: 'InternalError',
      message: expect.stringContaining(files.object()),
    });
    await rm(files.object());
    await expect(read()).rejects.toThrow(/buckets\/box\/key is missing: .*\(ENOENT\)/);
    await rm(files.part());
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: etag }] };
    await expect(
      s3.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload })),
    ).rejects.toThrow(/00001 is missing/);
    await s3.stop();
  });
});

describe('an upload that is over', () => {
  it('goes with the bucket it was for', async () => {
    await rm(join(directory, 'buckets/box'), { recursive: true });
    await createS3({ credentials: testCredentials, directory });
    expect(await readdir(join(directory, 'uploads'))).toEqual([]);
  });

  it('goes with a bucket that was made anew since', async () => {
    const { initiated } = JSON.parse(await readFile(files.upload(), 'utf8'));
    const made = (created: number) =>
      writeFile(files.bucket(), JSON.stringify({ created, region: 'us-east-1' }));
    await made(initiated);
    await createS3({ credentials: testCredentials, directory });
    expect(await readdir(join(directory, 'uploads'))).toEqual([upload.UploadId]);
    await made(initiated + 1);
    await createS3({ credentials: testCredentials, directory });
    expect(await readdir(join(directory, 'uploads'))).toEqual([]);
  });

  it('goes when its object was written before the process ended', async () => {
    const s3 = await startS3({ directory });
    const kept = join(directory, 'kept');
    await cp(join(directory, 'uploads', upload.UploadId), kept, { recursive: true });
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: etag }] };
    await s3.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
    await s3.stop();
    await rename(kept, join(directory, 'uploads', upload.UploadId));
    await createS3({ credentials: testCredentials, directory });
    expect(await readdir(join(directory, 'uploads'))).toEqual([]);
  });
});
