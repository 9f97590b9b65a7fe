import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Blueprint, type PageSpec, pageContentType, pageSettings } from '@chorus/blueprint';
import { MissingBundleError } from '../errors.ts';
import type { AppOptions } from '../options.ts';
import { hasPublicPages, publicPrefix } from './public-routes.ts';

/** What is at a page's path. */
export const indexFile = 'index.html';

/** What a page reads first: the settings of the blueprint, and where its routes are. */
export const settingsFile = 'page.json';

/** Returns the folder in an assembly that has the files of a stage's pages, by their keys in the bucket. */
export function pagesFolder(assembly: string, stage: string): string {
  return join(assembly, 'pages', stage);
}

/** Returns the keys of all files below a folder, in order. */
export function keysIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function writePage(page: PageSpec, folder: string, { root, bundles }: AppOptions): void {
  const built = join(root, page.source, 'dist');
  if (!existsSync(join(built, indexFile))) {
    if (bundles === 'optional') return;
    throw new MissingBundleError(
      `The page ${page.path} is not built: ${built} has no ${indexFile}. Run: npx -y pnpm@12 bundle`,
    );
  }
  const target = join(folder, page.path);
  cpSync(built, target, { recursive: true });
  writeFileSync(join(target, settingsFile), JSON.stringify(pageSettings(page, publicPrefix)));
}

/**
 * Writes the files of a stage's public pages into an assembly: what their builds made, and a `page.json` each with the
 * blueprint's settings and where the routes are. A deployment uploads them from there, so that it can be another
 * machine's.
 *
 * @throws {MissingBundleError} naming a page that is not built, unless bundles are optional
 * @throws {BlueprintError} naming a file of an unknown kind
 */
export function writePages(
  blueprint: Blueprint,
  options: AppOptions,
  assembly: string,
  stage: string,
): void {
  const folder = pagesFolder(assembly, stage);
  rmSync(folder, { recursive: true, force: true });
  if (!hasPublicPages(blueprint)) return;
  for (const page of blueprint.pages ?? []) writePage(page, folder, options);
  if (existsSync(folder)) keysIn(folder).map(pageContentType);
}
