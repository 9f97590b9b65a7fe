import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '@chorus/registry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withModel, writeModel } from './new-model.ts';
import { root } from './root.ts';

const list = readFileSync(join(root, 'packages/service/src/models.ts'), 'utf8');

it('adds a line to the list of models, in the order of the alphabet', () => {
  const both = withModel(withModel(list, 'zebra'), 'aardvark');
  const added = both.split('\n').filter((line) => !list.split('\n').includes(line));
  expect(added).toEqual(["  'aardvark',", "  'zebra',"]);
  for (const line of list.split('\n')) expect(both).toContain(line);
});

it('says what to do by hand when the list has another form', () => {
  expect(() => withModel('export const models = [];\n', 'zebra')).toThrow(
    "add 'zebra' to it by hand",
  );
});

describe('writing a model', () => {
  const manifest: Manifest = {
    format: 1,
    name: 'zebra',
    version: 'v1',
    file: { name: 'model.onnx', bytes: 1, sha256: '' },
    schema: { name: 'zebra', inputs: [], outputs: [], maxBatch: 1 },
  };
  const bytes = new Uint8Array(1);
  let within: string;
  const listPath = () => join(within, 'packages/service/src/models.ts');
  beforeEach(() => {
    within = mkdtempSync(join(tmpdir(), 'chorus-new-model-'));
    mkdirSync(join(within, 'packages/service/src'), { recursive: true });
  });
  afterEach(() => rmSync(within, { recursive: true }));

  it('writes its folder and its line', async () => {
    writeFileSync(listPath(), list);
    const files = await writeModel(manifest, bytes, undefined, within);
    expect(files.every((file) => existsSync(join(within, file)))).toBe(true);
    expect(readFileSync(listPath(), 'utf8')).toContain("  'zebra',");
  });

  it.each([
    [20e6, false],
    [20e6 + 1, true],
  ])('keeps weights above 20 MB out of git (%i bytes)', async (size, isIgnored) => {
    writeFileSync(listPath(), list);
    const files = await writeModel(manifest, new Uint8Array(size), undefined, within);
    const ignore = join('packages/models/zebra/weights', '.gitignore');
    expect(files.includes(ignore)).toBe(isIgnored);
    expect(existsSync(join(within, ignore))).toBe(isIgnored);
  });

  it.each([
    ['the list has another form', () => writeFileSync(listPath(), '')],
    ['the list cannot be written', () => mkdirSync(listPath())],
  ])('leaves no folder behind when %s, so that the next try works', async (_, spoil) => {
    spoil();
    await expect(writeModel(manifest, bytes, undefined, within)).rejects.toThrow(
      expect.objectContaining({ name: 'CliError' }),
    );
    expect(existsSync(join(within, 'packages/models/zebra'))).toBe(false);
    rmSync(listPath(), { recursive: true });
    writeFileSync(listPath(), list);
    await writeModel(manifest, bytes, undefined, within);
    expect(readFileSync(listPath(), 'utf8')).toContain("  'zebra',");
  });

  it('says what to do when the folder cannot be made', async () => {
    writeFileSync(join(within, 'packages/models'), '');
    await expect(writeModel(manifest, bytes, undefined, within)).rejects.toThrow(
      'run the same command again',
    );
  });
});

it('adds a classifier of photos to the list of those', () => {
  const both = withModel(withModel(list, 'plants', 'photoNames'), 'zebra');
  const at = (text: string) => both.indexOf(text);
  expect(at("'zebra',")).toBeLessThan(at('const photoNames'));
  expect(at("'plants',")).toBeGreaterThan(at('const photoNames'));
});
