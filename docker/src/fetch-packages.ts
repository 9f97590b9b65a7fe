import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BundleError } from './errors.ts';
import { runProgram } from './run-program.ts';

/** Packages of the registry: name -> exact version. */
export type Packages = Readonly<Record<string, string>>;

const workspace = resolve(import.meta.dirname, '../..');

/** A package in a lockfile of pnpm, and its digest. */
const entry =
  /^ {2}'?(?<key>[^'\n]+?)'?:\n {4}resolution: \{integrity: (?<integrity>sha512-[\w+/=]+)\}/gm;

/** Reads the digest of each package in the workspace's lockfile. @throws {BundleError} for one that it does not have */
async function integritiesOf(packages: Packages, lockfile: string): Promise<Packages> {
  const known = new Map(
    [...(await readFile(lockfile, 'utf8')).matchAll(entry)].map(({ groups }) => [
      groups?.['key'],
      groups?.['integrity'],
    ]),
  );
  return Object.fromEntries(
    Object.entries(packages).map(([name, version]) => {
      const integrity = known.get(`${name}@${version}`);
      if (integrity === undefined)
        throw new BundleError(`${lockfile} knows no digest of ${name}@${version}: pnpm install`);
      return [name, integrity];
    }),
  );
}

/** A lockfile of these packages alone. They depend on nothing, and their processor is not compared with this machine's. */
function lockfileOf(packages: Packages, integrities: Packages): string {
  const each = (lines: (name: string, version: string) => string) =>
    Object.entries(packages)
      .map(([name, version]) => lines(name, version))
      .join('');
  return `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
${each((name, version) => `      '${name}':\n        specifier: ${version}\n        version: ${version}\n`)}
packages:

${each((name, version) => `  '${name}@${version}':\n    resolution: {integrity: ${integrities[name]}}\n\n`)}snapshots:

${each((name, version) => `  '${name}@${version}': {}\n\n`)}`;
}

/** Lets pnpm put the packages into a new folder. @throws {BundleError} with what pnpm said */
async function install(folder: string, packages: Packages, lockfile: string): Promise<void> {
  const described = { name: 'libraries', private: true, dependencies: packages };
  await writeFile(join(folder, 'package.json'), JSON.stringify(described));
  await writeFile(join(folder, 'pnpm-lock.yaml'), lockfile);
  // So that the workspace around it is not looked at.
  await writeFile(join(folder, 'pnpm-workspace.yaml'), 'packages: []\n');
  const options = ['install', '--frozen-lockfile', '--ignore-scripts', '--dir', folder];
  // The one that runs this script: npx would wait for a lock that other bundles hold.
  const { code, stdout, stderr } = await runProgram('pnpm', options);
  if (code !== 0) {
    const names = Object.entries(packages).map((each) => each.join('@'));
    throw new BundleError(`${names.join(' and ')} cannot be had: ${(stderr + stdout).trim()}`);
  }
}

/**
 * Fetches packages for another processor than this machine's, which an ordinary install leaves out. pnpm takes them
 * from its store, or downloads them, and compares them with the digests of the workspace's lockfile.
 *
 * @param packages without dependencies of their own
 * @returns the `node_modules` folder that holds them; the same one for the same packages
 * @throws {BundleError} if the lockfile lacks one, or pnpm cannot get it
 */
export async function fetchPackages(packages: Packages, root: string = workspace): Promise<string> {
  const integrities = await integritiesOf(packages, join(root, 'pnpm-lock.yaml'));
  const key = createHash('sha256')
    .update(JSON.stringify([packages, integrities]))
    .digest('hex');
  const folder = join(root, 'node_modules/.cache/chorus', key.slice(0, 16));
  const modules = join(folder, 'node_modules');
  if (existsSync(modules)) return modules;
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(`${folder}-`);
  try {
    await install(made, packages, lockfileOf(packages, integrities));
    await rename(made, folder);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // Another bundle may have been quicker; whole folders only are ever given this name.
    if (error instanceof BundleError || !existsSync(modules)) throw error;
  }
  return modules;
}
