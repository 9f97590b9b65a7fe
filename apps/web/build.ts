/**
 * Builds the page into `dist`, if it is missing or older than what it is made of; with `--again` in any case. What a page is
 * made of is in its `<meta name="build">`.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const here = import.meta.dirname;
const dist = join(here, 'dist');

/** Returns a hash of the sources, and of the versions of the packages that they import. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const sources = globSync('{index.html,build.ts,package.json,src/**/*.*,public/**/*.*}', {
    cwd: here,
  });
  const isUsed = (path: string): boolean => !/\.test\.\w+$|(?:^|\/)testing\//.test(path);
  for (const path of sources.filter(isUsed).sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(here, path)))
      .update('\0');
  const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(manifest.dependencies), 'vite'])
    hash.update(readFileSync(join(here, 'node_modules', name, 'package.json')));
  return hash.digest('hex').slice(0, 16);
}

/** True of a page that was made of these sources. */
function isBuiltOf(hash: string): boolean {
  const page = join(dist, 'index.html');
  return existsSync(page) && readFileSync(page, 'utf8').includes(`"build" content="${hash}"`);
}

/** Builds beside `dist` and then takes its place: a page that is being served is never half there. */
async function build(hash: string): Promise<void> {
  const { build: buildWithVite } = await import('vite');
  const made = join(here, 'node_modules', `.page-${process.pid}`);
  try {
    await buildWithVite({
      root: here,
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
          input: {
            page: join(here, 'index.html'),
            sw: join(here, 'src/worker/service-worker.ts'),
          },
          output: {
            entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
          },
        },
      },
    });
    await rm(dist, { recursive: true, force: true });
    await rename(made, dist).catch((error: unknown) => {
      // Another start has built the same meanwhile.
      if (!isBuiltOf(hash)) throw error;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

const hash = hashOfSources();
if (process.argv.includes('--again') || !isBuiltOf(hash)) await build(hash);
