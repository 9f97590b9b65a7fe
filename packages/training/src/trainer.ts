import type { OptionRule } from './options.ts';
import type { Checkpoints } from './rows/checkpoints.ts';
import type { RowSource } from './rows/row-source.ts';
import type { Table } from './table.ts';

/** Names of the exported graph's input `[batch, columns]` and output `[batch]`, both float64. */
export interface GraphPorts {
  readonly input: string;
  readonly output: string;
}

/** A model that has learned. */
export interface FittedModel {
  /**
   * Predictions `[rows]` for row-major features of any number of rows; the ONNX file is held to
   * these.
   */
  readonly predict: (features: Float64Array) => Float64Array;
  /** The same function as an ONNX file, the same bytes for the same model. */
  readonly toOnnx: (ports: GraphPorts) => Uint8Array;
}

/** The parts that a trainer gets besides data and options. */
export interface FitContext {
  /** `[0, 2^32)`; trainers without randomness ignore it. */
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The parts that a trainer of many rows gets besides data and options. */
export interface FitRowsContext extends FitContext {
  /** Without any, a training that is killed starts anew. */
  readonly checkpoints?: Checkpoints;
}

/**
 * How the work of a trainer is divided among several functions. Each does some of the parts; together they make the
 * model that one would have made, byte for byte.
 */
export interface TrainerShares<Option extends string = string> {
  /** Returns how many parts there are, such as trees. */
  parts(options: Readonly<Record<Option, number>>): number;
  /**
   * Does the parts from `first` up to, not including, `end`, and returns them as bytes.
   *
   * @throws TrainingError when there are no such parts, or the rows are beyond the trainer
   */
  fit(
    rows: RowSource,
    options: Readonly<Record<Option, number>>,
    range: { readonly first: number; readonly end: number },
    context: FitRowsContext,
  ): Promise<Uint8Array>;
  /**
   * Returns the model of shares in any order, of which each part is in one.
   *
   * @param columns - features of a row
   * @throws TrainingError when parts are missing or there twice, or shares are damaged or do not belong together
   */
  merge(
    shares: readonly Uint8Array[],
    options: Readonly<Record<Option, number>>,
    columns: number,
  ): FittedModel;
}

/** A way to learn a function from a table. */
export interface Trainer<Option extends string = string> {
  readonly name: string;
  readonly options: Readonly<Record<Option, OptionRule>>;
  /** More rows than this are refused; without it any number is learned from. */
  readonly mostRows?: number;
  /**
   * Learns from a table that has passed `checkTable`, with every option given and in range.
   *
   * @throws TrainingError when this table is beyond the trainer
   */
  fit(table: Table, options: Readonly<Record<Option, number>>, context: FitContext): FittedModel;
  /**
   * Learns from rows that need not fit into memory; a trainer without it takes a table. With the same checkpoints a
   * training that was killed goes on, and gives the same bytes.
   *
   * @throws TrainingError when these rows are beyond the trainer
   */
  fitRows?(
    rows: RowSource,
    options: Readonly<Record<Option, number>>,
    context: FitRowsContext,
  ): Promise<FittedModel>;
  /** Absent when the work cannot be divided. */
  readonly shares?: TrainerShares<Option>;
}
