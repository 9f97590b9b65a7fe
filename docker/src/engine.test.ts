import { symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { findEngine } from './engine.ts';
import { NoEngineError } from './errors.ts';
import { dockers, fakeProgram } from './testing/fake-program.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const root = temporaryFolder();
let first: string;
let second: string;
let count = 0;

beforeEach(async () => {
  count += 1;
  first = join(root, String(count), 'local-bin');
  second = join(root, String(count), 'bin');
  await mkdir(first, { recursive: true });
  await mkdir(second, { recursive: true });
});

const find = () => findEngine([first, second]);

it('finds Docker with BuildKit', async () => {
  const { path } = fakeProgram(second, 'docker', dockers.buildKit);
  expect(await find()).toMatchObject({
    command: path,
    builder: 'BuildKit',
    variables: { DOCKER_BUILDKIT: '1' },
    architecture: 'amd64',
  });
});

it('uses the legacy builder of a client that lacks buildx', async () => {
  const { path } = fakeProgram(first, 'docker', dockers.withoutBuildx);
  expect(await find()).toMatchObject({
    command: path,
    builder: 'legacy builder',
    variables: { DOCKER_BUILDKIT: '0' },
  });
});

it('prefers a later client that has BuildKit', async () => {
  fakeProgram(first, 'docker', dockers.withoutBuildx);
  const { path } = fakeProgram(second, 'docker', dockers.buildKit);
  expect((await find()).command).toBe(path);
});

it('tries a program once that is linked from two folders', async () => {
  const fake = fakeProgram(second, 'docker', dockers.buildKit);
  symlinkSync(fake.path, join(first, 'docker'));
  expect((await find()).command).toBe(join(first, 'docker'));
  expect(fake.calls().filter((call) => call.includes('version'))).toHaveLength(1);
});

it('falls back on Podman, then Buildah, where no daemon answers', async () => {
  fakeProgram(first, 'docker', dockers.withoutDaemon);
  fakeProgram(first, 'buildah', '');
  expect(await find()).toMatchObject({ name: 'buildah', options: ['--isolation', 'chroot'] });
  fakeProgram(second, 'podman', '');
  expect(await find()).toMatchObject({ name: 'podman', builder: 'Buildah' });
});

it('passes over a Podman that cannot reach its storage', async () => {
  fakeProgram(first, 'podman', 'exit 125');
  fakeProgram(first, 'buildah', '');
  expect((await find()).name).toBe('buildah');
});

it('says in one sentence what to install', async () => {
  const error = await find().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NoEngineError);
  const { message } = error as NoEngineError;
  for (const name of ['Docker', 'Podman', 'Buildah']) expect(message).toContain(name);
  expect(message).toMatch(/^Images need a container engine[^\n]*\.$/);
});

it('says in one sentence that a daemon does not answer', async () => {
  const { path } = fakeProgram(first, 'docker', dockers.withoutDaemon);
  await expect(find()).rejects.toThrow(`${path} gets no answer from one: install and start Docker`);
});
