import { createHash } from 'node:crypto';
import type { HoldOut } from '@chorus/data';
import type { ModelSchema } from '@chorus/protocol';
import type { DatasetRecord, Manifest } from '@chorus/registry';
import { OptionError, TrainingError } from './errors.ts';
import { measureVersion } from './evaluation/evaluate-versions.ts';
import { resolveOptions } from './options.ts';
import type { Recipe } from './recipe.ts';
import { referencesOf } from './reference.ts';
import type { Table } from './table.ts';
import type { FittedModel, GraphPorts } from './trainer.ts';
import { verifyParity } from './verify.ts';

/** A manifest before it is pushed: the registry gives the version, `{ ...manifest, version }`. */
export type UnversionedManifest = Omit<Manifest, 'version'>;

export interface TrainedModel {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  readonly manifest: UnversionedManifest;
}

export type TrainingStep = 'load' | 'fit' | 'export' | 'verify';

export type TrainingProgress = (step: TrainingStep, done: number, total: number) => void;

/** How a model is trained: a recipe without its rows. */
export type TrainingRun = Omit<Recipe, 'dataset' | 'split'>;

/** The rows that a model was trained on and those held out. */
export interface TrainingRecord {
  readonly dataset: DatasetRecord;
  readonly rule: HoldOut | undefined;
  readonly trainRows: number;
}

/** A model that has learned, and what it answers. */
export interface FittedVersion {
  readonly model: FittedModel;
  /** Rows that it has learned from: all of them, or a sample. */
  readonly seen: Table;
  /** Of every held-out row. */
  readonly answers: Float64Array;
  readonly truth: Float64Array;
  /** Rows that the file is held to the model with, and that references are of: those above, and held-out ones. */
  readonly checked: readonly [Table, ...Table[]];
}

/**
 * Judges a model by its answers, exports it, checks the file and writes the manifest.
 *
 * @throws ParityError when ONNX Runtime answers otherwise than the trainer
 */
export async function concludeTraining(
  { dataset, rule, trainRows }: TrainingRecord,
  run: TrainingRun,
  { model, seen, answers, truth, checked }: FittedVersion,
  onProgress?: TrainingProgress,
): Promise<TrainedModel> {
  const { schema, trainer, seed } = run;
  const ports = portsOf(schema, seen.columns.length);
  onProgress?.('export', 0, 1);
  const bytes = model.toOnnx(ports);
  onProgress?.('export', 1, 1);

  onProgress?.('verify', 0, 1);
  let parity = 0;
  for (const { features } of checked) {
    parity = Math.max(parity, await verifyParity(bytes, model, features, ports));
  }
  onProgress?.('verify', 1, 1);

  const { metrics, intervals } = measureVersion(answers, truth);

  return {
    bytes,
    manifest: {
      format: 1,
      name: schema.name,
      file: {
        name: 'model.onnx',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      schema,
      training: {
        dataset,
        trainer: trainer.name,
        options: checkRun(run),
        seed,
        split: {
          trainRows,
          testRows: truth.length,
          ...(rule && { rule: { by: 'features', ...rule } }),
        },
        metrics: { ...metrics },
        intervals: { ...intervals },
        parity,
        ...referencesOf(checked, { name: ports.output, values: answers }),
      },
    },
  };
}

/** Returns every option of the trainer, once options and seed are such as it takes. @throws OptionError */
export function checkRun({ trainer, options, seed }: TrainingRun): Record<string, number> {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new OptionError(`The seed is ${seed} but must be a whole number from 0 to 4294967295`);
  }
  return resolveOptions(trainer.name, trainer.options, options);
}

/**
 * Names of the graph's input and output, once the schema is known to be one that these trainers
 * export.
 */
export function portsOf(schema: ModelSchema, columns: number): GraphPorts {
  const [input, ...otherInputs] = schema.inputs;
  const [output, ...otherOutputs] = schema.outputs;
  const fits =
    input?.datatype === 'FP64' &&
    output?.datatype === 'FP64' &&
    String(input.shape) === String([-1, columns]) &&
    String(output.shape) === String([-1]) &&
    otherInputs.length + otherOutputs.length === 0;
  if (!fits) {
    throw new TrainingError(
      `The schema of ${schema.name} must have one FP64 input [-1,${columns}] (the data set's columns) and one FP64 output [-1]`,
    );
  }
  return { input: input.name, output: output.name };
}
