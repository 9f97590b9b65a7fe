import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectModel } from './inspect.ts';
import { readNpz } from './read-npz.ts';
import { parseSamples, type Samples } from './samples.ts';
import { probeHere } from './testing/probe-here.ts';

const folder = join(import.meta.dirname, '../fixtures/exports');
const read = (name: string): Samples =>
  parseSamples(readFileSync(join(folder, `${name}.json`), 'utf8'), `${name}.json`);
const inspect = (name: string, samples: Samples) =>
  inspectModel(join(folder, `${name}.onnx`), { openProbe: probeHere, samples });

it('serves a model that answers neither zeros nor ones, and says how without samples', async () => {
  const path = join(folder, '../sampled/rate.onnx');
  const samples = parseSamples(readFileSync(path.replace('.onnx', '.json'), 'utf8'), 'rate.json');
  await expect(inspectModel(path, { openProbe: probeHere })).rejects.toThrow('--samples rows.json');
  const { inputs, outputs, maxBatch } = await inspectModel(path, { openProbe: probeHere, samples });
  expect(inputs.map(({ shape }) => shape)).toEqual([[-1, -1], []]);
  expect(outputs.map(({ shape }) => shape)).toEqual([[-1, -1]]);
  expect(maxBatch).toBeGreaterThan(1);
});

it('refuses samples of other inputs, saying what the model takes', async () => {
  const samples = read('ridge');
  const inputs = samples.inputs.map((input) => ({ ...input, name: 'table' }));
  await expect(inspect('ridge', { ...samples, inputs })).rejects.toThrow(
    'the model has no input table. It takes X FP32 [?, 4]',
  );
});

it('says how near the answers are, and takes the first row as the example', async () => {
  const samples = read('categories');
  const { deviation, example } = await inspect('categories', samples);
  expect(deviation?.difference).toBeLessThan(1e-5);
  expect(example.inputs.map(({ shape }) => shape)).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect(example.inputs.map(({ data }) => data[0])).toEqual(
    samples.inputs.map(({ data }) => data[0]),
  );
});

it('refuses a model that answers otherwise, naming both values', async () => {
  const samples = read('ridge');
  const [output] = samples.outputs;
  const shifted = {
    ...samples,
    outputs: output ? [{ ...output, data: [42, ...output.data.slice(1)] }] : [],
  };
  await expect(inspect('ridge', shifted)).rejects.toMatchObject({
    name: 'SampleError',
    message: expect.stringMatching(/variable is -?\d.* instead of 42/),
  });
});

it('refuses a label that differs, and an answer of another length', async () => {
  const samples = read('logistic-words');
  const change = (data: readonly (string | number)[]) => ({
    ...samples,
    outputs: samples.outputs.map((each) => (each.datatype === 'BYTES' ? { ...each, data } : each)),
  });
  await expect(inspect('logistic-words', change(['fox', 'fox', 'fox', 'fox']))).rejects.toThrow(
    'instead of fox',
  );
  await expect(inspect('logistic-words', change(['cat']))).rejects.toThrow('the samples have 1');
});

it.each([
  ['no JSON', '{', 'is no JSON'],
  ['no samples', '{"inputs":[]}', 'has no samples'],
  [
    'rows without answers',
    '{"inputs":[{"name":"X","shape":[1],"datatype":"FP32","data":[1]}]}',
    'has no samples',
  ],
])('refuses a file with %s', (_, text, message) => {
  expect(() => parseSamples(text, 'rows.json')).toThrow(message);
});

it('takes a NumPy archive whose arrays are named like the tensors', async () => {
  const path = join(folder, '../samples/categories.npz');
  const { deviation, samples } = await inspectModel(join(folder, 'categories.onnx'), {
    openProbe: probeHere,
    samples: readNpz(readFileSync(path), path),
  });
  expect(deviation?.difference).toBeLessThan(1e-5);
  expect(samples?.inputs.map(({ name, datatype }) => [name, datatype])).toEqual([
    ['colour', 'BYTES'],
    ['size', 'BYTES'],
    ['weight', 'FP32'],
    ['age', 'FP32'],
  ]);
});

it('reads every kind of array as NumPy wrote it', () => {
  const path = join(folder, '../samples/kinds.npz');
  const arrays = Object.fromEntries(
    readNpz(readFileSync(path), path).map(({ name, datatype, shape, data }) => [
      name,
      [datatype, shape, data],
    ]),
  );
  expect(arrays).toEqual({
    half: ['FP16', [2], [0.5, -2]],
    single: ['FP32', [1, 2], [1.5, Number.NaN]],
    double: ['FP64', [], [0.1]],
    byte: ['INT8', [1], [-1]],
    short: ['INT16', [1], [-300]],
    int: ['INT32', [1], [-70_000]],
    long: ['INT64', [2], [5, -(2n ** 62n)]],
    unsigned: ['UINT8', [1], [255]],
    truth: ['BOOL', [2], [true, false]],
    text: ['BYTES', [2], ['é', 'owl']],
  });
});

it('refuses arrays that no tensor is called like, or that are no numbers', async () => {
  const path = join(folder, '../samples/kinds.npz');
  const samples = readNpz(readFileSync(path), path);
  const inspecting = inspectModel(join(folder, 'ridge.onnx'), { openProbe: probeHere, samples });
  await expect(inspecting).rejects.toThrow('the model takes X and gives variable');
  expect(() => readNpz(Buffer.from('PK'), 'rows.npz')).toThrow('make it with numpy.savez');
});
