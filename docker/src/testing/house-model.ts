import { createHash } from 'node:crypto';

/** `price = sum((i + 1) features[i]) + 10`, an ONNX graph of MatMul and Add in float64. */
const weights: Uint8Array = Buffer.from(
  'CAg6/gEKHgoIZmVhdHVyZXMKAXcSB3Byb2R1Y3QiBk1hdE11bAoYCgdwcm9kdWN0CgFiEgVwcmljZSIDQWRkKnEIDRALQgF3SmgAAAAA' +
    'AADwPwAAAAAAAABAAAAAAAAACEAAAAAAAAAQQAAAAAAAABRAAAAAAAAAGEAAAAAAAAAcQAAAAAAAACBAAAAAAAAAIkAAAAAAAAAkQAAAAA' +
    'AAACZAAAAAAAAAKEAAAAAAAAAqQCoRCAEQC0IBYkoIAAAAAAAAJEBaHwoIZmVhdHVyZXMSEwoRCAsSDQoHEgViYXRjaAoCCA1iGAoFcHJp' +
    'Y2USDwoNCAsSCQoHEgViYXRjaBIBZ0ICEBE=',
  'base64',
);

/** A tensor of float64 in JSON. */
interface Tensor {
  readonly name: string;
  readonly datatype: 'FP64';
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A request of one row that every house model takes, and what the graph above answers. */
export const request: { readonly inputs: readonly Tensor[] } = {
  inputs: [
    {
      name: 'features',
      datatype: 'FP64',
      shape: [1, 13],
      data: [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    },
  ],
};
export const answer: Tensor = {
  name: 'price',
  datatype: 'FP64',
  shape: [1],
  data: [1 + 4 + 13 + 10],
};

/** Puts the graph into a store as version 1 of a model; the result is the environment that finds it there. */
export function publish(
  objects: Map<string, Uint8Array>,
  model: string,
  host: string,
): Readonly<Record<string, string>> {
  const manifest = {
    format: 1,
    name: model,
    version: 'v1',
    file: {
      name: 'model.onnx',
      bytes: weights.byteLength,
      sha256: createHash('sha256').update(weights).digest('hex'),
    },
    schema: {
      name: model,
      inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 13] }],
      outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
      maxBatch: 1000,
    },
  };
  const folder = `models/${model}/v1`;
  objects.set(`weights/${folder}/model.onnx`, weights);
  objects.set(`weights/${folder}/manifest.json`, Buffer.from(JSON.stringify(manifest)));
  return {
    AWS_LAMBDA_FUNCTION_NAME: `chorus-${model}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: `http://${host}`,
    MODEL_BUCKET: 'weights',
    MODEL_KEY: `${folder}/model.onnx`,
  };
}
