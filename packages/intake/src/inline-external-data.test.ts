import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from '@bufbuild/protobuf';
import {
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataLocation,
} from 'onnx-buf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineExternalData } from './inline-external-data.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-external-'));
  await writeFile(join(folder, 'weights.data'), Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]));
});
afterAll(() => rm(folder, { recursive: true }));

const external = (entries: Readonly<Record<string, string>>, name = 'W') => ({
  name,
  dataLocation: TensorProto_DataLocation.EXTERNAL,
  externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
});

const graphOf = (...initializer: object[]) => create(GraphProtoSchema, { initializer });

const inline = (graph: GraphProto, bytes: Uint8Array = new Uint8Array()) =>
  inlineExternalData(
    { path: 'model.onnx', folder, bytes, model: create(ModelProtoSchema, {}) },
    graph,
  );

const bytesOf = ({ initializer }: GraphProto): readonly (readonly number[])[] =>
  initializer.map(({ rawData }) => [...rawData]);

describe('tensors in another file', () => {
  it('come into the model, each from its place', async () => {
    const location = 'weights.data';
    const graph = graphOf(
      external({ location, offset: '2', length: '3' }),
      external({ location, offset: '6' }),
      external({ location }),
      { name: 'inside', rawData: Uint8Array.of(9) },
    );
    expect(await inline(graph)).toEqual([location]);
    expect(bytesOf(graph)).toEqual([[2, 3, 4], [6, 7], [0, 1, 2, 3, 4, 5, 6, 7], [9]]);
    for (const { externalData, dataLocation } of graph.initializer)
      expect({ externalData, dataLocation }).toEqual({
        externalData: [],
        dataLocation: TensorProto_DataLocation.DEFAULT,
      });
  });

  it('are found in graphs inside the graph, and in attributes', async () => {
    const t = external({ location: 'weights.data', length: '1' });
    const g = graphOf(external({ location: './weights.data', length: '2' }));
    const graph = create(GraphProtoSchema, {
      node: [
        {
          opType: 'If',
          attribute: [
            { name: 'value', t },
            { name: 'then_branch', g },
          ],
        },
      ],
    });
    expect(await inline(graph)).toEqual(['./weights.data', 'weights.data'].toReversed());
  });

  it.each(['', '/etc/hostname', '../weights.data', 'a/../../weights.data'])(
    'are refused where they lie outside the folder: "%s"',
    async (location) => {
      await expect(inline(graphOf(external({ location })))).rejects.toMatchObject({
        name: 'ExternalDataError',
        message: expect.stringContaining(`The tensor W lies in "${location}"`),
      });
    },
  );

  it('are refused where the file is not there, or ends before them', async () => {
    await expect(inline(graphOf(external({ location: 'other' })))).rejects.toThrow(
      `The model keeps its tensors in other, which is not in ${folder}`,
    );
    const long = external({ location: 'weights.data', offset: '4', length: '5' });
    await expect(inline(graphOf(long))).rejects.toThrow(
      'weights.data ends at byte 8, but a tensor lies at 4 to 9: copy it again, whole',
    );
    const beyond = graphOf(external({ location: 'weights.data', offset: '9' }));
    await inline(beyond);
    expect(bytesOf(beyond)).toEqual([[]]);
  });

  it('are refused where all together are too large for one file', async () => {
    const most = 2 ** 31 - 1;
    const half = external({ location: 'weights.data', length: String(most) });
    await expect(inline(graphOf(half), new Uint8Array(1))).rejects.toThrow(
      `have more than ${most} bytes`,
    );
    // As large as may be, so that only the file is too short for it.
    const fits = external({ location: 'weights.data', length: '9' });
    await expect(inline(graphOf(fits), new Uint8Array(1))).rejects.toThrow('ends at byte 8');
  });
});
