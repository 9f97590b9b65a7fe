import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManifestError } from './errors.ts';
import type { ImageSection } from './manifest.ts';
import { parseImage } from './parse-image.ts';

const image: ImageSection = {
  input: {
    name: 'pixels',
    layout: 'NCHW',
    datatype: 'FP32',
    width: 320,
    height: 240,
    channels: 'BGR',
    fit: 'contain',
    background: [114, 114, 114],
    kernel: 'lanczos3',
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  output: {
    name: 'logits',
    activation: 'sigmoid',
    temperature: 2.3,
    detection: 'objectness',
    boxes: 'found',
  },
  labels: [
    { name: 'cat', indices: [281, 282, 283] },
    { name: 'dog', indices: [151] },
  ],
  others: [{ name: 'lion', indices: [291] }],
  threshold: 0.25,
};

/** Returns a copy of the section with the value at `path` replaced. */
function withValue(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(image);
  const keys = path.split('.');
  let node = copy as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) node = node[key] as Record<string, unknown>;
  node[keys.at(-1) ?? ''] = value;
  return copy;
}

describe('parseImage', () => {
  it('gives back a section that went through JSON', () => {
    expect(parseImage(JSON.parse(JSON.stringify(image)))).toEqual(image);
  });

  it('needs no more than what has no default', () => {
    const { background: _, scale: __, mean: ___, std: ____, ...input } = image.input;
    const { others: _____, ...needed } = image;
    const plain: ImageSection = {
      ...needed,
      input: { ...input, fit: 'fill', datatype: 'UINT8' },
      output: { name: 'probabilities', activation: 'none' },
    };
    expect(parseImage(plain)).toEqual(plain);
  });

  it.each([
    ['input', undefined, 'image.input must be an object, not absent'],
    ['output', [], 'image.output must be an object, not []'],
    ['threshold', 1.1, 'image.threshold must be a probability from 0 to 1, not 1.1'],
    ['threshold', -0.1, 'image.threshold must be a probability from 0 to 1, not -0.1'],
    ['threshold', Number.NaN, 'image.threshold must be a finite number'],
    ['treshold', 0.2, 'image.treshold must be absent: image has input, output, labels, others,'],
    ['input.name', '', 'image.input.name must be a text, not ""'],
    ['input.layout', 'nchw', 'image.input.layout must be one of NCHW, NHWC, not "nchw"'],
    ['input.datatype', 'FP16', 'image.input.datatype must be one of UINT8, FP32, not "FP16"'],
    ['input.datatype', 'UINT8', 'image.input.scale must be absent with UINT8: pixels go in as'],
    ['input.width', 0, 'image.input.width must be a whole number from 1 up, not 0'],
    ['input.height', 4097, 'image.input.height must be at most 4096 pixels, not 4097'],
    ['input.channels', 'RGBA', 'image.input.channels must be one of RGB, BGR, not "RGBA"'],
    ['input.fit', 'inside', 'image.input.fit must be one of contain, fill, cover, not "inside"'],
    ['input.fit', 'fill', 'image.input.background must be absent with fill: nothing is left'],
    ['input.background', [0, 0], 'image.input.background must be three numbers'],
    ['input.background', [0, 0, 256], 'image.input.background[2] must be a level from 0 to 255'],
    ['input.background', [0, 0, 0.5], 'image.input.background[2] must be a whole number'],
    ['input.kernel', 'mitchell', 'image.input.kernel must be one of nearest, linear, cubic,'],
    ['input.scale', 0, 'image.input.scale must be a number above 0, not 0'],
    ['input.mean', [1, 2, 3, 4], 'image.input.mean must be three numbers, one for each channel'],
    ['input.mean', ['1', 2, 3], 'image.input.mean[0] must be a finite number, not "1"'],
    ['input.std', [1, 0, 1], 'image.input.std[1] must be a number above 0, not 0'],
    ['input.means', [1, 1, 1], 'image.input.means must be absent: image.input has name, layout,'],
    ['output.name', undefined, 'image.output.name must be a text, not absent'],
    ['output.activation', 'relu', 'image.output.activation must be one of none, softmax, sigmoid'],
    ['output.activation', 'none', 'image.output.temperature must be absent with none'],
    ['output.temperature', -1, 'image.output.temperature must be a number above 0, not -1'],
    ['output.detection', 'logits', 'image.output.detection must be another output than the'],
    ['output.boxes', 'logits', 'image.output.boxes must be another output than classes and'],
    ['output.boxes', 'objectness', 'image.output.boxes must be another output than classes and'],
    ['output.boxes', 5, 'image.output.boxes must be a text, not 5'],
    ['output.detection', 5, 'image.output.detection must be a text, not 5'],
    ['output.threshold', 5, 'image.output.threshold must be absent: image.output has name,'],
    ['labels', [], 'image.labels must be a list of at least one label, not []'],
    ['labels.0.name', 3, 'image.labels[0].name must be a text, not 3'],
    ['labels.0.name', 'dog', 'image.labels must be labels with distinct names, not "dog"'],
    [
      'labels.0.index',
      3,
      'image.labels[0].index must be absent: image.labels[0] has name, indices',
    ],
    ['labels.0.indices', [], 'image.labels[0].indices must be a list of at least one index'],
    ['labels.0.indices', [1.5], 'image.labels[0].indices[0] must be a whole number from 0 up'],
    ['labels.0.indices', [-1], 'image.labels[0].indices[0] must be a whole number from 0 up'],
    ['labels.0.indices', [4, 4], 'image.labels must be labels that share no index, not 4'],
    ['labels.1.indices', [282], 'image.labels must be labels that share no index, not 282'],
    ['others', [], 'image.others must be a list of at least one label, not []'],
    ['others.0.name', 'cat', 'image.labels must be labels with distinct names, not "cat"'],
    ['others.0.indices', [283], 'image.labels must be labels that share no index, not 283'],
  ])('names %s when it is %j', (path, value, message) => {
    expect(() => parseImage(withValue(path, value))).toThrow(ManifestError);
    expect(() => parseImage(withValue(path, value))).toThrow(message);
  });

  it.each([
    ['threshold', 0],
    ['threshold', 1],
    ['input.width', 1],
    ['input.height', 4096],
    ['input.background', [0, 255, 1]],
    ['labels.0.indices', [0]],
  ])('takes the last of what is allowed: %s %j', (path, value) => {
    expect(parseImage(withValue(path, value))).toEqual(withValue(path, value));
  });

  it('survives any value in any place', () => {
    const places = ['input', 'output', 'labels', 'labels.0', 'input.mean', 'labels.1.indices'];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
        try {
          const parsed = parseImage(withValue(path, value));
          expect(parseImage(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestError);
        }
      }),
    );
  });
});
