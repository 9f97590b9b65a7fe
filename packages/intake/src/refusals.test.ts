import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectModel } from './inspect.ts';

const refused = join(import.meta.dirname, '../fixtures/refused');

describe('a model that cannot be served is refused, with what to do', () => {
  it.each([
    ['text', 'NotOnnxError', 'it is a text file'],
    ['no-external-data', 'ExternalDataError', 'weights.data, which is not in'],
    ['complex-numbers', 'UnsupportedModelError', 'Y has elements of type complex64'],
    ['key-of-objects', 'UnsupportedModelError', 'export the model with another name for it'],
    ['new-operators', 'ProbeError', 'export it for an older operator set'],
    ['unknown-operator', 'ProbeError', 'custom operators are not there'],
    ['not-a-number', 'ProbeError', 'answers only NaN or infinities'],
  ])('%s', async (file, name, message) => {
    const inspecting = inspectModel(join(refused, `${file}.onnx`));
    await expect(inspecting).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('one that never answers, after its time', async () => {
    const inspecting = inspectModel(join(refused, 'endless-loop.onnx'), {
      limits: { milliseconds: 2000 },
    });
    await expect(inspecting).rejects.toMatchObject({
      name: 'ProbeError',
      message: expect.stringContaining('did not answer within 2 s: look for a loop'),
    });
  });

  it('one that takes all memory, before it has it', async () => {
    const inspecting = inspectModel(join(refused, 'endless-range.onnx'), {
      limits: { megabytes: 512 },
    });
    await expect(inspecting).rejects.toMatchObject({ name: 'ProbeError' });
  });
});

describe('a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-intake-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('without a model, and with several, is refused by name', async () => {
    await expect(inspectModel(folder)).rejects.toThrow('has no .onnx file');
    await writeFile(join(folder, 'one.onnx'), '');
    await expect(inspectModel(folder)).rejects.toThrow('one.onnx is no ONNX model: it is empty');
    await writeFile(join(folder, 'two.onnx'), '');
    await expect(inspectModel(folder)).rejects.toThrow('name one of one.onnx, two.onnx');
  });

  it('that is not there says so', async () => {
    const path = join(folder, 'nowhere');
    await expect(inspectModel(path)).rejects.toMatchObject({
      name: 'NotOnnxError',
      message: expect.stringContaining(`Cannot read ${path}: ENOENT`),
    });
  });
});
