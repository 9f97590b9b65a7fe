import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

/** What is left out of a bundle: compiled add-ons; all that comes from npm; or only that. */
type Left = 'add-ons' | 'npm';

/** ONNX Runtime looks for its library at `../bin`, seen from the file that asks. */
async function linkOrt(directory: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const bin = join(dirname(require.resolve('onnxruntime-node/package.json')), 'bin');
  await symlink(bin, join(directory, 'bin')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * Bundles an entry point into `<directory>/dist/main.mjs`, from TypeScript to JavaScript.
 *
 * @param left `npm`: as a compiler without a bundler would do it, packages stay where they are
 * @returns the file to start
 */
export async function bundle(entry: string, directory: string, left: Left): Promise<string> {
  const addOns = /\.node$/;
  const npm = /^(?!@chorus\/)[@a-z]/;
  const build = await rolldown({
    input: entry,
    platform: 'node',
    external: left === 'npm' ? [addOns, npm] : [addOns],
    // Code that takes another way than ours is not this benchmark's business.
    logLevel: 'silent',
  });
  const dist = join(directory, 'dist');
  await mkdir(dist, { recursive: true });
  await build.write({
    dir: dist,
    format: 'esm',
    entryFileNames: 'main.mjs',
    minify: left !== 'npm',
  });
  await build.close();
  await linkOrt(directory);
  return join(dist, 'main.mjs');
}
