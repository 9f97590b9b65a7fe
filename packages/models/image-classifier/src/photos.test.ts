/** The shipped weights on openly licensed photos (photos/photos.csv), as they are and as people send them. */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { openPhoto, resizePhoto } from '@chorus/photo';
import { type ImageInput, type Manifest, parseManifest } from '@chorus/registry/manifest';
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

/** What the animals that have no label look like; which of two like ones may depend on how they are sent. */
const others: Readonly<Record<string, readonly string[]>> = {
  'other-jaguars.jpg': ['jaguar', 'leopard'],
  'other-kangaroo.jpg': ['wallaby'],
  'other-koala.jpg': ['koala'],
  'other-lemurs.jpg': ['ring-tailed lemur', 'indri'],
  'other-panda.jpg': ['giant panda'],
};

/**
 * What is told wrong, and has to be told without being sure: EfficientNet takes a herd of black horses for oxen, the only horse that it knows
 * being a chestnut.
 */
const mistaken: Readonly<Record<string, string>> = { 'horse-herd.jpg': 'cow' };

/** From here on an answer is sure. */
const sureFrom = 0.7;

/** A photo as it leaves a camera held another way: its pixels turned, and a note how to turn them back. */
const turned = (degrees: number, orientation: number) => (bytes: Buffer) =>
  sharp(bytes).rotate(degrees).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();

const ways: readonly [name: string, change: (bytes: Buffer) => Promise<Buffer>][] = [
  ['as WebP', (bytes) => sharp(bytes).webp().toBuffer()],
  ['as PNG', (bytes) => sharp(bytes).png().toBuffer()],
  ['as AVIF', (bytes) => sharp(bytes).avif({ effort: 0 }).toBuffer()],
  ['as a poor JPEG', (bytes) => sharp(bytes).jpeg({ quality: 30 }).toBuffer()],
  ['upside down', turned(180, 3)],
  ['turned left', turned(270, 6)],
  ['turned right', turned(90, 8)],
  ['small', (bytes) => sharp(bytes).resize({ width: 224, height: 224, fit: 'inside' }).toBuffer()],
  // How it is enlarged is no matter here, so the fastest way.
  ['large', (bytes) => sharp(bytes).resize({ width: 1600, kernel: 'linear' }).toBuffer()],
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
  for (const { label } of rows) expect(['', 'other', ...(labels ?? [])]).toContain(label);
  expect(rows.filter(({ label }) => label === '').length).toBeGreaterThan(5);
});

/** The graph's input of a photo, as means of squares of 16 x 16 pixels: half a pixel of shift is nothing in them. */
async function squaresOf(bytes: Uint8Array, input: ImageInput): Promise<Float64Array> {
  const { data, width, height } = await resizePhoto(await openPhoto(bytes), input);
  const [across, down] = [Math.ceil(width / 16), Math.ceil(height / 16)];
  const sums = new Uint32Array(across * down * 3);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const square = ((y >> 4) * across + (x >> 4)) * 3;
      for (let colour = square; colour < square + 3; colour += 1)
        sums[colour] = (sums[colour] ?? 0) + (data[at++] ?? 0);
    }
  }
  return Float64Array.from(sums, (sum) => sum / 256);
}

/** How many levels of 255 two of them differ by on average. */
function difference(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, level, at) => sum + Math.abs(level - (other[at] ?? 0)), 0) / one.length;
}

/** The ways of `ways` differ by 2.0 at most; photos mirrored, upside down, grey or of swapped colours by 4.3 at least. */
const sameLevels = 3;

const wrongs: typeof ways = [
  ['mirrored', (bytes) => sharp(bytes).flop().toBuffer()],
  ['upside down', (bytes) => sharp(bytes).rotate(180).toBuffer()],
  ['grey', (bytes) => sharp(bytes).greyscale().toBuffer()],
];

/** A photo changed in each of these ways. */
async function changed(list: typeof ways, original: Buffer): Promise<[string, Buffer][]> {
  const photos: [string, Buffer][] = [];
  for (const [name, change] of list) photos.push([name, await change(original)]);
  return photos;
}

