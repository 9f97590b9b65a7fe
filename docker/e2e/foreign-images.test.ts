import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../src/build.ts';
import { bundle } from '../src/bundle.ts';
import { bundleFolder, parsePlatform } from '../src/platform.ts';
import { type Docker, findDocker } from '../src/testing/docker.ts';
import { processorOf } from '../src/testing/elf.ts';

/** Lambda's other processor: this machine cannot run its programs. */
const [foreign, own] = process.arch === 'arm64' ? ['x64', 'arm64'] : ['arm64', 'x64'];
const platform = parsePlatform(`linux/${foreign}`);
const packages = resolve(import.meta.dirname, '../../packages');

/** One function for each set of libraries: ONNX Runtime, sharp, both, neither. */
const sources = [
  ['models/svr', ['libonnxruntime.so.1', 'onnxruntime_binding.node']],
  ['functions/locate', ['libvips-cpp.so', 'sharp.node']],
  [
    'models/image-classifier',
    ['libonnxruntime.so.1', 'libvips-cpp.so', 'onnxruntime_binding.node', 'sharp.node'],
  ],
  ['functions/gateway', []],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'chorus-foreign-'));
const tags: string[] = [];
let docker: Docker;
beforeAll(async () => {
  docker = await findDocker();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  if (tags.length > 0) docker.run('rmi', '--force', ...tags);
});

/** Unpacks an image's file system. @returns the paths of its files and links, and the folder they are in */
function unpack(
  tag: string,
  into: string,
): { readonly root: string; readonly files: readonly string[] } {
  mkdirSync(into, { recursive: true });
  const container = docker.run('create', tag);
  const archive = execFileSync(docker.engine.command, ['export', container], {
    maxBuffer: 2 ** 30,
  });
  docker.run('rm', container);
  execFileSync('tar', ['-x', '-C', into], { input: archive });
  const files = readdirSync(into, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(into.length + 1));
  return { root: into, files };
}

describe.each(sources)(`the image of %s for the processor ${foreign}`, (source, libraries) => {
  let image: ReturnType<typeof unpack>;
  beforeAll(async () => {
    const name = source.replace('/', '-');
    const place = join(folder, name);
    await bundle(join(packages, source), platform, bundleFolder(place, platform));
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name: `@chorus/foreign-${name}` }));
    // Nothing at all is in this base: a program that the build would run is not there.
    const settings = { baseImage: 'scratch', runtimeImage: undefined };
    const { tag } = await buildImage(place, platform, docker.engine, settings);
    tags.push(tag);
    image = unpack(tag, join(folder, `${name}-unpacked`));
  });

  it('is built, and says that it is for that processor', () => {
    const [{ Architecture }] = JSON.parse(docker.run('image', 'inspect', tags.at(-1) ?? '')) as [
      { Architecture: string },
    ];
    expect(parsePlatform(`linux/${Architecture}`)).toBe(platform);
  });

  it(`has libraries for it, all that it needs, and none for ${own}`, () => {
    const found = image.files.flatMap((file) => {
      const processor = processorOf(readFileSync(join(image.root, file)));
      return processor === undefined ? [] : [[file, processor] as const];
    });
    const names = found.map(([file]) =>
      file.replace(/^.*\//, '').replace(/(libvips-cpp\.so).*/, '$1'),
    );
    expect(names.toSorted()).toEqual(libraries);
    expect(found.filter(([, processor]) => processor !== foreign)).toEqual([]);
    expect(image.files.filter((file) => file.includes(`linux-${own}`))).toEqual([]);
  });

  it('has an empty compile cache', () => {
    expect(readdirSync(join(image.root, 'var/task/compile-cache'))).toEqual([]);
  });
});
