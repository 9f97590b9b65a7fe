import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'rolldown';
import { BundleError } from './errors.ts';
import { fetchPackages } from './fetch-packages.ts';
import { nativeFolder } from './onnx-runtime.ts';
import type { Platform } from './platform.ts';

/** The module of sharp that loads its library, as ES module or CommonJS, and the folder that sharp lies in. */
const loaderModule = /^(?<packages>.*)\/sharp\/dist\/sharp\.(?:mjs|cjs)$/;

/** How that module asks for the library of one of Lambda's two processors: by a package of its own. */
const libraryRequire = /require\("@img\/(?<name>sharp-linux-(?:x64|arm64))\/sharp\.node"\)/g;

/**
 * Returns the place of the library of that name in a bundle: sharp's own file names carry its version, these do not.
 */
const libraryFile = (name: string) => join(name, 'lib/sharp.node');

/** Lets bundled code load sharp's library from the build context. */
export const sharpPlugin: Plugin = {
  name: 'sharp',
  transform: {
    filter: { id: loaderModule },
    handler(code, id) {
      if (code.match(libraryRequire)?.length !== 2)
        throw new BundleError(
          `${id} loads its library in a new way: adapt libraryRequire in docker/src/sharp.ts`,
        );
      return code.replaceAll(
        libraryRequire,
        (_, name: string) => `require("../${nativeFolder}/${libraryFile(name)}")`,
      );
    },
  },
};

/** Returns the one file of that kind in a package. @throws {BundleError} if there is none */
function libraryOf(modules: string, name: string, file: RegExp): string {
  const folder = join(modules, name, 'lib');
  const found = readdirSync(folder).find((each) => file.test(each));
  if (found === undefined)
    throw new BundleError(`${folder} has no ${file.source}: adapt docker/src/sharp.ts`);
  return join(folder, found);
}

/**
 * Returns the folder of the two packages: beside sharp itself, where pnpm and npm put those of this machine, else a
 * folder that they are fetched into.
 *
 * @throws {BundleError} if sharp knows none for that platform, or they cannot be fetched
 */
async function modulesOf(packages: string, names: readonly string[]): Promise<string> {
  if (names.every((name) => existsSync(join(packages, name)))) return packages;
  const manifest = join(packages, 'sharp/package.json');
  const { optionalDependencies = {} }: { optionalDependencies?: Record<string, string> } =
    JSON.parse(readFileSync(manifest, 'utf8'));
  const versions = names.map((name) => {
    const version = optionalDependencies[name];
    if (version === undefined)
      throw new BundleError(`${manifest} knows no ${name}: adapt docker/src/sharp.ts`);
    return [name, version] as const;
  });
  return fetchPackages(Object.fromEntries(versions));
}

/**
 * The two files that sharp needs on a platform, by name: its own library, and libvips. They keep the folders of the
 * packages they come from, since the first names the second by its RPATH: `$ORIGIN/../../sharp-libvips-linux-x64/lib`.
 *
 * @param modules what is bundled; none of sharp, no files
 * @throws {BundleError} if the packages of the platform are neither installed nor to be had
 */
export async function sharpBinaries(
  modules: readonly string[],
  platform: Platform,
): Promise<readonly (readonly [name: string, path: string])[]> {
  const packages = modules
    .map((id) => loaderModule.exec(id)?.groups?.['packages'])
    .find((found) => found !== undefined);
  if (packages === undefined) return [];
  const suffix = platform.replace('/', '-');
  const [own, libvips] = [`sharp-${suffix}`, `sharp-libvips-${suffix}`];
  const installed = await modulesOf(packages, [`@img/${own}`, `@img/${libvips}`]);
  const ownPath = libraryOf(installed, `@img/${own}`, /\.node$/);
  const libvipsPath = libraryOf(installed, `@img/${libvips}`, /^libvips-cpp\.so/);
  return [
    [libraryFile(own), ownPath],
    [join(libvips, 'lib', basename(libvipsPath)), libvipsPath],
  ];
}
