/** Metadata that the protocol shows about models. */

import type {
  ModelMetadata,
  ModelSchema,
  Parameters,
  TensorMetadata,
  TensorSpec,
} from './types.ts';

/** Platform of an ONNX model in KServe's and Triton's vocabulary. */
export const onnxPlatform = 'onnx_onnxv1';

/**
 * Returns the metadata of a model for `GET /v2/models/{name}`. Parameters of its tensors say what the protocol has no
 * members for: `chorus_columns` and `chorus_labels` are names, separated by commas, or a JSON text if one of them has a
 * comma; `chorus_missing` is true where a value may be missing; `chorus_non_finite` is `null` where an ONNX model's
 * answer may hold NaN and infinities, which JSON shows as null.
 *
 * @param versions names of the versions that answer; left out when empty.
 * @param platform what runs the model, e.g. `onnxPlatform`.
 */
export function toModelMetadata(
  schema: ModelSchema,
  versions: readonly string[],
  platform: string,
): ModelMetadata {
  return {
    name: schema.name,
    ...(versions.length === 0 ? {} : { versions }),
    platform,
    inputs: schema.inputs.map((spec) => toTensorMetadata(spec, {})),
    outputs: schema.outputs.map((spec) => toTensorMetadata(spec, answerParameters(spec, platform))),
  };
}

/** Only a graph answers what is not finite; a workflow counts such an answer as that model's failure. */
function answerParameters({ datatype }: TensorSpec, platform: string): Parameters {
  return platform === onnxPlatform && datatype.startsWith('FP')
    ? { chorus_non_finite: 'null' }
    : {};
}

/** Names in one parameter, whose values are no lists: `a,b`, or `["a,b","c"]` where commas would be ambiguous. */
function joinNames(names: readonly string[]): string {
  const joined = names.join(',');
  const ambiguous = joined.startsWith('[') || names.some((name) => name.includes(','));
  return ambiguous ? JSON.stringify(names) : joined;
}

function toTensorMetadata(spec: TensorSpec, answer: Parameters): TensorMetadata {
  const { name, datatype, shape, columns, labels, missing } = spec;
  const parameters: Parameters = {
    ...(columns && { chorus_columns: joinNames(columns.map((column) => column.name)) }),
    ...(labels && { chorus_labels: joinNames(labels) }),
    ...(missing && { chorus_missing: true }),
    ...answer,
  };
  const tensor = { name, datatype, shape };
  return Object.keys(parameters).length === 0 ? tensor : { ...tensor, parameters };
}
