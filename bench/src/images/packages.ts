import { cp, mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** `<root>/node_modules/.pnpm/<id>/node_modules/<name>` */
const stored = /^(?<store>.*\/node_modules\/\.pnpm)\/(?<id>[^/]+)\/node_modules\/(?<name>.+)$/;

interface Stored {
  readonly store: string;
  readonly id: string;
  readonly name: string;
}

/**
 * Returns pnpm's place of a package, seen through its symbolic links; `undefined` for a folder that is no package of
 * pnpm's.
 */
async function locate(path: string): Promise<Stored | undefined> {
  const { store, id, name } = stored.exec(await realpath(path))?.groups ?? {};
  return store === undefined || id === undefined || name === undefined
    ? undefined
    : { store, id, name };
}

/** Packages in a node_modules folder, scoped ones as `@scope/name`. */
async function packagesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const nested = names.map(async (name) =>
    name.startsWith('@')
      ? (await readdir(join(folder, name))).map((inner) => `${name}/${inner}`)
      : [name],
  );
  return (await Promise.all(nested)).flat();
}

/**
 * Copies packages and all that they depend on into `<target>/node_modules`: what `pnpm install --prod` leaves for a
 * package.json with these dependencies, without a registry.
 *
 * @param source a node_modules folder of pnpm's that has the packages
 */
export async function copyPackages(
  names: readonly string[],
  source: string,
  target: string,
): Promise<void> {
  const done = new Set<string>();
  const waiting: Stored[] = [];
  for (const name of names) {
    const found = await locate(join(source, name));
    if (found === undefined) throw new Error(`${source} has no ${name}: run pnpm install`);
    waiting.push(found);
    const link = join(target, 'node_modules', name);
    const store = join(target, 'node_modules/.pnpm', found.id, 'node_modules', found.name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(link), store), link);
  }
  // Grows while it is walked.
  for (const { store, id } of waiting) {
    if (done.has(id)) continue;
    done.add(id);
    const from = join(store, id);
    const to = join(target, 'node_modules/.pnpm', id);
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
    const modules = join(from, 'node_modules');
    for (const name of await packagesIn(modules)) {
      const found = await locate(join(modules, name));
      if (found !== undefined) waiting.push(found);
    }
  }
}
