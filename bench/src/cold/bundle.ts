import { execFile } from 'node:child_process';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundle, parsePlatform } from '@chorus/docker';
import { rolldown } from 'rolldown';

/** A model's function as its image holds it. */
export interface BundledModel {
  /** The file to start. */
  readonly file: string;
  /** For NODE_COMPILE_CACHE. */
  readonly compileCache: string;
}

/**
 * Bundles a model's package as `pnpm bundle` does, and compiles it ahead as its image's build does: every file is
 * imported once, outside of Lambda, where the entry point stops at once.
 *
 * @throws {BundleError} on a system that is not Linux: images are for Lambda
 */
export async function bundleModel(name: string, directory: string): Promise<BundledModel> {
  const main = fileURLToPath(import.meta.resolve(`@chorus/${name}/main`));
  const platform = parsePlatform(`${process.platform}/${process.arch}`);
  const { folder: context, chunks } = await bundle(dirname(dirname(main)), platform);
  // A copy: `dist` belongs to the next bundling.
  const folder = join(directory, `image-${name}`);
  await cp(context, folder, { recursive: true });
  const compileCache = join(folder, 'compile-cache');
  const files = chunks.map(({ file }) => join(folder, 'app', file));
  const importAll = files
    .map((file) => `await import(${JSON.stringify(pathToFileURL(file).href)}).catch(() => {});`)
    .join('\n');
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', importAll], {
    env: { NODE_COMPILE_CACHE: compileCache },
  });
  return { file: join(folder, 'app/main.mjs'), compileCache };
}

/** ONNX Runtime looks for its library at `../bin`, seen from the file that asks. */
async function linkOrt(directory: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const bin = join(dirname(require.resolve('onnxruntime-node/package.json')), 'bin');
  await symlink(bin, join(directory, 'bin'));
}

/**
 * Compiles a program of this folder to JavaScript, `<directory>/dist/main.mjs`.
 *
 * @param packages `outside`: packages are read from node_modules when it runs, as without a bundler
 */
export async function compileProgram(
  entry: string,
  directory: string,
  packages: 'inside' | 'outside',
): Promise<string> {
  const addOns = /\.node$/;
  const npm = /^(?!@chorus\/)[@a-z]/;
  const build = await rolldown({
    input: entry,
    platform: 'node',
    external: packages === 'outside' ? [addOns, npm] : [addOns],
    // ONNX Runtime's computed `require` cannot be followed, and need not be.
    logLevel: 'silent',
  });
  const dist = join(directory, 'dist');
  await mkdir(dist, { recursive: true });
  await build.write({ dir: dist, format: 'esm', entryFileNames: 'main.mjs' });
  await build.close();
  await linkOrt(directory);
  return join(dist, 'main.mjs');
}
