import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Inspection, Samples } from '@chorus/intake';
import { firstVersion, type Manifest } from '@chorus/registry';
import { CliError } from './errors.ts';
import { root } from './target.ts';

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

/** Returns the list with one more name in it, in alphabetical order. @throws {CliError} if it has another form */
export function withModel(text: string, name: string): string {
  const found = /(?<=^const names: readonly string\[\] = \[\n)[\s\S]*?(?=^\];)/m.exec(text)?.[0];
  if (found === undefined)
    throw new CliError(
      `${list} has no list that begins with "const names: readonly string[] = [": add '${name}' to it by hand`,
    );
  const lines = found.split('\n').filter((line) => line !== '');
  const names = lines.filter((line) => /^\s*'/.test(line));
  const rest = lines.filter((line) => !names.includes(line));
  const sorted = [...names, `  '${name}',`].sort();
  return text.replace(found, () => `${[...rest, ...sorted].join('\n')}\n`);
}

/**
 * Writes a model into the repository: its weights and manifest in a folder under `packages/models`, and its line in the
 * list of models.
 *
 * @param samples kept beside the weights: a test asks the model for them
 * @returns the files, from the repository's root
 */
export async function writeModel(
  manifest: Manifest,
  bytes: Uint8Array,
  samples?: Samples,
): Promise<readonly string[]> {
  const folder = join('packages/models', manifest.name, 'weights');
  const listed = withModel(await readFile(join(root, list), 'utf8'), manifest.name);
  await mkdir(join(root, folder), { recursive: true });
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [join(folder, 'model.onnx'), bytes],
    [join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`],
    ...(bytes.length > largestInGit
      ? ([[join(folder, '.gitignore'), 'model.onnx\n']] as const)
      : []),
    ...(samples === undefined
      ? []
      : ([[join(folder, 'samples.json'), `${JSON.stringify(samples)}\n`]] as const)),
    // Last: what it names has to be there.
    [list, listed],
  ];
  for (const [path, content] of files) await writeFile(join(root, path), content);
  return files.map(([path]) => path);
}
