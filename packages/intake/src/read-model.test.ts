import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModel, suggestName } from './read-model.ts';

it.each([
  ['churn.onnx', 'churn'],
  ['My Model (v2).onnx', 'my-model-v2'],
  ['Prévision Köln.onnx', 'prevision-koln'],
  ['2024_sales.onnx', 'sales'],
  ['noise/model.onnx', 'noise'],
  ['without-an-ending', 'without-an-ending'],
  ['123.onnx', undefined],
  ['模型.onnx', undefined],
])('%s suggests the name %s', (path, name) => {
  expect(suggestName(path)).toBe(name);
});

describe('a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-read-model-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const model = readFileSync(join(import.meta.dirname, '../fixtures/exports/ridge.onnx'));

  it.each<[string, string | Uint8Array, string]>([
    ['empty.onnx', '', 'it is empty'],
    ['archive.onnx', 'PK\u0003\u0004', 'it is a zip archive'],
    ['keras.onnx', Buffer.from('\x89HDF\r\n', 'latin1'), 'it is HDF5'],
    ['pickle.onnx', Buffer.from('\x80\x04', 'latin1'), 'it is a Python pickle'],
    ['pointer.onnx', 'version https://git-lfs.github.com/spec/v1\n', 'run `git lfs pull` first'],
    ['page.onnx', '<html></html>', 'it is a web page or XML'],
    ['text.onnx', 'some text\n', 'it is a text file'],
    ['saved.pt', Buffer.from([0, 255, 0, 255]), 'it is a .pt file'],
    ['broken.onnx', Buffer.from([0, 255, 0, 255]), 'it is damaged, or was cut off on its way'],
    ['cut.onnx', model.subarray(0, 100), 'it is damaged, or was cut off on its way'],
    [
      'no-version.onnx',
      toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph: {} })),
      'is no ONNX model',
    ],
    [
      'no-graph.onnx',
      toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 9n })),
      'is no ONNX model',
    ],
  ])('%s is refused by what it looks like', async (name, content, message) => {
    const file = join(folder, name);
    await writeFile(file, content);
    await expect(readModel(file)).rejects.toMatchObject({
      name: 'NotOnnxError',
      message: expect.stringContaining(message),
    });
  });

  it('is refused for its size before it is read', async () => {
    const file = join(folder, 'large.onnx');
    await writeFile(file, '');
    await truncate(file, 2 ** 31);
    await expect(readModel(file)).rejects.toThrow(
      `has ${2 ** 31} bytes; an ONNX file has at most ${2 ** 31 - 1}`,
    );
  });

  it('is the one of a folder that is called model.onnx, or the only one', async () => {
    const own = join(folder, 'own');
    await mkdir(own);
    await writeFile(join(own, 'readme.txt'), 'a text');
    await writeFile(join(own, 'ridge.onnx'), model);
    expect(await readModel(own)).toMatchObject({ path: join(own, 'ridge.onnx'), folder: own });
    await writeFile(join(own, 'model.onnx'), model);
    expect((await readModel(own)).path).toBe(join(own, 'model.onnx'));
  });
});
