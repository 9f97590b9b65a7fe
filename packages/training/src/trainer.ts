import type { OptionRule } from './options.ts';
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

/** A way to learn a function from a table. */
export interface Trainer<Option extends string = string> {
  readonly name: string;
  readonly options: Readonly<Record<Option, OptionRule>>;
  /**
   * Learns from a table that has passed `checkTable`, with every option given and in range.
   *
   * @throws TrainingError when this table is beyond the trainer
   */
  fit(table: Table, options: Readonly<Record<Option, number>>, context: FitContext): FittedModel;
}
