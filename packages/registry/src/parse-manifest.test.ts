import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManifestError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

const sha256 = 'a1'.repeat(32);

const manifest: Manifest = {
  format: 1,
  name: 'toy',
  version: 'v3',
  file: { name: 'model.onnx', bytes: 1234, sha256 },
  schema: {
    name: 'toy',
    inputs: [
      {
        name: 'features',
        datatype: 'FP64',
        shape: [-1, 2],
        columns: [
          { name: 'rooms', description: 'rooms per house', minimum: 1 },
          { name: 'age', description: '', minimum: 0, maximum: 200 },
        ],
      },
    ],
    outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    maxBatch: 1000,
  },
  training: {
    dataset: { name: 'houses', rows: 506, sha256, key: 'training-data/a.csv', version: '3sL4' },
    trainer: 'random-forest',
    options: { trees: 100, criterion: 'mse' },
    seed: 42,
    split: { trainRows: 404, testRows: 102, rule: { by: 'features', seed: 0, share: 0.2 } },
    metrics: { rmse: 3.1, r2: 0.88 },
    intervals: { rmse: { low: 2.8, high: 3.4 } },
    parity: 1e-14,
    reference: [
      {
        name: 'rooms',
        mean: 6,
        std: 0.7,
        minimum: 3,
        maximum: 9,
        edges: [5, 6.5],
        shares: [0.2, 0.5, 0.3],
        centres: [4, 6, 8],
        rows: 404,
        missing: 0.01,
        thresholds: [
          { rows: 300, js: 0.1, psi: 0.08, ks: 0.1, wasserstein: 0.2 },
          { rows: 1000, js: 0.06, psi: 0.03, ks: 0.06, wasserstein: 0.1 },
        ],
      },
      {
        name: 'roof',
        categories: ['flat', ''],
        shares: [0.4, 0.6],
        thresholds: [{ rows: 300, js: 0.1, psi: 0.08 }],
      },
    ],
    outputReference: [
      { name: 'price', mean: 20, std: 9, minimum: 5, maximum: 50, edges: [], shares: [1] },
    ],
  },
  lineage: { code: { commit: 'c0ffee', dirty: true }, parent: 'v2', execution: 'run-1' },
};

/** Returns a copy of the manifest with the value at `path` replaced. */
function withValue(path: string, value: unknown, of: Manifest = manifest): unknown {
  const copy: unknown = structuredClone(of);
  const keys = path.split('.');
  let node = copy as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) node = node[key] as Record<string, unknown>;
  node[keys.at(-1) ?? ''] = value;
  return copy;
}

