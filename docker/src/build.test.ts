import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { pinnedBaseImage, referenceOf } from './base-image.ts';
import { buildImage, imageTag } from './build.ts';
import { type Engine, findEngine } from './engine.ts';
import type { BuildSettings } from './env.ts';
import { BuildError } from './errors.ts';
import { dockers, type FakeProgram, fakeProgram } from './testing/fake-program.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** A client whose builds end well: it writes the id where `--iidfile` says. */
const builds = `${dockers.buildKit}
while [ $# -gt 0 ]; do if [ "$1" = --iidfile ]; then echo sha256:abc > "$2"; fi; shift; done`;

const noSettings: BuildSettings = { baseImage: undefined, runtimeImage: undefined };
const root = temporaryFolder();
let source: string;
let fake: FakeProgram;
let engine: Engine;
let count = 0;

const pinned = referenceOf(pinnedBaseImage());

/** Notes in a bundle what it is for. */
function note(platform: string, folder: string = platform.replace('/', '-')): void {
  const native = join(source, 'dist', folder, 'native');
  mkdirSync(native, { recursive: true });
  writeFileSync(join(native, 'platform.json'), JSON.stringify({ platform }));
}

beforeEach(async () => {
  count += 1;
  source = join(root, String(count));
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'package.json'), '{"name":"@chorus/svr"}');
  note('linux/x64');
  fake = fakeProgram(join(source, 'bin'), 'docker', builds);
  engine = await findEngine([join(source, 'bin')]);
});

it('builds from dist/ alone, without a network, and notes what was built', async () => {
  const image = await buildImage(source, 'linux/x64', engine, noSettings);
  expect(fake.calls().at(-1)).toBe(
    `[1] build --network none --build-arg MODEL=svr --build-arg BASE_IMAGE=${pinned} --build-arg COMPILE_CACHE=filled ` +
      `--tag chorus-svr:local --iidfile ${source}/.chorus/image-id ${source}/dist/linux-x64`,
  );
  expect(image).toEqual({
    tag: 'chorus-svr:local',
    id: 'sha256:abc',
    platform: 'linux/x64',
    builder: 'docker, BuildKit',
  });
  expect(JSON.parse(readFileSync(join(source, '.chorus/image.json'), 'utf8'))).toEqual(image);
});

it('passes the base images on', async () => {
  const settings = { baseImage: 'node:24@sha256:1', runtimeImage: 'tiny:24' };
  await buildImage(source, 'linux/x64', engine, settings);
  expect(fake.calls().at(-1)).toContain('--build-arg BASE_IMAGE=node:24@sha256:1');
  expect(fake.calls().at(-1)).toContain('--build-arg RUNTIME_IMAGE=tiny:24');
});

it('asks for a foreign processor, and compiles nothing for it', async () => {
  note('linux/arm64');
  await buildImage(source, 'linux/arm64', engine, noSettings);
  expect(fake.calls().at(-1)).toContain('--platform linux/arm64');
  expect(fake.calls().at(-1)).toContain('COMPILE_CACHE=empty');
});

it('leaves a foreign processor to builders that skip what is not wanted', async () => {
  note('linux/arm64');
  const legacy = { ...engine, builder: 'legacy builder' } as const;
  const building = buildImage(source, 'linux/arm64', legacy, noSettings);
  await expect(building).rejects.toThrow(/amd64 runs no programs of linux\/arm64: install/);
});

it('refuses a bundle for another platform', async () => {
  note('linux/x64', 'linux-arm64');
  const building = buildImage(source, 'linux/arm64', engine, noSettings);
  await expect(building).rejects.toThrow(
    /dist\/linux-arm64 is for linux\/x64, the image shall be for linux\/arm64/,
  );
});

it('says that there is no bundle', async () => {
  const building = buildImage(join(root, 'nothing'), 'linux/x64', engine, noSettings);
  await expect(building).rejects.toThrow(BuildError);
  writeFileSync(join(source, 'dist/linux-x64/native/platform.json'), '');
  await expect(buildImage(source, 'linux/x64', engine, noSettings)).rejects.toThrow(/bundle/);
});

it('leaves no note of an image when its build failed', async () => {
  await buildImage(source, 'linux/x64', engine, noSettings);
  fakeProgram(join(source, 'bin'), 'docker', 'exit 1');
  await expect(buildImage(source, 'linux/x64', engine, noSettings)).rejects.toThrow(BuildError);
  expect(existsSync(join(source, '.chorus/image.json'))).toBe(false);
});

it('tags a function by its name', () => {
  expect(imageTag('random-forest')).toBe('chorus-random-forest:local');
});
