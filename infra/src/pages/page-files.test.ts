import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BlueprintError, type PageSpec } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MissingBundleError } from '../errors.ts';
import type { AppOptions } from '../options.ts';
import { keysIn, pagesFolder, writePages } from './page-files.ts';

let root: string;
let assembly: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chorus-pages-'));
  assembly = join(root, 'cdk.out');
});
afterEach(() => rmSync(root, { recursive: true }));

function build(files: readonly string[], source = 'apps/page'): void {
  for (const file of files) {
    const path = join(root, source, 'dist', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `of ${source} ${file}`);
  }
}

const photos: PageSpec = {
  path: '/',
  source: 'apps/page',
  settings: { title: 'Which animal?', route: '/predict/animal', labels: { cat: 'a cat' } },
  calls: ['POST /uploads'],
};
const console: PageSpec = { ...photos, path: '/console', source: 'apps/console' };
const whole = ['index.html', 'assets/page-1a2b.js'];

const stage = 'production';

function write(
  pages: readonly PageSpec[] | undefined,
  { publicPages = true, ...options }: Partial<AppOptions> & { readonly publicPages?: boolean } = {},
): void {
  const { pages: _, ...rest } = blueprint;
  const described = { ...rest, publicPages, ...(pages && { pages }) };
  writePages(described, { blueprint: described, root, stages: [], ...options }, assembly, stage);
}

describe('writePages', () => {
  it('copies what the builds made, each page to its path, with its settings', () => {
    build(whole);
    build(whole, 'apps/console');
    write([photos, console]);
    const folder = pagesFolder(assembly, stage);
    expect(keysIn(folder)).toEqual([
      'assets/page-1a2b.js',
      'console/assets/page-1a2b.js',
      'console/index.html',
      'console/page.json',
      'index.html',
      'page.json',
    ]);
    expect(readFileSync(join(folder, 'console/index.html'), 'utf8')).toBe(
      'of apps/console index.html',
    );
  });

  it('has in page.json the settings and where the routes are, and nothing else', () => {
    build([...whole, 'page.json']);
    write([photos]);
    const settings = JSON.parse(
      readFileSync(join(pagesFolder(assembly, stage), 'page.json'), 'utf8'),
    );
    expect(settings).toEqual({ ...photos.settings, api: '/public' });
  });

  it('leaves nothing of pages that were there before', () => {
    build([...whole, 'old.svg']);
    write([photos]);
    rmSync(join(root, 'apps/page/dist/old.svg'));
    write([photos]);
    expect(keysIn(pagesFolder(assembly, stage))).toEqual([...whole, 'page.json'].sort());
    write([photos], { publicPages: false });
    expect(existsSync(pagesFolder(assembly, stage))).toBe(false);
  });

  it('names a page that is not built, and the command that builds it', () => {
    mkdirSync(join(root, 'apps/page/dist'), { recursive: true });
    expect(() => write([photos])).toThrow(MissingBundleError);
    expect(() => write([photos])).toThrow(
      `The page / is not built: ${join(root, 'apps/page/dist')} has no index.html. Run: npx -y pnpm@12 bundle`,
    );
  });

  it.each([
    ['is not public', [photos], { publicPages: false }],
    ['may come later', [photos], { bundles: 'optional' as const }],
    ['is none', [], {}],
    ['is not described', undefined, {}],
  ])('needs no build of a page that %s', (_, pages, options) => {
    write(pages, options);
    expect(existsSync(pagesFolder(assembly, stage))).toBe(false);
  });

  it('refuses a file that would get no type at AWS', () => {
    build([...whole, 'setup.exe']);
    expect(() => write([photos])).toThrow(BlueprintError);
    expect(() => write([photos])).toThrow('setup.exe');
  });
});
