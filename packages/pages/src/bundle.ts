import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A page's package, and what its files are made of. */
export interface BundleOptions {
  /** The package's folder; the files are made in its `dist`. */
  readonly folder: string;
  /** Names of entries and their files, from the folder. One that is named `sw` becomes `sw.js` beside the page. */
  readonly entries: Readonly<Record<string, string>>;
  /** Bundles although nothing has changed. @default false */
  readonly again?: boolean;
}

/** Returns a hash of the sources, and of the versions of the packages that they import. */
function hashOfSources(folder: string): string {
  const hash = createHash('sha256');
  const sources = globSync('{index.html,build.ts,package.json,src/**/*.*,public/**/*.*}', {
    cwd: folder,
  });
  const isUsed = (path: string): boolean => !/\.test\.\w+$|(?:^|[\\/])testing[\\/]/.test(path);
  for (const path of sources.filter(isUsed).sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(folder, path)))
      .update('\0');
  for (const shared of [import.meta.filename, join(import.meta.dirname, 'theme.css')])
    hash.update(readFileSync(shared));
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies))
    hash.update(readFileSync(join(folder, 'node_modules', name, 'package.json')));
  return hash.digest('hex').slice(0, 16);
}

/** True of a page that was made of these sources. */
function isBundledOf(dist: string, hash: string): boolean {
  const page = join(dist, 'index.html');
  return existsSync(page) && readFileSync(page, 'utf8').includes(`"build" content="${hash}"`);
}

/**
 * Bundles a page into `dist`, if it is missing or older than what it is made of. What a page is made of is in its
 * `<meta name="build">`, where its source has `%BUILD%`.
 *
 * @throws {Error} of Vite, when the sources cannot be bundled
 */
export async function bundlePage({ folder, entries, again = false }: BundleOptions): Promise<void> {
  const dist = join(folder, 'dist');
  const hash = hashOfSources(folder);
  if (!again && isBundledOf(dist, hash)) return;
  const { build } = await import('vite');
  // Beside `dist`, whose place it then takes: a page that is being served is never half there.
  const made = join(folder, 'node_modules', `.page-${process.pid}`);
  try {
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      // The page may be at any path.
      base: './',
      worker: { format: 'es' },
      plugins: [
        { name: 'build-hash', transformIndexHtml: (html) => html.replace('%BUILD%', hash) },
      ],
      build: {
        outDir: made,
        target: 'es2022',
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: Object.fromEntries(
            Object.entries(entries).map(([name, file]) => [name, join(folder, file)]),
          ),
          output: {
            entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
          },
        },
      },
    });
    await rm(dist, { recursive: true, force: true });
    await rename(made, dist).catch((error: unknown) => {
      // Another start has made the same meanwhile.
      if (!isBundledOf(dist, hash)) throw error;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
