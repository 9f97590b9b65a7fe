/** The shipped weights on openly licensed photos (photos/photos.csv), as they are and as people send them. */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Manifest, parseManifest } from '@chorus/registry/manifest';
import type { Handler } from '@chorus/runtime';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, handlerOf, openModel } from './testing/ask.ts';

const folder = new URL('../photos/', import.meta.url);
const weights = new URL('../weights/', import.meta.url);

const rows = readFileSync(new URL('photos.csv', folder), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split(',', 2))
  .map(([file = '', label = '']) => ({ file, label: label === 'none' ? '' : label }));

/** A photo as it leaves a camera held another way: its pixels turned, and a note how to turn them back. */
const turned = (degrees: number, orientation: number) => (bytes: Buffer) =>
  sharp(bytes).rotate(degrees).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();

const ways: readonly [name: string, change: (bytes: Buffer) => Promise<Buffer>][] = [
  ['as WebP', (bytes) => sharp(bytes).webp().toBuffer()],
  ['as PNG', (bytes) => sharp(bytes).png().toBuffer()],
  ['as AVIF', (bytes) => sharp(bytes).avif({ effort: 1 }).toBuffer()],
  ['as a poor JPEG', (bytes) => sharp(bytes).jpeg({ quality: 30 }).toBuffer()],
  ['upside down', turned(180, 3)],
  ['turned left', turned(270, 6)],
  ['turned right', turned(90, 8)],
  ['small', (bytes) => sharp(bytes).resize({ width: 224, height: 224, fit: 'inside' }).toBuffer()],
  ['large', (bytes) => sharp(bytes).resize({ width: 1600 }).toBuffer()],
];

let manifest: Manifest;
let handle: Handler;

beforeAll(async () => {
  const json = await readFile(new URL('manifest.json', weights), 'utf8');
  manifest = parseManifest(JSON.parse(json));
  const bytes = await readFile(new URL('model.onnx', weights));
  expect(bytes.byteLength).toBe(manifest.file.bytes);
  handle = handlerOf(await openModel(bytes, manifest));
});

it('there are photos with and without animals, and all their labels are the model’s', () => {
  const labels = manifest.image?.labels.map(({ name }) => name);
  expect(rows.length).toBeGreaterThan(20);
  for (const { label } of rows) expect(['', ...(labels ?? [])]).toContain(label);
  expect(rows.filter(({ label }) => label === '').length).toBeGreaterThan(5);
});

describe.each(rows)('$file', ({ file, label }) => {
  it(`is ${label || 'no animal'}`, async () => {
    const [answer] = await ask(handle, await readFile(new URL(file, folder)));
    expect(answer?.label).toBe(label);
  });

  it('is the same whatever happens to it on its way', async () => {
    const original = await readFile(new URL(file, folder));
    const found: [string, string | undefined][] = [];
    for (const [way, change] of ways) {
      const [answer] = await ask(handle, await change(original));
      found.push([way, answer?.label]);
    }
    expect(found).toEqual(ways.map(([way]) => [way, label]));
  });
});
