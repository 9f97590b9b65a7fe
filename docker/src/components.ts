import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BundleError } from './errors.ts';
import { acceptLicence, libraryLicences } from './licences.ts';

/** A package, or a library inside one, that is part of an image. */
export interface Part {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** Whether it comes from the npm registry; others are this workspace's own, or inside of another. */
  readonly isPublished: boolean;
  /** Libraries compiled into it. */
  readonly parts: readonly Part[];
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string | { readonly type?: string };
}

const workspace = resolve(import.meta.dirname, '../..');
const rolldown = dirname(import.meta.resolve('rolldown/package.json').slice('file://'.length));

function read<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}

/** Returns the folder of the package that a bundled module is from. @throws {BundleError} if it is in none */
function packageOf(module: string): string {
  // Helpers that the bundler adds.
  if (module.startsWith('\0') || module.startsWith('rolldown:')) return rolldown;
  const [, published] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module) ?? [];
  if (published !== undefined) return published;
  let folder = dirname(module);
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder))
      throw new BundleError(`${module} is in no package, so its licence is not known`);
    folder = dirname(folder);
  }
  return folder;
}

/** Returns the libraries in libvips' file, as its package lists them; none for other packages. */
function librariesIn(folder: string): readonly Part[] {
  const list = join(folder, 'versions.json');
  if (!/\/sharp-libvips-[\w-]+$/.test(folder)) return [];
  return Object.entries(read<Record<string, string>>(list)).map(([name, version]) => ({
    name,
    version,
    licence: acceptLicence(`${name} in ${list}`, libraryLicences[name]),
    isPublished: false,
    parts: [],
  }));
}

function partOf(folder: string): Part {
  const { name, version, license } = read<Manifest>(join(folder, 'package.json'));
  if (name === undefined || version === undefined)
    throw new BundleError(`${folder}/package.json names no package with a version`);
  const isPublished = folder.includes('/node_modules/');
  // Packages of the workspace are under the licence of its root.
  const own = isPublished ? license : read<Manifest>(join(workspace, 'package.json')).license;
  const licence = typeof own === 'object' ? own.type : own;
  return {
    name,
    version,
    licence: acceptLicence(`${name}@${version}`, licence),
    isPublished,
    parts: librariesIn(folder),
  };
}

/**
 * Returns the packages that files of an image come from, each version once, by name.
 *
 * @param files absolute paths of bundled modules and of libraries
 * @throws {BundleError} for a file of no package, or a licence that is not acceptable
 */
export function partsOf(files: readonly string[]): readonly Part[] {
  const parts = [...new Set(files.map(packageOf))].map(partOf);
  const unique = new Map(parts.map((part) => [`${part.name}@${part.version}`, part]));
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}
