import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { upload } from '../photos.ts';
import type { TestCloud } from '../test-cloud.ts';
import { askRightly } from './ask-rightly.ts';
import { badRequests, targetsOf } from './index.ts';
import { runBadRequests } from './run.ts';
import { binaryOf } from './targets.ts';

/** Describes how requests are refused that no caller should send. */
export function describeBadRequests(cloudOf: () => TestCloud): void {
  let cloud: TestCloud;
  const printed: string[] = [];

  beforeAll(async () => {
    cloud = cloudOf();
    vi.spyOn(console, 'error').mockImplementation((...words) => {
      printed.push(
        words.map((word) => (word instanceof Error ? word.stack : String(word))).join(' '),
      );
    });
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  const portOf = (url: string | undefined): number => Number(new URL(url ?? '').port);

  const text = (of: string): Buffer<ArrayBuffer> => Buffer.from(of, 'latin1');

  /** Bytes that are no photo, and how they are refused. */
  const photos: readonly (readonly [
    what: string,
    bytes: Buffer<ArrayBuffer>,
    status: number,
    message: RegExp,
  ])[] = [
    ['an SVG', text('<svg xmlns="x" width="9" height="9"/>'), 415, /^SVG is a drawing/],
    ['a GIF', text('GIF89a\x01\0\x01\0\0\0\0;'), 415, /^GIF is not taken/],
    ['a PDF', text('%PDF-1.7\n'), 415, /^PDF is not taken/],
    ['HEIC', text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 415, /^HEIC photos cannot be read/],
    ['text', text('hello, this is a letter'), 415, /^this is not a photo/],
    ['the start of a JPEG', text('\xff\xd8\xff\xe0\0\x10JFIF'), 400, /^the photo is/],
    [
      'a PNG of 2^31-1 a side',
      text('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\0\0\0'),
      413,
      /^the photo has 2147483647 x 2147483647 pixels/,
    ],
    [
      'a WebP of 16,384 a side',
      text('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0'),
      413,
      /^the photo has 16384 x 16384 pixels/,
    ],
  ];

  /** The status and the error of a request to the workflow that takes a photo. */
  async function refusalOf(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: object = {},
  ): Promise<unknown> {
    const response = await fetch(`${cloud.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const { error } = (await response.json()) as { readonly error?: string };
    return { status: response.status, error };
  }

  it.each(photos)(
    '%s is refused in the same words whatever way it came',
    async (_what, bytes, status, message) => {
      const { workflows } = targetsOf(blueprint, cloud.url, cloud.credentials);
      const { path = '', name, infer } = workflows.find(({ takesPhoto }) => takesPhoto) ?? {};
      const base64 = bytes.toString('base64');
      const inputs = (infer?.inputs ?? []).map((input) => ({ ...input, data: [base64] }));
      const binary = binaryOf({ inputs });
      const key = await upload(cloud, bytes);
      const inferPath = `/v2/models/${name}/infer`;
      const refusals = [
        await refusalOf(path, JSON.stringify({ image: base64 })),
        await refusalOf(path, JSON.stringify({ image: `data:image/jpeg;base64,${base64}` })),
        await refusalOf(path, JSON.stringify({ image: base64.replace(/.{8}/g, '$&\n') })),
        await refusalOf(path, JSON.stringify({ image: bytes.toString('base64url') })),
        await refusalOf(path, JSON.stringify({ key })),
        await refusalOf(inferPath, JSON.stringify({ inputs })),
        await refusalOf(inferPath, new Uint8Array(binary.body), binary.headers),
      ];
      expect(refusals).toEqual(
        refusals.map(() => ({ status, error: expect.stringMatching(message) })),
      );
    },
  );

  it('what is not base64 is said of the field that was sent', async () => {
    const { workflows } = targetsOf(blueprint, cloud.url, cloud.credentials);
    const { path = '' } = workflows.find(({ takesPhoto }) => takesPhoto) ?? {};
    expect(await refusalOf(path, JSON.stringify({ image: 'no photo!' }))).toEqual({
      status: 400,
      error: 'image: expected a base64 string, got "no photo!"',
    });
  });

  /** Everything that functions have written. */
  async function logs(): Promise<string> {
    const folder = join(cloud.directory, 'logs');
    const files = await readdir(folder);
    return (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('');
  }

  it('bad requests are the same for a seed, and others for another', () => {
    const targets = targetsOf(blueprint, 'http://127.0.0.1:1', cloud.credentials);
    const what = (seed: number) => [...badRequests(targets, seed, 50)].map((each) => each.what);
    expect(what(1)).toEqual(what(1));
    expect(what(1)).not.toEqual(what(2));
  });

  it('bad requests of every kind are refused, right ones between them answered', async () => {
    const targets = targetsOf(blueprint, cloud.url, cloud.credentials);
    const { statuses, faults } = await runBadRequests({
      targets,
      ports: {
        cloud: portOf(cloud.url),
        cache: portOf(cloud.features?.cacheUrl),
        database: portOf(cloud.features?.databaseUrl),
      },
      seed: 1,
      count: 240,
      atOnce: 4,
      askRightly: () => askRightly(targets),
    });
    expect(faults).toEqual([]);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([400, 404, 405, 413, 415]));
    const isTrace = (line: string): boolean => /^\s+at \S+|\\n\s+at /m.test(line);
    expect(printed.filter(isTrace)).toEqual([]);
    expect((await logs()).split('\n').filter(isTrace)).toEqual([]);
  }, 180_000);
}
