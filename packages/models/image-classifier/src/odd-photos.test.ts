/** The shipped weights on what used to be told wrong with confidence: photos without colour, light or half of the animal, and drawings. */

import { readFile } from 'node:fs/promises';
import { parseManifest } from '@chorus/registry/manifest';
import type { Handler } from '@chorus/runtime';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { ask, handlerOf, openModel } from './testing/ask.ts';

const here = (path: string) => new URL(`../${path}`, import.meta.url);

let handle: Handler;

beforeAll(async () => {
  const manifest = parseManifest(JSON.parse(await readFile(here('weights/manifest.json'), 'utf8')));
  handle = handlerOf(await openModel(await readFile(here('weights/model.onnx')), manifest));
});

async function told(photo: Sharp) {
  const [answer] = await ask(handle, await photo.jpeg({ quality: 85 }).toBuffer());
  return answer;
}

const half = async (name: string, part: 'left' | 'right'): Promise<Sharp> => {
  const photo = sharp(await readFile(here(`photos/${name}`)));
  const { width, height } = await photo.metadata();
  const middle = Math.floor(width / 2);
  const left = part === 'left' ? 0 : middle;
  return photo.extract({ left, top: 0, width: middle, height });
};

const changed =
  (change: (photo: Sharp) => Sharp) =>
  async (name: string): Promise<Sharp> =>
    change(sharp(await readFile(here(`photos/${name}`))));

const changes: readonly [string, (name: string) => Promise<Sharp>][] = [
  ['grey', changed((photo) => photo.greyscale())],
  ['with a tenth of the light', changed((photo) => photo.linear(0.1, 0))],
  ['the left half of it', (name) => half(name, 'left')],
  ['the right half of it', (name) => half(name, 'right')],
];

const animals = ['dog-shepherd.jpg', 'cat-kitten.jpg', 'cow.jpg'];

it.each(changes.flatMap(([name, change]) => animals.map((file) => ({ name, change, file }))))(
  '$file, $name, is what it was',
  async ({ change, file }) => {
    const answer = await told(await change(file));
    expect(answer?.label).toBe(file.split(/[-.]/)[0]);
  },
);

it.each([
  [
    'a smiling face',
    '<circle cx="200" cy="200" r="150" fill="gold"/><circle cx="150" cy="160" r="18"/><circle cx="250" cy="160" r="18"/><path d="M120 240 q80 90 160 0" fill="none" stroke="black" stroke-width="14"/>',
  ],
  [
    'a cat of circles',
    '<path d="M110 120 l20 -80 l60 50 z M290 120 l-20 -80 l-60 50 z" fill="orange"/><circle cx="200" cy="170" r="110" fill="orange"/><circle cx="160" cy="150" r="14"/><circle cx="240" cy="150" r="14"/><path d="M190 190 h20 l-10 14 z" fill="pink"/>',
  ],
  [
    'a logo',
    '<rect x="60" y="60" width="280" height="280" rx="60" fill="#36c"/><text x="110" y="260" font-size="200" fill="white">C</text>',
  ],
])('a drawing has no label: %s', async (_, shapes) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="white"/>${shapes}</svg>`;
  const answer = await told(sharp(Buffer.from(svg)));
  expect(answer?.label).toBe('');
});
