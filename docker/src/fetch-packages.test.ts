import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { BundleError } from './errors.ts';
import { fetchPackages } from './fetch-packages.ts';
import { type FakeProgram, fakeProgram } from './testing/fake-program.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const folder = temporaryFolder();
const integrity = `sha512-${'a/+'.repeat(28)}AA==`;
const packages = { '@img/sharp-linux-arm64': '0.35.5' };

/** `pnpm install --dir <folder>` that ends well. */
const installs = `while [ "$1" != --dir ]; do shift; done; mkdir "$2/node_modules"`;
let root: string;
let count = 0;

function pnpm(script: string): FakeProgram {
  const program = fakeProgram(join(root, 'bin'), 'pnpm', script);
  vi.stubEnv('PATH', `${join(root, 'bin')}:/usr/bin:/bin`);
  return program;
}

beforeEach(() => {
  count += 1;
  root = join(folder, String(count));
  mkdirSync(root);
  const lines = [
    "lockfileVersion: '9.0'",
    'packages:',
    "  '@img/sharp-linux-arm64@0.35.50':",
    '    resolution: {integrity: sha512-ANOTHER==}',
    "  '@img/sharp-linux-arm64@0.35.5':",
    `    resolution: {integrity: ${integrity}}`,
    '    cpu: [arm64]',
    '',
  ];
  writeFileSync(join(root, 'pnpm-lock.yaml'), lines.join('\n'));
});

it('has pnpm fetch just the packages, and compare them with the digests of the workspace', async () => {
  const program = pnpm(installs);
  const modules = await fetchPackages(packages, root);
  expect(program.calls()).toEqual([
    expect.stringContaining('install --frozen-lockfile --ignore-scripts'),
  ]);
  const lockfile = readFileSync(join(modules, '../pnpm-lock.yaml'), 'utf8');
  expect(lockfile).toContain(
    `'@img/sharp-linux-arm64@0.35.5':\n    resolution: {integrity: ${integrity}}`,
  );
});

it('asks pnpm once', async () => {
  const program = pnpm(installs);
  const modules = await fetchPackages(packages, root);
  expect(await fetchPackages(packages, root)).toBe(modules);
  expect(program.calls()).toHaveLength(1);
});

it('puts them into one place when two bundles ask at once', async () => {
  pnpm(installs);
  const [first, second] = await Promise.all([
    fetchPackages(packages, root),
    fetchPackages(packages, root),
  ]);
  expect(second).toBe(first);
  expect(readdirSync(join(root, 'node_modules/.cache/chorus'))).toHaveLength(1);
});

it('says what pnpm said when it cannot, and tries again the next time', async () => {
  pnpm(`echo 'ERR_PNPM_TARBALL_INTEGRITY' >&2; exit 1`);
  const fetching = fetchPackages(packages, root);
  await expect(fetching).rejects.toThrow(BundleError);
  await expect(fetching).rejects.toThrow(
    '@img/sharp-linux-arm64@0.35.5 cannot be had: ERR_PNPM_TARBALL_INTEGRITY',
  );
  pnpm(installs);
  await expect(fetchPackages(packages, root)).resolves.toContain('node_modules');
});

it('refuses a package whose digest the workspace does not know', async () => {
  const program = pnpm(installs);
  const fetching = fetchPackages({ '@img/sharp-linux-arm64': '0.35.6' }, root);
  await expect(fetching).rejects.toThrow('no digest of @img/sharp-linux-arm64@0.35.6');
  expect(program.calls()).toEqual([]);
});
