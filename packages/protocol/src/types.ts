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

/** The parameter, `true`, of requests that try a model out: they do not count as what it is asked. */
export const trialParameter = 'chorus_trial';

/**
 * Elements of a tensor, flat and row-major: one plain JSON-able form everywhere.
 * `bigint` appears only for (U)INT64 values beyond 2^53; a BYTES element is a UTF-8 string, or base64
 * when the tensor's parameter `content_type` is `base64`. NaN is a missing value of an FP input; FP outputs may hold it
 * and infinities.
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

/** One named column of an input, e.g. a feature of a table. */
export interface Column {
  readonly name: string;
  readonly description: string;
  /** All values that a column of strings may have; the answer to another one is 422. */
  readonly categories?: readonly string[];
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
  /** Names of the last dimension, when the tensor is a table `[-1, columns.length]`, or the one of a tensor `[-1]`. */
  readonly columns?: readonly Column[];
  /** Of an output: the classes along its last dimension, as many as it has. */
  readonly labels?: readonly string[];
  /** Of an FP input: its values may be missing, which is `null` in JSON and NaN everywhere else. */
  readonly missing?: true;
}

/** The contract of one model, or of a workflow seen as a model. */
export interface ModelSchema {
  readonly name: string;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Largest first dimension accepted. */
  readonly maxBatch: number;
}

/** A tensor as metadata endpoints show it; what else is known of it is in parameters, see `toModelMetadata`. */
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
