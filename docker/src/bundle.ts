import { chmod, cp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type OutputChunk } from 'rolldown';
import { type Part, partsOf } from './components.ts';
import { BundleError } from './errors.ts';
import { nativeFolder, onnxRuntimePlugin, ortBinaries } from './onnx-runtime.ts';
import { bundleFolder, type Platform } from './platform.ts';
import { sharpBinaries, sharpPlugin } from './sharp.ts';

/** A finished bundle. */
export interface Bundle {
  /** The build context. */
  readonly folder: string;
  readonly platform: Platform;
  /** Files of JavaScript, the entry point first. */
  readonly chunks: readonly Chunk[];
  /** The packages that modules and libraries come from, with their licences. */
  readonly parts: readonly Part[];
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
  const unresolved: string[] = [];
  try {
    const { output } = await build({
      input: join(source, 'src/main.ts'),
      cwd: source,
      platform: 'node',
      plugins: [onnxRuntimePlugin, sharpPlugin],
      onLog(level, log, handle) {
        if (log.code === 'UNRESOLVED_IMPORT') unresolved.push(log.message);
        else handle(level, log);
      },
      output: {
        dir: join(folder, 'app'),
        format: 'esm',
        minify: true,
        sourcemap: false,
        comments: { legal: true, annotation: false, jsdoc: false },
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name]-[hash].mjs',
      },
    });
    // Only a warning to a bundler, but there are no other packages in an image.
    if (unresolved.length > 0) throw new Error(unresolved.join('\n'));
    return output.filter((file) => file.type === 'chunk');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BundleError(`${source} cannot be bundled: ${reason}`, { cause });
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
 * Bundles a function's package into `<source>/dist/linux-arm64` or `…/linux-x64`: a build context that needs nothing from outside: the
 * minified code (`app/`), the libraries of ONNX Runtime and sharp for the platform where the function uses them
 * (`native/`), and the Dockerfile. The same sources give the same bytes.
 *
 * @param source the package's folder, absolute; `src/main.ts` in it is the entry point
 * @param folder where else to put it; emptied first
 * @throws {BundleError} for an import that cannot be resolved, a library that is neither installed for the platform nor to be had,
 *   or a licence that is not accepted
 */
export async function bundle(
  source: string,
  platform: Platform,
  folder: string = bundleFolder(source, platform),
): Promise<Bundle> {
  const native = join(folder, nativeFolder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(native, { recursive: true });

  const chunks = await bundleCode(source, folder);
  for (const { fileName } of chunks) await settle(join(folder, 'app', fileName));

  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  const libraries = [
    ...ortBinaries(modules, platform),
    ...(await sharpBinaries(modules, platform)),
  ];
  for (const [name, file] of libraries) await place(file, join(native, name));
  const about = join(native, 'platform.json');
  await writeFile(about, `${JSON.stringify({ platform })}\n`);
  await settle(about);

  const here = dirname(import.meta.dirname);
  for (const file of contextFiles) await place(join(here, file), join(folder, file));
  return {
    folder,
    platform,
    parts: partsOf([...modules, ...libraries.map(([, file]) => file)]),
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
