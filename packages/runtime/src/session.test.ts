import type { ModelSchema } from '@chorus/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { ModelLoadError } from './errors.ts';
import { checkSignature, openSession, startOrt } from './session.ts';
import type { Ort } from './tensors.ts';
import { linearModel } from './testing/tiny-onnx.ts';
import { toySchema } from './testing/toy-model.ts';

const place = 's3://weights/models/toy/v1/model.onnx';
let ort: Ort;

beforeAll(async () => {
  ort = await startOrt();
});

/** Returns the message with which a session of `linearModel([1, 2], 3)` does not fit a schema. */
async function mismatch(schema: ModelSchema): Promise<string> {
  const session = await openSession(ort, linearModel([1, 2], 3), place);
  try {
    checkSignature(session, schema, place);
  } catch (error) {
    expect(error).toBeInstanceOf(ModelLoadError);
    expect(error).toMatchObject({ name: 'ModelLoadError', reason: 'schema-mismatch' });
    return error instanceof Error ? error.message : '';
  }
  return 'fits';
}

describe('a session', () => {
  it('that is what the schema says fits', async () => {
    expect(await mismatch(toySchema)).toBe('fits');
  });

  it.each([
    [
      'another input name',
      { inputs: [{ name: 'rows', datatype: 'FP64', shape: [-1, 2] }] },
      'no input rows float64 [-1,2]; input features is not in the schema',
    ],
    [
      'another datatype',
      { inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 2] }] },
      'input features float32 [-1,2] is features float64 [batch,2]',
    ],
    [
      'another width',
      { inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 13] }] },
      'input features float64 [-1,13] is features float64 [batch,2]',
    ],
    [
      'another rank',
      { inputs: [{ name: 'features', datatype: 'FP64', shape: [-1] }] },
      'input features float64 [-1] is features float64 [batch,2]',
    ],
    [
      'another output',
      { outputs: [{ name: 'label', datatype: 'INT64', shape: [-1] }] },
      'no output label int64 [-1]',
    ],
  ] as const)('of %s names the difference', async (_name, change, expected) => {
    expect(await mismatch({ ...toySchema, ...change })).toBe(
      `${place} does not fit the model toy: ${expected}`,
    );
  });

  it('that answers one row only does not fit a schema for many', async () => {
    const session = {
      inputMetadata: [{ name: 'features', isTensor: true, type: 'float64', shape: [1, 2] }],
      outputMetadata: [{ name: 'price', isTensor: true, type: 'float64', shape: ['batch'] }],
    } as const;
    expect(() => checkSignature(session, toySchema, place)).toThrow(
      'input features float64 [-1,2] is features float64 [1,2]',
    );
  });

  it('has tensors on both sides, of any inner size where the graph leaves it open', () => {
    const graph = (change: object = {}) => ({
      inputMetadata: [{ name: 'features', isTensor: true, type: 'float64', shape: ['', 2] }],
      outputMetadata: [{ name: 'price', isTensor: true, type: 'float64', shape: ['batch'] }],
      ...change,
    });
    const check = (change: object) => () =>
      checkSignature(graph(change) as Parameters<typeof checkSignature>[0], toySchema, place);
    expect(check({})).not.toThrow();
    const extra = { name: 'more', isTensor: true, type: 'float64', shape: [] };
    const { outputMetadata } = graph();
    expect(check({ outputMetadata: [...outputMetadata, extra] })).not.toThrow();
    for (const [change, message] of [
      [{ inputMetadata: [{ name: 'features', isTensor: false }] }, 'input features is no tensor'],
      [{ outputMetadata: [{ name: 'price', isTensor: false }] }, 'output price is no tensor'],
      [
        { inputMetadata: [{ ...extra, name: 'features', shape: ['', 3] }] },
        'input features float64 [-1,2] is features float64 [?,3]',
      ],
      [
        { outputMetadata: [{ ...extra, name: 'price', type: 'float32', shape: ['b'] }] },
        'output price float64 [-1] is price float32 [b]',
      ],
    ] as const)
      expect(check(change)).toThrow(`${place} does not fit the model toy: ${message}`);
  });

  it('cannot be opened from what is no ONNX', async () => {
    const opening = openSession(ort, Buffer.from('<html>not a model</html>'), place);
    await expect(opening).rejects.toMatchObject({
      name: 'ModelLoadError',
      reason: 'not-onnx',
      message: expect.stringContaining(`ONNX Runtime cannot open ${place}`),
    });
  });
});
