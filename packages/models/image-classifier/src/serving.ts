import { openPhoto, type PhotoReference, readPhoto, resizePhoto } from '@chorus/photo';
import {
  decodeBase64,
  errorOfStatus,
  InvalidRequestError,
  ProtocolError,
  type Tensor,
} from '@chorus/protocol';
import type { ImageSection } from '@chorus/registry/manifest';
import {
  type LoadedModel,
  outputOf,
  type PredictRequest,
  runGraph,
  type Serving,
} from '@chorus/runtime';
import type { InferenceSession } from 'onnxruntime-node';
import { type Box, boxesOf } from './boxes.ts';
import { type Classification, classify } from './classify.ts';
import { toTensor } from './preprocess.ts';
import { checkImageSignature, imageSection } from './signature.ts';

/**
 * One thread, as a function has one core. Optimised, because packed weights (int8 or fp16, then Cast and Mul) are
 * unpacked once at load by constant folding, and because these graphs fuse well.
 */
const sessionOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  enableCpuMemArena: false,
  enableMemPattern: false,
};

/** What is said of one photo. */
interface Answer extends Classification {
  /** The things with a label one by one; none where the photo has no label. */
  readonly boxes: readonly Box[];
}

/** One photo, from its bytes to its labels. */
async function classifyPhoto(
  model: LoadedModel,
  section: ImageSection,
  bytes: Uint8Array,
): Promise<Answer> {
  const { input, output, labels } = section;
  const opened = await openPhoto(bytes);
  const photo = await resizePhoto(opened, input);
  const feeds = { [input.name]: toTensor(model.ort, photo, input) };
  const names = [output.name, output.detection, output.boxes].filter((name) => name !== undefined);
  const fetched = await runGraph(model, feeds, names);
  // All are float32: the signature was checked.
  const numbers = (name: string) => outputOf(model, fetched, name).data as Float32Array;
  const detection =
    output.detection === undefined ? undefined : (numbers(output.detection)[0] ?? Number.NaN);
  const told = classify(numbers(output.name), detection, section);
  const boxes =
    output.boxes === undefined || told.label === ''
      ? []
      : boxesOf(numbers(output.boxes), opened, input, labels);
  return { ...told, boxes };
}

/** Returns the reader of each element of the input. @throws InvalidRequestError when it does not say what they are */
function referenceOf(input: Tensor): (element: string) => PhotoReference {
  const kind = input.parameters?.['content_type'];
  switch (kind) {
    case 'base64':
      return (image) => ({ image });
    case 'key':
      return (key) => ({ key });
    default:
      return (text) => textAsPhoto(text, input.name, kind);
  }
}

/**
 * Bytes that are text (an SVG, say) come out of a binary request as they are; what is wrong with them the photo says. What is
 * base64 but not said to be lacks its parameter in JSON.
 */
function textAsPhoto(text: string, name: string, kind: unknown): PhotoReference {
  if (text !== '' && decodeBase64(text) !== undefined) {
    throw new InvalidRequestError(
      `input ${JSON.stringify(name)}: its parameter content_type must be "base64" (photos) or "key" (of uploads), not ${JSON.stringify(kind) ?? 'absent'}`,
    );
  }
  return { image: Buffer.from(text).toString('base64') };
}

/** Says which photo of several an error is about. */
function about(index: number, error: unknown): unknown {
  return error instanceof ProtocolError
    ? errorOfStatus(error.status, `image ${index}: ${error.message}`, { cause: error })
    : error;
}

/** Photos one after the other, because they share one core and their pixels one memory. */
async function classifyAll(
  model: LoadedModel,
  { inputs, deadlineMs, checkDeadline }: PredictRequest,
): Promise<Answer[]> {
  const section = imageSection(model.manifest, model.manifest.name);
  const done: Answer[] = [];
  for (const input of inputs) {
    const reference = referenceOf(input);
    for (const [index, element] of input.data.entries()) {
      if (index > 0) checkDeadline();
      try {
        const bytes = await readPhoto(reference(String(element)), { deadlineMs });
        done.push(await classifyPhoto(model, section, bytes));
      } catch (error) {
        throw input.data.length > 1 ? about(index, error) : error;
      }
    }
  }
  return done;
}

/** Classifications as the schema's outputs. */
function toOutputs(done: readonly Answer[]): Tensor[] {
  const rows = done.length;
  const ranked = done.flatMap(({ ranking }) => ranking);
  const shape = [rows, ranked.length / rows];
  return [
    { name: 'label', datatype: 'BYTES', shape: [rows], data: done.map(({ label }) => label) },
    { name: 'labels', datatype: 'BYTES', shape, data: ranked.map(({ label }) => label) },
    {
      name: 'probabilities',
      datatype: 'FP32',
      shape,
      data: ranked.map(({ probability }) => Math.fround(probability)),
    },
    {
      name: 'detection',
      datatype: 'FP32',
      shape: [rows],
      data: done.map(({ detection }) => Math.fround(detection)),
    },
    { name: 'other', datatype: 'BYTES', shape: [rows], data: done.map(({ other }) => other.label) },
    {
      name: 'other_probability',
      datatype: 'FP32',
      shape: [rows],
      data: done.map(({ other }) => Math.fround(other.probability)),
    },
    ...boxOutputs(done.map(({ boxes }) => boxes)),
  ];
}

/** A row without a thing in it. */
const noBox: Box = { label: '', probability: 0, box: [0, 0, 0, 0] };

/** Boxes as outputs: as many for each photo as the one with most has, at least one, with an empty label behind the last. */
function boxOutputs(photos: readonly (readonly Box[])[]): Tensor[] {
  const most = Math.max(1, ...photos.map((boxes) => boxes.length));
  const rows = photos.flatMap((boxes) =>
    Array.from({ length: most }, (_, at) => boxes[at] ?? noBox),
  );
  const shape = [photos.length, most];
  const probabilities = rows.map(({ probability }) => Math.fround(probability));
  return [
    { name: 'box_labels', datatype: 'BYTES', shape, data: rows.map(({ label }) => label) },
    { name: 'box_probabilities', datatype: 'FP32', shape, data: probabilities },
    {
      name: 'boxes',
      datatype: 'FP32',
      shape: [...shape, 4],
      data: rows.flatMap(({ box }) => box.map(Math.fround)),
    },
  ];
}

/** Photos in, labels out, all in between as the manifest's section `image` says. */
export const imageServing: Serving = {
  sessionOptions,
  checkSignature: checkImageSignature,
  async predict(model, request) {
    return toOutputs(await classifyAll(model, request));
  },
};
