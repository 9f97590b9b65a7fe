/** Metadata that the protocol shows about models. */

import type { ModelMetadata, ModelSchema, TensorMetadata, TensorSpec } from './types.ts';

/** Platform of an ONNX model in KServe's and Triton's vocabulary. */
export const onnxPlatform = 'onnx_onnxv1';

/**
 * Returns the metadata of a model for `GET /v2/models/{name}`.
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
    inputs: schema.inputs.map(toTensorMetadata),
    outputs: schema.outputs.map(toTensorMetadata),
  };
}

function toTensorMetadata({ name, datatype, shape, columns }: TensorSpec): TensorMetadata {
  const tensor = { name, datatype, shape };
  return columns === undefined
    ? tensor
    : {
        ...tensor,
        parameters: { chorus_columns: columns.map((column) => column.name).join(',') },
      };
}
