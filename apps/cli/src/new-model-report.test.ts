import type { Inspection } from '@chorus/intake';
import type { Column, TensorSpec } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry';
import { describe, expect, it } from 'vitest';
import { describeNewModel, nextSteps, reportNewModel } from './new-model-report.ts';
import type { Target } from './target.ts';

const columnsOf = (...names: readonly string[]): readonly Column[] =>
  names.map((name) => ({ name, description: '' }));

const table: TensorSpec = { name: 'X', datatype: 'FP32', shape: [-1, 2] };
const probabilities: TensorSpec = { name: 'p', datatype: 'FP32', shape: [-1, 3] };

const manifestOf = (input: TensorSpec, output: TensorSpec = probabilities): Manifest => ({
  format: 1,
  name: 'churn',
  version: 'v1',
  file: { name: 'model.onnx', bytes: 1001, sha256: '' },
  schema: { name: 'churn', inputs: [input], outputs: [output], maxBatch: 1000 },
  example: { inputs: [{ ...table, shape: [1, 2], data: [1, 0] }] },
});

const inspection: Inspection = {
  bytes: new Uint8Array(1001),
  inputs: [table],
  outputs: [probabilities],
  maxBatch: 1000,
  optimize: false,
  producer: 'skl2onnx 1',
  opsets: 'ai.onnx 21',
  changes: [],
  notes: [],
  example: { inputs: [] },
  answer: [],
  deviation: undefined,
  samples: undefined,
};

const cloud: Target = {
  label: 'the local cloud',
  flags: '',
  stage: undefined,
  apiUrl: 'http://127.0.0.1:9000',
  client: {},
};

const lines = (manifest: Manifest, change: Partial<Inspection> = {}): readonly string[] =>
  describeNewModel(manifest, { ...inspection, ...change });

describe('what a person reads of a new model', () => {
  it('is its size, its exporter and its tensors', () => {
    expect(lines(manifestOf(table))).toEqual([
      'churn: 2 kB by skl2onnx 1, operator sets ai.onnx 21',
      '',
      '       tensor  datatype  shape   names\ntakes  X       FP32      [?, 2]\ngives  p       FP32      [?, 3]',
      '',
      'drift    not told: give the rows it was trained on with --reference rows.csv',
      '',
    ]);
  });

  it('says of how many rows its reference is', () => {
    const reference = [{ name: 'a', categories: ['x'], shares: [1], rows: 812 }];
    const told = { ...manifestOf(table), training: { metrics: {}, reference } };
    expect(lines(told)).toContain('drift    told against 812 rows of its training');
  });

  it('says when the exporter is unknown, and that the graph is optimised', () => {
    const manifest = { ...manifestOf(table), session: { optimize: true } };
    expect(lines(manifest, { producer: '' })[0]).toBe(
      'churn: 2 kB by an unknown exporter, operator sets ai.onnx 21, optimised when it is opened',
    );
  });

  it.each([
    [{ ...table, columns: columnsOf('a', 'b') }, '[?, 2]  a, b'],
    [{ ...table, columns: columnsOf(...'abcdefgh') }, '[?, 2]  a, b, c, d, e, f, g, h'],
    [{ ...table, columns: columnsOf(...'abcdefghij') }, 'f, g, h and 2 more'],
    [{ ...table, missing: true as const }, '[?, 2]  missing values allowed'],
  ])('names columns, at most eight (%#)', (input, shown) => {
    const takes = lines(manifestOf(input))[2]?.split('\n')[1];
    expect(takes?.endsWith(shown)).toBe(true);
  });

  it('names the classes of an output', () => {
    const shown = lines(manifestOf(table, { ...probabilities, labels: ['no', 'yes', 'maybe'] }));
    expect(shown[2]).toMatch(/gives {2}p .*no, yes, maybe$/);
  });

  it.each<[Partial<Inspection>, readonly string[]]>([
    [{ changes: ['mended'] }, ['changed  mended', '']],
    [{ notes: ['slow'] }, ['note     slow', '']],
    [
      { deviation: { output: 'p', difference: 0, expected: 1, found: 1 } },
      ['samples  answered exactly as they say', ''],
    ],
    [
      { deviation: { output: 'p', difference: 0.00012, expected: 1, found: 1 } },
      ['samples  answered as they say; largest difference 1.2e-4, in p', ''],
    ],
  ])('tells what was changed, and what to know: %j', (change, told) => {
    const [drift, ...rest] = lines(manifestOf(table), change).slice(4);
    expect(drift).toMatch(/^drift {4}/);
    expect(rest).toEqual(told);
  });
});

describe('the next steps', () => {
  it('say where the model is live, and ask it for its example', async () => {
    const manifest = manifestOf({ ...table, columns: columnsOf("it's", 'fee') });
    expect(await nextSteps(manifest, ['a', 'b'], cloud)).toEqual([
      'Wrote a, b.',
      'churn v1 is live at http://127.0.0.1:9000. Ask it:',
      '',
      `  curl -s http://127.0.0.1:9000/predict/churn -H 'content-type: application/json' -d '{"it'\\''s":1,"fee":0}'`,
      '',
      'The same as an Open Inference Protocol model:  curl -s http://127.0.0.1:9000/v2/models/churn',
    ]);
  });

  it('say how to start the local cloud when none runs', async () => {
    const [, start, , ask] = await nextSteps(manifestOf(table), ['a'], undefined);
    expect(start).toContain('No local cloud is running: npx -y pnpm@12 start serves it');
    expect(ask).toContain('curl -s http://127.0.0.1:8787/predict/churn');
  });

  it('name a file for a body that is too long for a command line', async () => {
    const manifest = manifestOf(table);
    const long = { ...table, shape: [1, 1500], data: Array.from({ length: 1500 }, () => 0) };
    const steps = await nextSteps({ ...manifest, example: { inputs: [long] } }, ['a'], cloud);
    expect(steps[3]).toMatch(/-d @row\.json$/);
  });
});

it('the JSON says which cloud serves the model, and how near its answers are', () => {
  const manifest = manifestOf(table);
  const deviation = { output: 'p', difference: 0, expected: 1, found: 1 };
  expect(reportNewModel(manifest, inspection, [], undefined)).toMatchObject({
    model: 'churn',
    deviation: null,
    servedBy: null,
  });
  expect(reportNewModel(manifest, { ...inspection, deviation }, ['a'], cloud)).toMatchObject({
    deviation,
    files: ['a'],
    servedBy: cloud.apiUrl,
  });
});
