/** Types of the Open Inference Protocol v2 (REST), kserve/open-inference-protocol `inference_rest.md`. */

/** Element types of a tensor. `BYTES` elements are opaque byte strings. */
export const datatypes = [
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
] as const;
export type Datatype = (typeof datatypes)[number];

/** Free-form parameters of a request, response or tensor. Names of ours start with `chorus_`. */
export type Parameters = Record<string, string | number | boolean>;

/**
 * Elements of a tensor, flat and row-major: one plain JSON-able form everywhere.
 * `bigint` appears only for (U)INT64 values beyond 2^53; a BYTES element is a UTF-8 string, or base64
 * when the tensor's parameter `content_type` is `base64`.
 */
export type TensorData = readonly (number | bigint | boolean | string)[];

/** A tensor with its values. */
export interface Tensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly parameters?: Parameters;
  readonly data: TensorData;
}

/** A client's request for one output. */
export interface RequestedOutput {
  readonly name: string;
  readonly parameters?: Parameters;
}

export interface InferRequest {
  readonly id?: string;
  readonly parameters?: Parameters;
  readonly inputs: readonly Tensor[];
  readonly outputs?: readonly RequestedOutput[];
}

export interface InferResponse {
  readonly model_name: string;
  readonly model_version?: string;
  readonly id: string;
  readonly parameters?: Parameters;
  readonly outputs: readonly Tensor[];
}

/** One named column of a two-dimensional numeric input, e.g. a feature of a table. */
export interface Column {
  readonly name: string;
  readonly description: string;
  /** Smallest value that makes sense; below it the answer is 422. */
  readonly minimum?: number;
  /** Largest value that makes sense; above it the answer is 422. */
  readonly maximum?: number;
}

/** Name, datatype and shape of an input or output; -1 is a variable dimension. */
export interface TensorSpec {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  /** Names of the last dimension, when the tensor is a table `[-1, columns.length]`. */
  readonly columns?: readonly Column[];
}

/** The contract of one model, or of a workflow seen as a model. */
export interface ModelSchema {
  readonly name: string;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Largest first dimension accepted. */
  readonly maxBatch: number;
}

/** A tensor as metadata endpoints show it; column names are in the parameter `chorus_columns`, comma-separated. */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly parameters?: Parameters;
}

export interface ModelMetadata {
  readonly name: string;
  readonly versions?: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
}

export interface ServerMetadata {
  readonly name: string;
  readonly version: string;
  readonly extensions: readonly string[];
}
