import { createHash } from 'node:crypto';
import type { InferResponse, Tensor } from '@chorus/protocol';
import type { ImageSection, Manifest } from '@chorus/registry/manifest';
import { createModelHandler, type Handler, type LoadedModel } from '@chorus/runtime';
import * as ort from 'onnxruntime-node';
import { schema } from '../schema.ts';
import { imageServing } from '../serving.ts';

/** One photo's part of an answer. */
export interface Answer {
  readonly label: string;
  readonly labels: readonly string[];
  readonly probabilities: readonly number[];
  readonly detection: number;
  readonly other: string;
  readonly otherProbability: number;
  readonly boxes: readonly { readonly label: string; readonly box: readonly number[] }[];
}

export function manifestOf(weights: Uint8Array, image: ImageSection): Manifest {
  const sha256 = createHash('sha256').update(weights).digest('hex');
  return {
    format: 1,
    name: schema.name,
    version: 'v1',
    file: { name: 'model.onnx', bytes: weights.byteLength, sha256 },
    schema,
    image,
  };
}

/** Opens and checks weights as the loader does. */
export async function openModel(weights: Uint8Array, manifest: Manifest): Promise<LoadedModel> {
  const session = await ort.InferenceSession.create(weights, imageServing.sessionOptions);
  imageServing.checkSignature(session, { schema, manifest, place: 'model.onnx' });
  return { ort, session, manifest, version: manifest.version, stored: Promise.resolve() };
}

/** The function's handler around weights at hand. */
export function handlerOf(model: LoadedModel, clock: () => number = Date.now): Handler {
  const loadModel = async () => model;
  return createModelHandler({ schema, serving: imageServing, loadModel, clock });
}

/** Returns the input tensor of some photos. */
export function photosInput(photos: readonly Uint8Array[]): Tensor {
  return {
    name: 'image',
    datatype: 'BYTES',
    shape: [photos.length],
    parameters: { content_type: 'base64' },
    data: photos.map((photo) => Buffer.from(photo).toString('base64')),
  };
}

/** Sends an input to the handler. */
export async function infer(
  handle: Handler,
  input: Tensor,
  deadlineMs: number = Number.POSITIVE_INFINITY,
): Promise<InferResponse> {
  const context = { requestId: 'r', deadlineMs, functionArn: 'arn', notes: {} };
  return (await handle({ inputs: [input] }, context)) as InferResponse;
}

/** Asks about photos, and gives an answer for each. */
export async function ask(handle: Handler, ...photos: readonly Uint8Array[]): Promise<Answer[]> {
  const { outputs } = await infer(handle, photosInput(photos));
  const column = (name: string) => {
    const { data = [], shape = [] } = outputs.find((output) => output.name === name) ?? {};
    return { data, width: shape[1] ?? 1 };
  };
  const [label, labels, probabilities, detection, other, otherProbability] = [
    column('label'),
    column('labels'),
    column('probabilities'),
    column('detection'),
    column('other'),
    column('other_probability'),
  ];
  const [boxLabels, boxes] = [column('box_labels'), column('boxes')];
  return photos.map((_, row) => {
    const rowOf = ({ data, width }: typeof labels) => data.slice(row * width, (row + 1) * width);
    return {
      label: String(label.data[row]),
      labels: rowOf(labels).map(String),
      probabilities: rowOf(probabilities).map(Number),
      detection: Number(detection.data[row]),
      other: String(other.data[row]),
      otherProbability: Number(otherProbability.data[row]),
      boxes: rowOf(boxLabels)
        .map((name, at) => {
          const start = 4 * (row * boxLabels.width + at);
          return { label: String(name), box: boxes.data.slice(start, start + 4).map(Number) };
        })
        .filter((box) => box.label !== ''),
    };
  });
}
