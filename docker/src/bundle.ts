import { chmod, cp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import { BundleError } from './errors.ts';
import { nativeFolder, onnxRuntimePlugin, ortBinaries } from './onnx-runtime.ts';
import type { Platform } from './platform.ts';

/** A finished bundle. */
export interface Bundle {
  /** The build context: `dist` in the package. */
  readonly folder: string;
  readonly platform: Platform;
  /** Files of JavaScript, the entry point first. */
  readonly chunks: readonly Chunk[];
}

/** A file of JavaScript and what it is made of. */
export interface Chunk {
  readonly file: string;
  readonly bytes: number;
  /** Chunks that are loaded with this one. */
  readonly imports: readonly string[];
  /** Absolute paths of the modules inside. */
  readonly modules: readonly string[];
}

/** Beside the bundle in each build context, from this package's folder. */
const contextFiles = ['Dockerfile', 'fill-compile-cache.mjs'];

/**
 * One date for every file, so that the layer of ONNX Runtime is the same, bit for bit, in every image. Any will do;
 * some archive formats know none before 1980.
 */
const epoch = new Date('1980-01-01T00:00:00Z');

/** Bundles `src/main.ts` into `app/`, the parts that are imported dynamically in files of their own. */
async function bundleCode(source: string, folder: string): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    input: join(source, 'src/main.ts'),
    cwd: source,
    platform: 'node',
    plugins: [onnxRuntimePlugin],
    onLog(level, { message }) {
      // An import that was not found would only be missed in production.
      if (level === 'warn') throw new BundleError(`${source}: ${message}`);
    },
  });
  try {
    const { output } = await build.write({
      dir: join(folder, 'app'),
      format: 'esm',
      minify: true,
      sourcemap: false,
      comments: { legal: true, annotation: false, jsdoc: false },
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    });
    return output.filter((file) => file.type === 'chunk');
  } finally {
    await build.close();
  }
}

/** Puts a file into the context as anybody may read it, and without the date it was made. */
async function place(source: string, target: string): Promise<void> {
  await cp(source, target);
  await settle(target);
}

async function settle(file: string): Promise<void> {
  await chmod(file, 0o644);
  await utimes(file, epoch, epoch);
}

/**
 * Bundles a function's package into `<source>/dist`, a build context that needs nothing from outside: the
 * minified code (`app/`), ONNX Runtime's library for the platform where the function uses it (`native/`), and the
 * Dockerfile. The same sources give the same bytes.
 *
 * @param source the package's folder, absolute; `src/main.ts` in it is the entry point
 * @throws {BundleError} for an import that cannot be resolved
 */
export async function bundle(source: string, platform: Platform): Promise<Bundle> {
  const folder = join(source, 'dist');
  const native = join(folder, nativeFolder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(native, { recursive: true });

  const chunks = await bundleCode(source, folder);
  for (const { fileName } of chunks) await settle(join(folder, 'app', fileName));

  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  for (const [name, file] of ortBinaries(modules, platform)) await place(file, join(native, name));
  const about = join(native, 'platform.json');
  await writeFile(about, `${JSON.stringify({ platform })}\n`);
  await settle(about);

  const here = dirname(import.meta.dirname);
  for (const file of contextFiles) await place(join(here, file), join(folder, file));
  return {
    folder,
    platform,
    chunks: chunks
      .toSorted((a, b) => Number(b.isEntry) - Number(a.isEntry))
      .map(({ fileName, code, imports, moduleIds }) => ({
        file: fileName,
        bytes: Buffer.byteLength(code),
        imports,
        modules: moduleIds,
      })),
  };
}
