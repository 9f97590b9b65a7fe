import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GivenSamples, Inspection } from '@chorus/intake';
import type { Manifest } from '@chorus/registry';
import { parseArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { namesInHeader } from '../csv-header.ts';
import { readSettings } from '../env.ts';
import { CliError, messageOf, UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { describeNewModel, nextSteps, reportNewModel } from '../new-model-report.ts';
import { program } from '../program.ts';
import { root } from '../root.ts';
import { runningCloud } from '../target.ts';

const flags = {
  columns: {
    type: 'string',
    value: 'a,b,c',
    description: 'the columns of its table, or a .csv file whose first line has them',
  },
  target: {
    type: 'string',
    value: 'column',
    description: 'the one of --columns that it predicts, which it does not take',
  },
  labels: { type: 'string', value: 'no,yes', description: 'the classes of its probabilities' },
  'missing-allowed': {
    type: 'boolean',
    description: 'its rows may have missing values: null in JSON, NaN in binary',
  },
  image: {
    type: 'string',
    value: 'torchvision',
    description:
      'it classifies photos, with its pixels as in torchvision, keras, caffe, zero-to-one (0 to 1) or levels (0 to 255)',
  },
  samples: {
    type: 'string',
    value: 'rows.npz',
    description:
      'rows with the answers that it gave in Python (.npz or .json), which it has to give here',
  },
  reference: {
    type: 'string',
    value: 'rows.csv',
    description:
      'the rows that it was trained on (.csv, .jsonl or .parquet): drift is told by how they are distributed',
  },
  'dry-run': { type: 'boolean', description: 'inspect the file, and write nothing' },
  yes: { type: 'boolean', description: 'for scripts; nothing is asked, with or without it' },
  json: cloudFlags.json,
} as const;

/** Returns the name and the file that the operands say. @throws {UsageError} */
function readOperands(positionals: readonly string[]): {
  readonly given: string | undefined;
  readonly path: string;
} {
  const [first, second, ...rest] = positionals;
  if (first === undefined) throw new UsageError('Missing: <file.onnx>');
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  return second === undefined ? { given: undefined, path: first } : { given: first, path: second };
}

/** @throws {UsageError} if the name is no model's, or taken */
async function checkName(name: string, repository: string): Promise<void> {
  const { isModelName } = await import('@chorus/registry');
  if (!isModelName(name))
    throw new UsageError(
      `'${name}' is no name for a model: it begins with a small letter, has small letters, digits and dashes, at most 63 in all, and is not 'constructor'. Name it: ${program} models add my-model <file.onnx>`,
    );
  const { blueprint } = await import('@chorus/service');
  const taken = [...blueprint.functions, ...blueprint.workflows].map((each) => each.name);
  const exists = await access(join(repository, 'packages/models', name)).then(
    () => true,
    () => false,
  );
  if (taken.includes(name))
    throw new UsageError(
      `There is a '${name}' already. A new version of a model: ${program} models push ${name} <file.onnx>`,
    );
  if (exists)
    throw new UsageError(
      `packages/models/${name} is there already: remove it, or take another name`,
    );
}

/** The columns that `--columns` names, or that the first line of a file has. */
async function readColumns(
  text: string | undefined,
  directory: string,
): Promise<readonly string[] | undefined> {
  if (text === undefined) return undefined;
  if (!/\.csv$/i.test(text)) return split('columns', text);
  const { readFile } = await import('node:fs/promises');
  const content = await readFile(resolve(directory, text), 'utf8').catch((cause: unknown) => {
    throw new CliError(`Cannot read ${text}: ${messageOf(cause)}`, {
      cause,
    });
  });
  return distinct('columns', namesInHeader(content), text);
}

/** Returns the columns without the one that is predicted. @throws {UsageError} if it is none of them */
function withoutTarget(
  columns: readonly string[] | undefined,
  target: string | undefined,
): readonly string[] | undefined {
  if (target === undefined) return columns;
  if (columns === undefined)
    throw new UsageError('--target says which of --columns is predicted: give --columns rows.csv');
  if (!columns.includes(target))
    throw new UsageError(
      `--columns has no '${target}', which --target names.${didYouMean(target, columns)}`,
    );
  return columns.filter((column) => column !== target);
}

/** @throws {CliError} if the file cannot be read @throws {SampleError} if it has no samples */
async function readSamples(
  path: string | undefined,
  directory: string,
): Promise<GivenSamples | undefined> {
  if (path === undefined) return undefined;
  const { readFile } = await import('node:fs/promises');
  const { parseSamples, readNpz } = await import('@chorus/intake');
  const content = await readFile(resolve(directory, path)).catch((cause: unknown) => {
    throw new CliError(`Cannot read ${path}: ${messageOf(cause)}`, {
      cause,
    });
  });
  return path.endsWith('.npz') ? readNpz(content, path) : parseSamples(content.toString(), path);
}

function split(flag: string, text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  return distinct(flag, names, text);
}

/** @throws {UsageError} for names that are empty or there twice */
function distinct(flag: string, names: readonly string[], text: string): readonly string[] {
  if (names.includes('')) throw new UsageError(`--${flag} has an empty name: ${text}`);
  if (new Set(names).size < names.length)
    throw new UsageError(`--${flag} has a name twice: ${text}`);
  return names;
}

/** The manifest of a classifier of photos. */
async function photoManifest(
  name: string,
  inspection: Inspection,
  preparation: string,
  labels: readonly string[],
): Promise<Manifest> {
  const [{ imageManifestOf }, { loadSchema }, { photoModel }] = await Promise.all([
    import('../new-image-model.ts'),
    import('../models.ts'),
    import('@chorus/service'),
  ]);
  const { weights: _, ...served } = photoModel(name);
  return imageManifestOf(name, inspection, await loadSchema(served), preparation, labels);
}

/**
 * Serves an ONNX file as a model.
 *
 * @param repository the folder that the model is written into
 * @returns the exit code
 * @throws {UsageError} for a wrong command line
 * @throws {CliError} if a file cannot be read or written
 */
export async function addModel(
  argv: readonly string[],
  io: Io,
  repository: string = root,
): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const { given, path } = readOperands(positionals);
  const settings = readSettings(io.env);
  const { inspectModel, suggestName } = await import('@chorus/intake');
  const file = resolve(settings.workingDirectory, path);
  const name = given ?? suggestName(file);
  if (name === undefined)
    throw new UsageError(
      `${path} suggests no name for its model. Name it: ${program} models add my-model ${path}`,
    );
  await checkName(name, repository);
  const columns = withoutTarget(
    await readColumns(values.columns, settings.workingDirectory),
    values.target,
  );
  const samples = await readSamples(values.samples, settings.workingDirectory);
  const labels = values.labels === undefined ? undefined : split('labels', values.labels);
  if (values.image !== undefined && labels === undefined)
    throw new UsageError('--image needs --labels: the names of its classes, in their order');
  const target = await runningCloud(settings);
  const inspection = await inspectModel(file, {
    ...(columns !== undefined && { columns }),
    ...(labels !== undefined && values.image === undefined && { labels }),
    ...(samples !== undefined && { samples }),
    missing: values['missing-allowed'] === true,
  });
  const { manifestOf, writeModel } = await import('../new-model.ts');
  const described =
    values.image === undefined || labels === undefined
      ? manifestOf(name, inspection)
      : await photoManifest(name, inspection, values.image, labels);
  const { withReference } = await import('../drift/reference-of-rows.ts');
  const manifest = await withReference(described, values.reference, settings.workingDirectory);
  if (values.json !== true) print(io, ...describeNewModel(manifest, inspection));
  if (values['dry-run'] === true) {
    if (values.json === true) printJson(io, reportNewModel(manifest, inspection, [], undefined));
    else print(io, 'Nothing was written (--dry-run).');
    return 0;
  }
  // Served first: what fails there leaves nothing in the repository, and the same command can be tried again.
  if (target !== undefined) {
    if (values.json !== true) note(io, `Publishing ${name} v1 to ${target.label} …`);
    const { serveNewModel } = await import('../new-function.ts');
    await withCloud(target, (cloud) => serveNewModel(cloud, manifest, inspection.bytes));
  }
  const files = await writeModel(manifest, inspection.bytes, inspection.samples, repository);
  if (values.json === true) printJson(io, reportNewModel(manifest, inspection, files, target));
  else print(io, ...(await nextSteps(manifest, files, target)));
  return 0;
}

/** `chorus models add`: serves an ONNX file as a model. */
export const modelsAdd: Command = {
  name: 'models add',
  operands: '[name] <file.onnx or folder>',
  summary: 'serve an ONNX file as a model of its own',
  details: [
    'Opens the file in a process of its own, mends what exporters do by default, asks it, writes it into',
    'packages/models, and publishes it to the local cloud that runs now.',
    'chorus models add churn.onnx --columns months,calls,fee --labels stays,leaves',
  ],
  flags,
  run: addModel,
};
