import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { tableSchema } from '@chorus/blueprint';
import type { RowFormat } from '@chorus/data';
import { firstVersion, type Manifest } from '@chorus/registry';
import { namesInHeader } from '../csv-header.ts';
import { formatOf } from '../drift/row-format.ts';
import { CliError, messageOf, UsageError } from '../errors.ts';
import type { PipelinePlan } from './pipeline-source.ts';

/** The limits of the first file; those of later files are in the pipeline's own source. */
const rows = { minimum: 10, maximum: 1_000_000 };
const bytes = { maximum: 268_435_456 };

/** The first version of a model. */
export interface FirstModel {
  readonly manifest: Manifest;
  readonly bytes: Uint8Array;
}

/**
 * Returns the features of a file: all columns but the target.
 *
 * @throws {CliError} if the file cannot be read @throws {UsageError} if it does not say its columns, or has no such target
 */
export async function featuresOf(path: string, target: string): Promise<readonly string[]> {
  if (formatOf(path) !== 'csv')
    throw new UsageError(`Say which columns of ${path} are features: --features a,b,c`);
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CliError(`Cannot read ${path}: ${messageOf(cause)}`, { cause });
  });
  const names = namesInHeader(content);
  const isTarget = (name: string) => name.toLowerCase() === target.toLowerCase();
  if (!names.some(isTarget))
    throw new UsageError(`${path} has no column ${target}; it has ${names.join(', ')}`);
  return names.filter((name) => !isTarget(name));
}

/** @throws {CliError} naming the rows that no model can be trained on */
async function checkRows(
  path: string,
  format: RowFormat,
  rules: Parameters<typeof import('@chorus/data').validateFile>[2],
): Promise<void> {
  const { validateFile } = await import('@chorus/data');
  const { ok, problems } = await validateFile(path, format, rules);
  if (ok) return;
  const lines = problems.map(
    ({ message, first }) =>
      `  ${message}${first.map(({ row, value }) => `\n    row ${row}: ${JSON.stringify(value)}`).join('')}`,
  );
  throw new CliError(
    `${path} cannot be learned from:\n${lines.join('\n')}\nA model takes numbers: write a class as 0 and 1, and leave out what is no number with --features`,
  );
}

/**
 * Trains the first version of a model with a file, by the rules of its later ones: the same rows are held out.
 *
 * @throws {CliError} naming what is wrong with the file
 */
export async function trainFirst(
  path: string,
  { name, columns, target, trainer }: PipelinePlan,
): Promise<FirstModel> {
  const format = formatOf(path);
  const [{ parquetRows, splitFile, usualHoldOut }, { trainerNamed, TrainingError, trainOnRows }] =
    await Promise.all([import('@chorus/data'), import('@chorus/training')]);
  const rules = {
    columns: columns.map((column) => ({ name: column, kind: 'number' as const })),
    target: { name: target, kind: 'number' as const },
    rows,
    bytes,
  };
  await checkRows(path, format, rules);
  const folder = await mkdtemp(join(tmpdir(), 'chorus-pipeline-'));
  try {
    const [train, test] = [join(folder, 'train.parquet'), join(folder, 'test.parquet')];
    const split = await splitFile(path, format, rules, usualHoldOut, { train, test });
    const [training, heldOut] = [
      await parquetRows(train, columns, target),
      await parquetRows(test, columns, target),
    ];
    const schema = tableSchema(
      name,
      columns.map((column) => ({ name: column, description: '' })),
      target,
    );
    const trained = await trainOnRows(
      {
        dataset: {
          name: basename(path),
          rows: split.trainRows + split.testRows,
          sha256: split.sha256,
        },
        training,
        heldOut,
        rule: usualHoldOut,
      },
      { schema, trainer: trainerNamed(trainer), options: {}, seed: 0 },
    );
    const [input] = schema.inputs;
    let first: readonly number[] = [];
    for await (const { features } of heldOut.read()) {
      first = [...features.subarray(0, columns.length)];
      break;
    }
    return {
      bytes: trained.bytes,
      manifest: {
        ...trained.manifest,
        version: firstVersion,
        example: {
          inputs: [
            {
              name: input?.name ?? '',
              datatype: 'FP64',
              shape: [1, columns.length],
              data: [...first],
            },
          ],
        },
      },
    };
  } catch (cause) {
    if (!(cause instanceof TrainingError)) throw cause;
    throw new CliError(`${path}: ${cause.message}`, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
