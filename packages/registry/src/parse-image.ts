import {
  readChoice,
  readInteger,
  readList,
  readNumber,
  readOptional,
  readSettings,
  readText,
  wrong,
} from './fields.ts';
import type { ImageInput, ImageLabel, ImageOutput, ImageSection, Triple } from './manifest.ts';

/** No classifier looks at more, and a tensor of this size is 200 MB. */
const largestSide = 4096;

/**
 * Checks how a classifier of images is asked. Unlike elsewhere in a manifest, a field it does not know is an error:
 * left out of the preprocessing, it would make every answer silently worse.
 * @throws {ManifestError}
 */
export function parseImage(value: unknown): ImageSection {
  const fields = ['input', 'output', 'labels', 'others', 'threshold'];
  const image = readSettings(value, 'image', fields);
  const threshold = readNumber(image['threshold'], 'image.threshold');
  if (threshold < 0 || threshold > 1) {
    return wrong('image.threshold', 'a probability from 0 to 1', threshold);
  }
  const labels = parseLabels(image['labels'], 'image.labels');
  const others = readOptional(image, 'others', 'image', parseLabels);
  checkDistinct([...labels, ...(others.others ?? [])]);
  return {
    input: parseInput(image['input'], 'image.input'),
    output: parseOutput(image['output'], 'image.output'),
    labels,
    ...others,
    threshold,
  };
}

function parseInput(value: unknown, path: string): ImageInput {
  const fields = ['name', 'layout', 'datatype', 'width', 'height', 'channels', 'fit'];
  const optional = ['background', 'kernel', 'scale', 'mean', 'std'];
  const input = readSettings(value, path, [...fields, ...optional]);
  const datatype = readChoice(input['datatype'], `${path}.datatype`, ['UINT8', 'FP32']);
  const useless = ['scale', 'mean', 'std'].find((field) => input[field] !== undefined);
  if (datatype === 'UINT8' && useless !== undefined) {
    return wrong(
      `${path}.${useless}`,
      'absent with UINT8: pixels go in as they are',
      input[useless],
    );
  }
  const fit = readChoice(input['fit'], `${path}.fit`, ['contain', 'fill', 'cover']);
  if (fit !== 'contain' && input['background'] !== undefined) {
    return wrong(`${path}.background`, `absent with ${fit}: nothing is left`, input['background']);
  }
  return {
    name: readText(input['name'], `${path}.name`),
    layout: readChoice(input['layout'], `${path}.layout`, ['NCHW', 'NHWC']),
    datatype,
    width: readSide(input['width'], `${path}.width`),
    height: readSide(input['height'], `${path}.height`),
    channels: readChoice(input['channels'], `${path}.channels`, ['RGB', 'BGR']),
    fit,
    ...readOptional(input, 'background', path, readColour),
    kernel: readChoice(input['kernel'], `${path}.kernel`, [
      'nearest',
      'linear',
      'cubic',
      'lanczos3',
    ]),
    ...readOptional(input, 'scale', path, readPositive),
    ...readOptional(input, 'mean', path, readTriple),
    ...readOptional(input, 'std', path, (list, at) => readTriple(list, at, readPositive)),
  };
}

function parseOutput(value: unknown, path: string): ImageOutput {
  const fields = ['name', 'activation', 'temperature', 'detection', 'boxes'];
  const output = readSettings(value, path, fields);
  const activations = ['none', 'softmax', 'sigmoid'] as const;
  const activation = readChoice(output['activation'], `${path}.activation`, activations);
  const temperature = output['temperature'];
  if (activation === 'none' && temperature !== undefined) {
    return wrong(`${path}.temperature`, 'absent with none: there are no logits', temperature);
  }
  const name = readText(output['name'], `${path}.name`);
  if (output['detection'] === name) {
    return wrong(`${path}.detection`, 'another output than the classes', name);
  }
  const boxes = output['boxes'];
  if (boxes !== undefined && [name, output['detection']].includes(boxes)) {
    return wrong(`${path}.boxes`, 'another output than classes and detection', boxes);
  }
  return {
    name,
    activation,
    ...readOptional(output, 'temperature', path, readPositive),
    ...readOptional(output, 'detection', path, readText),
    ...readOptional(output, 'boxes', path, readText),
  };
}

function parseLabels(value: unknown, path: string): ImageLabel[] {
  const labels = readList(value, path, parseLabel);
  if (labels.length === 0) return wrong(path, 'a list of at least one label', value);
  return labels;
}

/** A class means one thing, and a name is given once, be it a label's or another's. */
function checkDistinct(labels: readonly ImageLabel[]): void {
  const name = repeated(labels.map((label) => label.name));
  if (name !== undefined) wrong('image.labels', 'labels with distinct names', name);
  const index = repeated(labels.flatMap((label) => label.indices));
  if (index !== undefined) wrong('image.labels', 'labels that share no index', index);
}

function parseLabel(value: unknown, path: string): ImageLabel {
  const label = readSettings(value, path, ['name', 'indices']);
  const indices = readList(label['indices'], `${path}.indices`, (index, at) =>
    readInteger(index, at, 0),
  );
  return indices.length > 0
    ? { name: readText(label['name'], `${path}.name`), indices }
    : wrong(`${path}.indices`, 'a list of at least one index', indices);
}

/** The first element that was there before. */
function repeated<T>(list: readonly T[]): T | undefined {
  const seen = new Set<T>();
  return list.find((element) => seen.size === seen.add(element).size);
}

function readSide(value: unknown, path: string): number {
  const side = readInteger(value, path, 1);
  return side <= largestSide ? side : wrong(path, `at most ${largestSide} pixels`, side);
}

function readPositive(value: unknown, path: string): number {
  const number = readNumber(value, path);
  return number > 0 ? number : wrong(path, 'a number above 0', number);
}

function readTriple(value: unknown, path: string, read = readNumber): Triple {
  const [first, second, third, ...rest] = readList(value, path, read);
  return first === undefined || second === undefined || third === undefined || rest.length > 0
    ? wrong(path, 'three numbers, one for each channel', value)
    : [first, second, third];
}

function readColour(value: unknown, path: string): Triple {
  return readTriple(value, path, (part, at) => {
    const level = readInteger(part, at, 0);
    return level <= 255 ? level : wrong(at, 'a level from 0 to 255', level);
  });
}