describe('parseManifest', () => {
  it('gives back a manifest that went through JSON', () => {
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it('takes any metric with its direction, and no more of a training than is known', () => {
    const accuracy = { value: 0.93, better: 'higher' } as const;
    const training = { metrics: { accuracy, rmse: 3 } };
    expect(parseManifest({ ...manifest, training }).training).toEqual(training);
    const written = { metrics: { rmse: { value: 3, better: 'lower' } } };
    expect(parseManifest({ ...manifest, training: written }).training?.metrics).toEqual({
      rmse: 3,
    });
  });

  it('needs no training record', () => {
    const { training: _, lineage: __, ...foreign } = manifest;
    expect(parseManifest(foreign)).toEqual(foreign);
  });

  it('keeps where foreign weights come from', () => {
    const source = {
      title: 'MobileNetV2',
      url: 'https://example.org/mobilenet.onnx',
      licence: 'Apache-2.0',
    };
    const { training: _, ...rest } = manifest;
    const foreign: Manifest = { ...rest, source };
    expect(parseManifest(JSON.parse(JSON.stringify(foreign)))).toEqual(foreign);
    const exact: Manifest = { ...rest, source: { ...source, sha256 } };
    expect(parseManifest(exact)).toEqual(exact);
    expect(() => parseManifest({ ...rest, source: { ...source, sha256: 'a1' } })).toThrow(
      'source.sha256 must be a SHA-256',
    );
    expect(() => parseManifest({ ...rest, source: { ...source, licence: '' } })).toThrow(
      'source.licence must be a text',
    );
  });

  it('keeps how images are classified, and checks it', () => {
    const image: Manifest['image'] = {
      input: {
        name: 'pixels',
        layout: 'NHWC',
        datatype: 'UINT8',
        width: 224,
        height: 224,
        channels: 'RGB',
        fit: 'cover',
        kernel: 'linear',
      },
      output: { name: 'scores', activation: 'softmax' },
      labels: [{ name: 'cat', indices: [281, 282] }],
      threshold: 0,
    };
    expect(parseManifest({ ...manifest, image })).toEqual({ ...manifest, image });
    expect(() => parseManifest({ ...manifest, image: { ...image, threshold: 2 } })).toThrow(
      'image.threshold',
    );
  });

  describe('of a model that came as a graph', () => {
    const churn: Manifest = {
      ...manifest,
      schema: {
        ...manifest.schema,
        inputs: [
          { name: 'age', datatype: 'FP32', shape: [-1, 1], missing: true },
          {
            name: 'plan',
            datatype: 'BYTES',
            shape: [-1],
            columns: [{ name: 'plan', description: '', categories: ['free', ''] }],
          },
        ],
        outputs: [
          { name: 'label', datatype: 'INT64', shape: [-1] },
          { name: 'chances', datatype: 'FP32', shape: [-1, 2], labels: ['stays', 'leaves'] },
        ],
      },
      example: {
        inputs: [
          { name: 'age', datatype: 'FP32', shape: [2, 1], data: [31, Number.NaN] },
          { name: 'plan', datatype: 'BYTES', shape: [2], data: ['free', ''] },
        ],
      },
      session: { optimize: true },
    };
    const changed = (path: string, value: unknown) => withValue(path, value, churn);

    it('keeps labels, categories, what may be missing, the example and the session', () => {
      expect(parseManifest(churn)).toEqual(churn);
      const text = JSON.stringify(churn);
      expect(text).toContain('"data":[31,null]');
      expect(parseManifest(JSON.parse(text))).toEqual(churn);
    });

    it.each([
      ['schema.outputs.1.labels', ['a', 'b', 'c'], 'as many as the last dimension, 2, not 3'],
      ['schema.outputs.1.labels', ['a', 'a'], 'outputs[1].labels must be distinct texts'],
      ['schema.outputs.1.labels', ['a', 5], 'outputs[1].labels[1] must be a text, not 5'],
      ['schema.outputs.1.labels', 'a,b', 'outputs[1].labels must be a list, not "a,b"'],
      ['schema.outputs.0.labels', ['a'], 'as many as the last dimension, -1, not 1'],
      ['schema.outputs.1.shape', [], 'as many as the last dimension, absent, not 2'],
      ['schema.inputs.0.labels', ['a'], 'inputs[0].labels must be absent: only outputs have it'],
      ['schema.outputs.1.missing', true, 'outputs[1].missing must be absent: only inputs have it'],
      ['schema.inputs.1.missing', true, 'inputs[1].missing must be absent with BYTES'],
      ['schema.inputs.0.missing', false, 'inputs[0].missing must be true or absent, not false'],
      [
        'schema.inputs.1.columns.0.categories',
        [],
        'categories must be a list of at least one text',
      ],
      ['schema.inputs.1.columns', [], 'columns must be as many as the last dimension, 1, not 0'],
      [
        'schema.inputs.0.columns',
        [{ name: 'age', description: '', categories: ['1'] }],
        'inputs[0].columns[0].categories must be absent with FP32: only BYTES have it',
      ],
      [
        'example.inputs.0.data',
        ['31', 4],
        'example must be a request that the model takes, but inputs[0] "age", row 0, column 0: expected a finite number within FP32, or null, got "31"',
      ],
      ['example.inputs.1.data', ['free', 'Free'], 'expected one of "free", "", got "Free"'],
      ['example.inputs', [], 'example must be a request that the model takes, but inputs: model'],
      ['example', 'age=31', 'example must be an object, not "age=31"'],
      ['session.optimize', 'all', 'session.optimize must be true or false, not "all"'],
      ['session.threads', 4, 'session.threads must be absent: session has optimize, not 4'],
    ])('names %s when it is %j', (path, value, message) => {
      expect(() => parseManifest(changed(path, value))).toThrow(ManifestError);
      expect(() => parseManifest(changed(path, value))).toThrow(message);
    });
  });

  it('drops fields it does not know', () => {
    expect(parseManifest({ ...manifest, colour: 'blue' })).toEqual(manifest);
  });

  it.each([
    ['format', 2, 'format must be 1 (a newer format needs a newer Chorus), not 2'],
    ['name', 'Toy', 'name must be a model name such as my-model, not "Toy"'],
    ['version', 'v0', 'version must be v1, v2, v3, …, not "v0"'],
    ['file.name', 'weights.bin', 'file.name must be "model.onnx", not "weights.bin"'],
    ['file.bytes', 0, 'file.bytes must be a whole number from 1 up, not 0'],
    ['file.sha256', sha256.toUpperCase(), 'file.sha256 must be a SHA-256'],
    ['schema', undefined, 'schema must be an object, not absent'],
    ['schema.name', 'other', 'schema.name must be "toy" like the manifest\'s, not "other"'],
    ['schema.maxBatch', 1.5, 'schema.maxBatch must be a whole number from 1 up, not 1.5'],
    ['schema.inputs', [], 'schema.inputs must be a list of at least one tensor, not []'],
    ['schema.inputs.0.name', '', 'schema.inputs[0].name must be a text, not ""'],
    ['schema.inputs.0.datatype', 'FLOAT', 'schema.inputs[0].datatype must be one of BOOL,'],
    ['schema.inputs.0.shape', [-1, 0], 'schema.inputs[0].shape[1] must be a positive whole number'],
    [
      'schema.inputs.0.shape',
      [-1, 3],
      'schema.inputs[0].columns must be as many as the last dimension, 3, not 2',
    ],
    [
      'schema.inputs.0.columns.0.minimum',
      '1',
      'schema.inputs[0].columns[0].minimum must be a finite number, not "1"',
    ],
    [
      'schema.inputs.0.columns.1.minimum',
      201,
      'columns[1].minimum must be at most its maximum 200, not 201',
    ],
    [
      'schema.outputs',
      [manifest.schema.outputs[0], manifest.schema.outputs[0]],
      'schema.outputs must be tensors with distinct names',
    ],
    ['training.metrics.rmse', null, 'training.metrics.rmse must be a finite number, not null'],
    ['training.metrics', undefined, 'training.metrics must be an object, not absent'],
    [
      'training.metrics.auc',
      0.9,
      'training.metrics.auc must be { "value": 0.9, "better": "higher" or "lower" }, not 0.9',
    ],
    [
      'training.metrics.auc',
      { value: 0.9, better: 'more' },
      'training.metrics.auc.better must be one of higher, lower, not "more"',
    ],
    [
      'training.metrics.rmse',
      { value: 3, better: 'higher' },
      'training.metrics.rmse.better must be one of lower, not "higher"',
    ],
    [
      'training.metrics.auc',
      { value: 0.9, better: 'higher', unit: '%' },
      'training.metrics.auc.unit must be absent',
    ],
    ['training.options.trees', true, 'training.options.trees must be a finite number, not true'],
    [
      'training.reference.0.edges',
      [5, 5],
      'training.reference[0].edges must be ascending and distinct',
    ],
    [
      'training.reference.0.shares',
      [0.5, 0.5],
      'training.reference[0].shares must be one longer than the 2 edges',
    ],
    [
      'training.reference.0.shares',
      [0.2, 0.5, 0.4],
      'training.reference[0].shares must be shares that sum to 1',
    ],
    ['training.reference.0.centres', [4, 6], 'centres must be as many as the 3 shares, not [4,6]'],
    ['training.reference.0.missing', 1.1, 'missing must be a share from 0 to 1, not 1.1'],
    ['training.reference.0.rows', 0, 'reference[0].rows must be a whole number from 1 up, not 0'],
    ['training.reference.0.thresholds.1.rows', 300, 'thresholds must be by ascending rows'],
    ['training.reference.0.thresholds.0.js', -1, 'thresholds[0].js must be a number from 0 up'],
    ['training.reference.0.thresholds.0.psi', undefined, 'psi must be a finite number, not absent'],
    ['training.reference.1.categories', ['a', 'a'], 'categories must be a list of at least one'],
    ['training.reference.1.categories', [], 'categories must be a list of at least one text'],
    ['training.reference.1.categories', [1, 2], 'categories[0] must be a text, not 1'],
    ['training.reference.1.shares', [1], 'shares must be as many as the 2 categories, not [1]'],
    ['training.outputReference.0.mean', 'x', 'training.outputReference[0].mean must be a finite'],
    ['training.outputReference', {}, 'training.outputReference must be a list, not {}'],
  ])('names %s when it is %j', (path, value, message) => {
    expect(() => parseManifest(withValue(path, value))).toThrow(ManifestError);
    expect(() => parseManifest(withValue(path, value))).toThrow(message);
  });

  it.each([
    ['file.bytes', 1],
    ['schema.maxBatch', 1],
    ['schema.inputs.0.columns.1.minimum', 200],
    ['training.dataset.rows', 1],
    ['training.split.testRows', 0],
    ['training.split.trainRows', 1],
    ['training.reference.0.shares', [0, 0.5, 0.5]],
    ['training.reference.0.shares', [0.2, 0.5, 0.3 + 1e-7]],
  ])('takes the last of what is allowed: %s %j', (path, value) => {
    expect(parseManifest(withValue(path, value))).toEqual(withValue(path, value));
  });

  it.each([
    ['schema.inputs.0.shape', [-2, 2], 'schema.inputs[0].shape[0] must be a positive whole'],
    ['schema.inputs.0.shape', [-1, 1.5], 'schema.inputs[0].shape[1] must be a positive whole'],
    ['schema.inputs.0.columns.0.description', 5, 'columns[0].description must be a text, not 5'],
    ['training.intervals.rmse.high', 2, 'training.intervals.rmse.high must be at least 2.8, not 2'],
    ['training.dataset.key', 7, 'training.dataset.key must be a text, not 7'],
    ['lineage.code.dirty', 'yes', 'lineage.code.dirty must be true or false, not "yes"'],
    ['lineage.code.commit', '', 'lineage.code.commit must be a text, not ""'],
    ['lineage.parent', 'three', 'lineage.parent must be v1, v2, v3, …, not "three"'],
    ['training.split.rule.by', 'place', 'training.split.rule.by must be one of features'],
    ['training.split.rule.share', 1, 'training.split.rule.share must be between 0 and 1, not 1'],
    ['training.split.rule.seed', -1, 'rule.seed must be a whole number from 0 up, not -1'],
    ['training.split.testRows', -1, 'training.split.testRows must be a whole number from 0 up'],
    ['training.reference.0.shares', [-0.1, 0.6, 0.5], 'must be shares that sum to 1'],
    ['training.reference.0.edges', [6.5, 5], 'must be ascending and distinct'],
    ['training.options.trees', Number.POSITIVE_INFINITY, 'must be a finite number'],
    ['training.seed', '42', 'training.seed must be a finite number, not "42"'],
    ['file', 'x'.repeat(58), `file must be an object, not "${'x'.repeat(58)}"`],
    ['file', 'x'.repeat(70), `file must be an object, not "${'x'.repeat(59)}…`],
  ])('names also %s when it is %j', (path, value, message) => {
    expect(() => parseManifest(withValue(path, value))).toThrow(message);
  });

  it('refuses whatever else with a ManifestError and nothing worse', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parseManifest(value)).toThrow(ManifestError);
      }),
    );
  });

  it('survives any value in any place', () => {
    const paths = [
      'name',
      'file',
      'schema.inputs.0',
      'schema.inputs.0.shape',
      'schema.outputs',
      'schema.inputs.0.columns',
      'training',
      'training.options',
      'training.metrics',
      'training.metrics.auc',
      'training.reference.0',
      'training.reference.0.thresholds',
      'training.reference.1.categories',
      'training.outputReference.0',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        try {
          const parsed = parseManifest(withValue(path, value));
          expect(parseManifest(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestError);
        }
      }),
    );
  });
});

describe('the subpath for cold starts', () => {
  it('loads no AWS SDK', () => {
    const program = `
      const { registerHooks } = process.getBuiltinModule('node:module');
      registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });
      await import('@chorus/registry/manifest');`;
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: new URL('..', import.meta.url), encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('registry/src/parse-manifest.ts');
    expect(stdout).not.toMatch(/aws-sdk|smithy/);
  });
});