// The graph takes most of the time: it is asked about every photo, and about each in one of the ways. That it gets the same
// pixels in the others says the rest.
describe.each(rows.map((row, index) => ({ ...row, index })))('$file', ({ file, label, index }) => {
  const at = index % ways.length;
  let original: Buffer;
  let sent: [string, Buffer][];

  beforeAll(async () => {
    original = await readFile(new URL(file, folder));
    sent = await changed(ways, original);
  });

  it(`is ${mistaken[file] ?? others[file]?.join(' or ') ?? (label || 'no animal')}, and ${ways[at]?.[0]} too`, async () => {
    const answers = [original, sent[at]?.[1]].map(async (photo = Buffer.of()) => {
      const [answer] = await ask(handle, photo);
      return answer;
    });
    const told = await Promise.all(answers);
    const names = others[file] ?? [''];
    const named = mistaken[file] ?? (label === 'other' ? '' : label);
    for (const answer of told) {
      expect(answer?.label).toBe(named);
      expect(names).toContain(answer?.other);
    }
    if (mistaken[file] !== undefined)
      for (const answer of told) expect(answer?.probabilities[0]).toBeLessThan(sureFrom);
  });

  it('gives the graph the same pixels whatever happens to it on its way', async () => {
    const input = manifest.image?.input;
    if (input === undefined) throw new Error('the manifest is of no photos');
    const reference = await squaresOf(original, input);
    const differences = async (photos: typeof sent) => {
      const found: [string, number][] = [];
      for (const [name, bytes] of photos)
        found.push([name, difference(await squaresOf(bytes, input), reference)]);
      return found;
    };
    expect((await differences(sent)).filter(([, levels]) => levels > sameLevels)).toEqual([]);
    // One that is not the same is told apart.
    const others = await differences(await changed(wrongs, original));
    expect(others.filter(([, levels]) => levels <= sameLevels)).toEqual([]);
  });
});

it('the graph was asked about every way more than once', () => {
  expect(rows.length).toBeGreaterThanOrEqual(2 * ways.length);
});

describe('the animals one by one', () => {
  const boxesIn = async (photo: Buffer) => (await ask(handle, photo))[0]?.boxes ?? [];

  it.each([
    ['giraffe-pair.jpg', 'giraffe', 2],
    ['cow.jpg', 'cow', 3],
    ['bird-hens.jpg', 'bird', 3],
    ['sheep.jpg', 'sheep', 1],
    ['none-castle.jpg', '', 0],
    ['other-panda.jpg', '', 0],
  ])('are found in %s: %s, at least %i', async (file, label, least) => {
    const boxes = await boxesIn(await readFile(new URL(file, folder)));
    expect(boxes.filter((box) => box.label === label).length).toBeGreaterThanOrEqual(least);
    if (least === 0) expect(boxes).toEqual([]);
    for (const { box } of boxes) {
      const [left = -1, top = -1, width = 0, height = 0] = box;
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(1 + 1e-6);
    }
  });

  it('are where they are in the upright photo, whatever its shape', async () => {
    const sheep = await readFile(new URL('sheep.jpg', folder));
    const [alone] = await boxesIn(sheep);
    // The sheep in the right quarter of a wide photo, and how a camera held upright writes that.
    const { width } = await sharp(sheep).metadata();
    const beside = await sharp(sheep)
      .extend({ left: 3 * width, background: '#6a6' })
      .toBuffer();
    const turned = await sharp(beside).rotate(90).withMetadata({ orientation: 8 }).toBuffer();
    for (const photo of [beside, turned]) {
      const [found, ...more] = await boxesIn(photo);
      expect(more).toEqual([]);
      const [left = 0, top = 0, wide = 0, high = 0] = alone?.box ?? [];
      const expected = [0.75 + left / 4, top, wide / 4, high];
      for (const [at, side] of expected.entries())
        expect(Math.abs((found?.box[at] ?? 0) - side)).toBeLessThan(0.03);
    }
  });
});
