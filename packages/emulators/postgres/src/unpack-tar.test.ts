import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unpackTar } from './unpack-tar.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-tar-'));
});
afterEach(() => rm(directory, { recursive: true }));

interface Entry {
  readonly prefix?: string;
  readonly type?: string;
  readonly contents?: Buffer;
}

function entry(name: string, { prefix = '', type = '0', contents = Buffer.alloc(0) }: Entry = {}) {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(contents.length.toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  header.write('ustar\0', 257);
  header.write(prefix, 345);
  return Buffer.concat([header, contents, Buffer.alloc(-contents.length & 511)]);
}
const end = Buffer.alloc(1024);

it('writes files of any length and folders, even empty ones', async () => {
  const sizes = [0, 1, 511, 512, 513, 5000];
  const contents = sizes.map((size) => Buffer.alloc(size, `${size},`));
  unpackTar(
    Buffer.concat([
      entry('/empty', { type: '5' }),
      entry('some/in', { type: '5' }),
      ...contents.map((each, index) => entry(`some/in/${sizes[index]}`, { contents: each })),
      entry('last', { prefix: 'some/in', type: '\0', contents: Buffer.from('of old archives') }),
      end,
    ]),
    directory,
  );
  const read = (name: string) => readFile(join(directory, 'some/in', name));
  expect(await readdir(join(directory, 'empty'))).toEqual([]);
  expect((await readdir(join(directory, 'some/in'))).length).toBe(sizes.length + 1);
  for (const [index, size] of sizes.entries())
    expect((await read(`${size}`)).equals(contents[index] ?? end)).toBe(true);
  expect(await read('last')).toEqual(Buffer.from('of old archives'));
});

it('refuses links, and archives that are cut off or damaged', () => {
  expect(() => unpackTar(Buffer.concat([entry('link', { type: '2' }), end]), directory)).toThrow(
    'link in the archive is neither a file nor a folder but "2"',
  );
  const whole = entry('long', { contents: Buffer.alloc(1000) });
  for (const length of [300, 1000])
    expect(() => unpackTar(whole.subarray(0, length), directory)).toThrow('is cut off in long');
  const damaged = Buffer.from(whole);
  damaged.write('size', 124);
  expect(() => unpackTar(damaged, directory)).toThrow('is cut off in long');
});
