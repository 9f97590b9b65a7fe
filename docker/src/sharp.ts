import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'rolldown';
import { BundleError } from './errors.ts';
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

/** Returns the one file of that kind in one of sharp's packages, which pnpm and npm put beside sharp itself. */
function libraryOf(packages: string, name: string, platform: Platform, file: RegExp): string {
  const folder = join(packages, '@img', name, 'lib');
  try {
    const found = readdirSync(folder).find((each) => file.test(each));
    if (found === undefined) throw new Error(`${folder} has no ${file.source}`);
    return join(folder, found);
  } catch (cause) {
    const [, cpu] = platform.split('/');
    throw new BundleError(
      `sharp's library for ${platform} is not installed (@img/${name}): ` +
        `npx -y pnpm@12 install --os=linux --libc=glibc --cpu=${cpu} --cpu=${process.arch}`,
      { cause },
    );
  }
}

/**
 * The two files that sharp needs on a platform, by name: its own library, and libvips. They keep the folders of the
 * packages they come from, since the first names the second by its RPATH: `$ORIGIN/../../sharp-libvips-linux-x64/lib`.
 *
 * @param modules what is bundled; none of sharp, no files
 * @throws {BundleError} if the packages of the platform are not installed: pnpm takes those of this machine only
 */
export function sharpBinaries(
  modules: readonly string[],
  platform: Platform,
): readonly (readonly [name: string, path: string])[] {
  const packages = modules
    .map((id) => loaderModule.exec(id)?.groups?.['packages'])
    .find((found) => found !== undefined);
  if (packages === undefined) return [];
  const suffix = platform.replace('/', '-');
  const [own, libvips] = [`sharp-${suffix}`, `sharp-libvips-${suffix}`];
  const ownPath = libraryOf(packages, own, platform, /\.node$/);
  const libvipsPath = libraryOf(packages, libvips, platform, /^libvips-cpp\.so/);
  return [
    [libraryFile(own), ownPath],
    [join(libvips, 'lib', basename(libvipsPath)), libvipsPath],
  ];
}
