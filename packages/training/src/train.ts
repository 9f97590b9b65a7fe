import { createHash } from 'node:crypto';
import { type HoldOut, usualHoldOut } from '@chorus/data';
import type { ModelSchema } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry';
import { OptionError, TrainingError } from './errors.ts';
import { evaluate } from './metrics.ts';
import { type GivenOptions, resolveOptions } from './options.ts';
import type { Recipe } from './recipe.ts';
import { referencesOf } from './reference.ts';
import { splitRows } from './split.ts';
import { checkTable, selectRows, type Table } from './table.ts';
import type { GraphPorts } from './trainer.ts';
import { verifyParity } from './verify.ts';

/** A manifest before it is pushed: the registry gives the version, `{ ...manifest, version }`. */
export type UnversionedManifest = Omit<Manifest, 'version'>;

export interface TrainedModel {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  readonly manifest: UnversionedManifest;
}

export type TrainingStep = 'load' | 'fit' | 'export' | 'verify';

/** One run's changes to a recipe, and its listener to progress. */
export interface TrainOverrides {
  /** On top of the recipe's. */
  readonly options?: GivenOptions;
  readonly seed?: number;
  /**
   * Called with 0 when a step begins and with `total` when it is done; in between as the trainer
   * gets on.
   */
  readonly onProgress?: (step: TrainingStep, done: number, total: number) => void;
}

/** Rows to learn from and others to judge by, of one data set. */
export interface SplitDataset {
  /** `rows` of both parts together. */
  readonly dataset: { readonly name: string; readonly rows: number; readonly sha256: string };
  readonly training: Table;
  readonly heldOut: Table;
  /** By which features and seed the rows were split, where it was by them. */
  readonly rule?: HoldOut;
}

/**
 * Trains a model, judges it, exports it and checks the file: same recipe, same bytes.
 *
 * About a fifth of the rows is held out, by their features alone. The model is fitted on the others only and ships as it is, so
 * that the metrics in the manifest, taken on the held-out rows, are those of this very file; so are
 * the reference statistics, of the rows it has seen and of its answers about those it has not. Parity with ONNX Runtime is checked on all
 * rows.
 *
 * @throws TrainingError when the data cannot be learned from or does not fit the schema
 * @throws OptionError for options or a seed that the trainer does not take
 * @throws ParityError when ONNX Runtime answers otherwise than the trainer
 */
export async function train(recipe: Recipe, overrides: TrainOverrides = {}): Promise<TrainedModel> {
  const { dataset, split: rule = usualHoldOut, ...how } = recipe;
  const { onProgress, seed = recipe.seed } = overrides;
  const run = { ...how, options: { ...recipe.options, ...overrides.options }, seed };
  checkRun(run);

  onProgress?.('load', 0, 1);
  const { table, sha256 } = await dataset.load();
  checkTable(table);
  const rows = table.target.length;
  const split = splitRows(table, rule);
  const data: SplitDataset = {
    dataset: { name: dataset.name, rows, sha256 },
    training: selectRows(table, split.train),
    heldOut: selectRows(table, split.test),
    rule,
  };
  onProgress?.('load', 1, 1);
  return trainOn(data, run, onProgress);
}

/**
 * Trains a model on rows that have been split already, as `train` does on those it splits.
 *
 * @throws TrainingError when the data cannot be learned from or does not fit the schema
 * @throws OptionError for options or a seed that the trainer does not take
 * @throws ParityError when ONNX Runtime answers otherwise than the trainer
 */
export async function trainOn(
  { dataset, training, heldOut, rule }: SplitDataset,
  run: Omit<Recipe, 'dataset' | 'split'>,
  onProgress?: TrainOverrides['onProgress'],
): Promise<TrainedModel> {
  const { schema, trainer, seed } = run;
  const options = checkRun(run);
  checkTable(training);
  checkTable(heldOut);
  const ports = portsOf(schema, training.columns.length);

  onProgress?.('fit', 0, 1);
  const model = trainer.fit(training, options, {
    seed,
    ...(onProgress && { onProgress: (done, total) => onProgress('fit', done, total) }),
  });
  const answers = model.predict(heldOut.features);
  const metrics = evaluate(answers, heldOut.target);
  onProgress?.('fit', 1, 1);

  onProgress?.('export', 0, 1);
  const bytes = model.toOnnx(ports);
  onProgress?.('export', 1, 1);

  onProgress?.('verify', 0, 1);
  const parity = Math.max(
    await verifyParity(bytes, model, training.features, ports),
    await verifyParity(bytes, model, heldOut.features, ports),
  );
  onProgress?.('verify', 1, 1);

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
        options,
        seed,
        split: {
          trainRows: training.target.length,
          testRows: heldOut.target.length,
          ...(rule && { rule: { by: 'features', ...rule } }),
        },
        metrics: { ...metrics },
        parity,
        ...referencesOf(training, { name: ports.output, values: answers }),
      },
    },
  };
}

/** Returns every option of the trainer, once options and seed are such as it takes. @throws OptionError */
function checkRun({
  trainer,
  options,
  seed,
}: Omit<Recipe, 'dataset' | 'split'>): Record<string, number> {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new OptionError(`The seed is ${seed} but must be a whole number from 0 to 4294967295`);
  }
  return resolveOptions(trainer.name, trainer.options, options);
}

/**
 * Names of the graph's input and output, once the schema is known to be one that these trainers
 * export.
 */
function portsOf(schema: ModelSchema, columns: number): GraphPorts {
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
