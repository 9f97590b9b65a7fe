import type { ModelSchema } from '@chorus/protocol';

/** Summary of one feature in the training data: the reference that drift is measured against later. */
export interface FeatureReference {
  readonly name: string;
  readonly mean: number;
  readonly std: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Inner decile edges, ascending and distinct; a value falls into the bin right of every edge it exceeds (`x > edge`). */
  readonly edges: readonly number[];
  /** Share of training rows per bin; one longer than `edges`, sums to 1. */
  readonly shares: readonly number[];
}

/** How a model was trained; absent for weights that were trained elsewhere. */
export interface TrainingRecord {
  readonly dataset: { readonly name: string; readonly rows: number; readonly sha256: string };
  readonly trainer: string;
  readonly options: Readonly<Record<string, number | string>>;
  readonly seed: number;
  readonly split: { readonly trainRows: number; readonly testRows: number };
  /** On the held-out rows, in the target's unit (Boston: thousands of dollars). */
  readonly metrics: { readonly rmse: number; readonly r2: number };
  /** Largest |ONNX Runtime - trainer| over all rows. */
  readonly parity: number;
  readonly reference: readonly FeatureReference[];
}

/** What lies beside `model.onnx` as `manifest.json`: enough to verify, serve and judge a version. */
export interface Manifest {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  readonly file: { readonly name: 'model.onnx'; readonly bytes: number; readonly sha256: string };
  readonly schema: ModelSchema;
  readonly training?: TrainingRecord;
}
