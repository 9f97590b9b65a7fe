import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseBaseImage, pinnedBaseImage, referenceOf, updateBaseImage } from './base-image.ts';
import { BaseImageError } from './errors.ts';
import { fakeProgram } from './testing/fake-program.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const folder = temporaryFolder();
const digest = `sha256:${'a1'.repeat(32)}`;

/** Writes another file that names a base image. @returns its path */
function note(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

it('of the repository has a digest, and the name that the Dockerfile has by default', () => {
  const pinned = pinnedBaseImage();
  expect(pinned.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  const dockerfile = readFileSync(resolve(import.meta.dirname, '../Dockerfile'), 'utf8');
  expect(dockerfile.split('\n')).toContain(`ARG BASE_IMAGE=${pinned.image}`);
});

it.each([
  ['node:24', { image: 'node:24', digest: undefined }],
  [`registry:5000/node@${digest}`, { image: 'registry:5000/node', digest }],
])('%s is read and written as it is', (reference, read) => {
  expect(parseBaseImage(reference)).toEqual(read);
  expect(referenceOf(parseBaseImage(reference))).toBe(reference);
});

it.each(['', '@', 'node@', 'node@sha256:12', `node@${digest}0`, `node@${digest}@${digest}`])(
  '%j is refused',
  (reference) => {
    expect(() => parseBaseImage(reference)).toThrow(BaseImageError);
  },
);

it.each([[{ image: 'node:24' }], [{ image: 1, digest: null }], [{ image: 'n', digest: 'latest' }]])(
  'a file with %j is refused',
  (content) => {
    expect(() => pinnedBaseImage(note('wrong.json', content))).toThrow(BaseImageError);
  },
);

it('gets the digest that its tag has in the registry now', async () => {
  const path = note('old.json', { image: 'node:24', digest: null });
  const docker = fakeProgram(
    join(folder, 'bin'),
    'docker',
    `echo '{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"${digest}"}'`,
  );
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/usr/bin:/bin`);
  expect(await updateBaseImage(path)).toEqual({ image: 'node:24', digest });
  expect(docker.calls()).toEqual([
    '[] buildx imagetools inspect --format {{json .Manifest}} node:24',
  ]);
  expect(pinnedBaseImage(path)).toEqual({ image: 'node:24', digest });
});

it.each([
  ['no registry answers', `echo 'no such host' >&2; exit 1`, 'no such host'],
  ['Docker says something else', 'echo latest', 'does not say which digest node:24 has: latest'],
  ['what it says has no digest', `echo '{"digest":"sha256:1"}'`, 'has: {"digest":"sha256:1"}'],
])('stays as it is when %s', async (_, script, message) => {
  const path = note('kept.json', { image: 'node:24', digest });
  fakeProgram(join(folder, 'bin'), 'docker', script);
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/usr/bin:/bin`);
  await expect(updateBaseImage(path)).rejects.toThrow(message);
  expect(pinnedBaseImage(path)).toEqual({ image: 'node:24', digest });
});
