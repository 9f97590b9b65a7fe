import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Inspection, Samples } from '@chorus/intake';
import { firstVersion, type Manifest } from '@chorus/registry';
import { CliError, messageOf } from './errors.ts';
import { root } from './root.ts';

/** Weights above this size stay out of git; the manifest has their SHA-256. */
const largestInGit = 20e6;

/** The list of models that are served by themselves, from the repository's root. */
const list = 'packages/service/src/models.ts';

/** Returns the manifest of a new model's first version. */
export function manifestOf(name: string, inspection: Inspection): Manifest {
  const { bytes, inputs, outputs, maxBatch, example, optimize } = inspection;
  return {
    format: 1,
    name,
    version: firstVersion,
    file: {
      name: 'model.onnx',
      bytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
    schema: { name, inputs, outputs, maxBatch },
    example: { inputs: example.inputs },
    ...(optimize && { session: { optimize } }),
  };
}

/** The list of the names of models, and that of those that classify photos. */
type List = 'names' | 'photoNames';

/** Returns a list with one more name in it, in alphabetical order. @throws {CliError} if it has another form */
export function withModel(text: string, name: string, into: List = 'names'): string {
  const items = new RegExp(
    `(?<=^const ${into}: readonly string\\[\\] = \\[\\n)[\\s\\S]*?(?=^\\];)`,
    'm',
  );
  const found = items.exec(text)?.[0];
  if (found === undefined)
    throw new CliError(
      `${list} has no list that begins with "const ${into}: readonly string[] = [": add '${name}' to it by hand`,
    );
  const lines = found.split('\n').filter((line) => line !== '');
  const names = lines.filter((line) => /^\s*'/.test(line));
  const rest = lines.filter((line) => !names.includes(line));
  const sorted = [...names, `  '${name}',`].sort();
  return text.replace(found, () => `${[...rest, ...sorted].join('\n')}\n`);
}

/** Adds a model's line to the list, which another command may have written a moment ago. */
async function enlist(folder: string, { name, image }: Manifest): Promise<void> {
  const path = join(folder, list);
  await writeFile(
    path,
    withModel(await readFile(path, 'utf8'), name, image ? 'photoNames' : 'names'),
  );
}

/**
 * Writes a model into the repository: its weights and manifest in a folder under `packages/models`, and its line in the
 * list of models. What cannot be written whole is taken back.
 *
 * @param samples kept beside the weights: a test asks the model for them
 * @param within the repository
 * @returns the files, from the repository's root
 * @throws {CliError} if they cannot be written
 */
export async function writeModel(
  manifest: Manifest,
  bytes: Uint8Array,
  samples?: Samples,
  within: string = root,
): Promise<readonly string[]> {
  const own = join('packages/models', manifest.name);
  const folder = join(own, 'weights');
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [join(folder, 'model.onnx'), bytes],
    [join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`],
    ...(bytes.length > largestInGit
      ? ([[join(folder, '.gitignore'), 'model.onnx\n']] as const)
      : []),
    ...(samples === undefined
      ? []
      : ([[join(folder, 'samples.json'), `${JSON.stringify(samples)}\n`]] as const)),
  ];
  try {
    await mkdir(join(within, folder), { recursive: true });
    for (const [path, content] of files) await writeFile(join(within, path), content);
    // Last: what it names has to be there.
    await enlist(within, manifest);
  } catch (cause) {
    // On a disk that takes no files there may be nothing to take back, or no way to.
    await rm(join(within, own), { recursive: true, force: true }).catch(() => undefined);
    if (cause instanceof CliError) throw cause;
    throw new CliError(
      `Cannot write the model into the repository: ${messageOf(cause)}. Remedy: make room or change the rights, and run the same command again`,
      { cause },
    );
  }
  return [...files.map(([path]) => path), list];
}
