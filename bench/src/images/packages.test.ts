import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyPackages } from './packages.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-packages-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A package as pnpm stores it: its dependencies are links beside it. */
async function store(id: string, name: string, needs: Record<string, string>): Promise<void> {
  const modules = join(folder, 'from/node_modules/.pnpm', id, 'node_modules');
  await mkdir(join(modules, name), { recursive: true });
  await writeFile(join(modules, name, 'index.js'), id);
  for (const [other, target] of Object.entries(needs)) {
    await mkdir(dirname(join(modules, other)), { recursive: true });
    const up = other.startsWith('@') ? '../../..' : '../..';
    await symlink(`${up}/${target}/node_modules/${other}`, join(modules, other));
  }
}

it('copies a package with what it depends on, in circles too, and nothing else', async () => {
  await store('a@1', 'a', { '@x/b': '@x+b@2' });
  await store('@x+b@2', '@x/b', { a: 'a@1' });
  await store('other@1', 'other', {});
  const source = join(folder, 'from/node_modules');
  await symlink('.pnpm/a@1/node_modules/a', join(source, 'a'));

  await copyPackages(['a'], source, join(folder, 'to'));
  await rm(join(folder, 'from'), { recursive: true });

  const read = (path: string) => readFile(join(folder, 'to/node_modules', path), 'utf8');
  expect(await read('a/index.js')).toBe('a@1');
  expect(await read('.pnpm/a@1/node_modules/@x/b/index.js')).toBe('@x+b@2');
  await expect(read('.pnpm/other@1/node_modules/other/index.js')).rejects.toThrow('ENOENT');
});
