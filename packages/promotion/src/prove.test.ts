import { type InferRequest, type ModelSchema, packTensor, type Tensor } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { describe, expect, it } from 'vitest';
import type { Example } from './example.ts';
import { type FunctionAnswer, prove } from './prove.ts';

const schema: ModelSchema = {
  name: 'toy',
  inputs: [
    {
      name: 'features',
      datatype: 'FP64',
      shape: [-1, 2],
      columns: [
        { name: 'rooms', description: '', minimum: 1, maximum: 9 },
        { name: 'age', description: '', minimum: 10, maximum: 20 },
      ],
    },
  ],
  outputs: [
    { name: 'price', datatype: 'FP64', shape: [-1] },
    { name: 'parts', datatype: 'FP32', shape: [-1, 2] },
  ],
  maxBatch: 10,
};

const manifestOf = (change: Partial<ModelSchema> = {}): Manifest => ({
  format: 1,
  name: 'toy',
  version: 'v3',
  file: { name: 'model.onnx', bytes: 1, sha256: 'a' },
  schema: { ...schema, ...change },
});

const price: Tensor = { name: 'price', datatype: 'FP64', shape: [2], data: [1, 2] };
const parts: Tensor = { name: 'parts', datatype: 'FP32', shape: [2, 2], data: [1, 2, 3, 4] };
const good = { model_version: 'v3', outputs: [parts, price] };
const example: Example = { row: { age: 12, rooms: 5, colour: 'red' } };

const json = (value: unknown): FunctionAnswer => ({ text: JSON.stringify(value), isError: false });
const error = (errorType: string, errorMessage: string): FunctionAnswer => ({
  text: JSON.stringify({ errorType, errorMessage }),
  isError: true,
});
const ready = json({ ready: true, model_version: 'v3' });

/** Returns the events that a version gets, and the failure of its proof: undefined when it is proved. */
async function tried(
  answer: FunctionAnswer,
  { manifest = manifestOf(), examples = [example] as readonly Example[], loads = ready } = {},
) {
  const asked: unknown[] = [];
  const failure = await prove(
    async (event) => {
      asked.push(JSON.parse(event));
      return asked.length === 1 ? loads : answer;
    },
    manifest,
    examples,
  ).then(
    () => undefined,
    (reason: Error) => reason,
  );
  return { asked, failure, request: asked[1] as InferRequest | undefined };
}

describe('a version', () => {
  it('is proved when it loads and answers its example, twice over', async () => {
    const { asked, failure } = await tried(json(good));
    expect(failure).toBeUndefined();
    const data = [5, 12, 5, 12];
    const features = { name: 'features', datatype: 'FP64', shape: [2, 2], data };
    expect(asked).toEqual([
      { chorus: 'ready' },
      { inputs: [features], parameters: { chorus_trial: true } },
    ]);
  });

  it('is asked the example in its manifest rather than a workflow’s row', async () => {
    const features = { name: 'features', datatype: 'FP64', shape: [1, 2], data: [7, 8] } as const;
    const manifest: Manifest = { ...manifestOf(), example: { inputs: [features] } };
    const { request, failure } = await tried(json(good), { manifest });
    expect(failure).toBeUndefined();
    expect(request).toEqual({ inputs: [features], parameters: { chorus_trial: true } });
  });

  it.each([
    [error('ModelLoadError', 'gone'), 'ModelLoadError: gone'],
    [{ text: 'out of luck', isError: true }, 'out of luck'],
    [json({ ready: true, model_version: 'v2' }), 'v2 answered'],
    [json({ ready: true }), 'something else answered'],
    [json(null), 'something else answered'],
    [{ text: '<html>', isError: false }, 'something else answered'],
  ])('that does not load is asked nothing: %j', async (loads, message) => {
    const { asked, failure } = await tried(json(good), { loads });
    expect(failure).toMatchObject({ name: 'NotReadyError', message });
    expect(asked).toHaveLength(1);
  });

  it.each([
    [
      'AnswerTimedOutError',
      error('Sandbox.Timedout', 'RequestId: r Error: Task timed out after 6.00 seconds'),
      'more time',
    ],
    [
      'AnswerCrashedError',
      error('Runtime.ExitError', 'RequestId: r Error: Runtime exited with error: signal: killed'),
      'more memory',
    ],
    ['AnswerCrashedError', error('Runtime.ExitError', 'out of memory'), 'more memory'],
    [
      'AnswerCrashedError',
      error('Runtime.OutOfMemory', 'Runtime exited with error: signal: killed'),
      'more memory',
    ],
    ['AnswerFailedError', error('InternalError', 'the model failed'), 'next version'],
  ])('that fails is refused as %s', async (name, answer, remedy) => {
    const { failure } = await tried(answer);
    expect(failure).toMatchObject({ name });
    const { errorMessage } = JSON.parse(answer.text);
    expect(failure?.message).toMatch(new RegExp(`^${name}: asked its example, .*${errorMessage}`));
    expect(failure?.message).toContain(remedy);
  });

  const other = (change: object) => json({ ...good, outputs: [parts, { ...price, ...change }] });

  it.each([
    [{ text: 'no JSON', isError: false }, 'it answered no JSON object but no JSON'],
    [json(null), 'it answered no JSON object but null'],
    [json({ ...good, model_version: 'v2' }), 'v2 answered'],
    [json({ outputs: good.outputs }), 'something else answered'],
    [json({ ...good, outputs: {} }), 'it answered without price'],
    [json({ ...good, outputs: [null, price] }), 'it answered without parts'],
    [other({ datatype: 'FP32' }), 'its output price is FP32, not FP64'],
    [other({ shape: [1], data: [1] }), 'its output price has the shape [1], not [2] for 2 rows'],
    [other({ shape: [2, 1] }), 'has the shape [2,1], not [2]'],
    [other({ shape: [] }), 'has the shape [], not [2]'],
    [other({ shape: [2.5] }), 'has the shape [2.5], not [2]'],
    [other({ shape: 2 }), 'has the shape 2, not [2]'],
    [other({ data: [1, 2, 3] }), 'its output price has 3 values, not 2'],
    [other({ data: undefined }), 'its output price has 0 values, not 2'],
    [other({ data: [null, null] }), 'its output price has no finite number'],
    [other({ data: [1, true] }), 'its output price has the value true'],
    [other({ data: ['1', 2] }), 'its output price has the value "1"'],
  ])('that answers %j is refused', async (answer, problem) => {
    const { failure } = await tried(answer);
    expect(failure?.name).toBe('BadAnswerError');
    expect(failure?.message).toMatch(/^BadAnswerError: asked its example, .*next version/);
    expect(failure?.message).toContain(problem);
  });

  it('may answer, and is asked, what is too large as text as bytes', async () => {
    expect(
      (await tried(json({ ...good, outputs: [parts, packTensor(price)] }))).failure,
    ).toBeUndefined();
    const damaged = { ...price, data: undefined, parameters: { chorus_data: 'AAAA' } };
    expect((await tried(json({ ...good, outputs: [parts, damaged] }))).failure?.message).toContain(
      'its output price has 0 values, not 2',
    );
    const nothing = packTensor({ ...price, data: [Number.NaN, Number.POSITIVE_INFINITY] });
    expect((await tried(json({ ...good, outputs: [parts, nothing] }))).failure?.message).toContain(
      'its output price has no finite number',
    );
    const data = new Array<number>(1_000_000).fill(1 / 3);
    const large = { name: 'features', datatype: 'FP32', shape: [500_000, 2], data } as const;
    const { request } = await tried(json(good), { examples: [{ request: { inputs: [large] } }] });
    const [features] = request?.inputs ?? [];
    expect(features).not.toHaveProperty('data');
    expect(String(features?.parameters?.['chorus_data'])).toHaveLength(5_333_336);
  });

  it('may answer what is not finite, which is null, in some rows and in floats only', async () => {
    expect((await tried(other({ data: [1, null] }))).failure).toBeUndefined();
    const outputs = [{ name: 'count', datatype: 'INT64', shape: [-1] }] as const;
    const count = { ...outputs[0], shape: [2], data: [1, null] };
    const answer = json({ ...good, outputs: [count] });
    const { failure } = await tried(answer, { manifest: manifestOf({ outputs }) });
    expect(failure?.message).toContain('its output count has the value null');
  });

  it('may answer texts and truths where its manifest says so, and nothing else there', async () => {
    const outputs = [
      { name: 'label', datatype: 'BYTES', shape: [-1] },
      { name: 'sure', datatype: 'BOOL', shape: [-1, -1] },
    ] as const;
    const label = { ...outputs[0], shape: [2], data: ['cat', 'dog'] };
    const sure = { ...outputs[1], shape: [2, 0], data: [] };
    const manifest = manifestOf({ outputs });
    const answers = (...found: readonly object[]) => json({ ...good, outputs: found });
    expect((await tried(answers(label, sure), { manifest })).failure).toBeUndefined();
    const truths = { ...sure, shape: [2, 1], data: [true, false] };
    expect((await tried(answers(label, truths), { manifest })).failure).toBeUndefined();
    for (const wrong of [
      [{ ...label, data: ['cat', 5] }, sure],
      [label, { ...truths, data: [true, 1] }],
      [label, { ...sure, shape: [2, -1] }],
    ])
      expect((await tried(answers(...wrong), { manifest })).failure?.name).toBe('BadAnswerError');
  });
});

describe('what a version is asked', () => {
  it('is a request of its own before any row, as it is', async () => {
    const inputs = [{ name: 'features', datatype: 'FP64', shape: [1, 2], data: [1, 10] }] as const;
    const own = { ...good, outputs: [{ ...price, shape: [1], data: [1] }, { ...parts }] };
    const { failure, request } = await tried(json(own), {
      examples: [example, { request: { inputs } }],
    });
    expect(request).toEqual({ inputs, parameters: { chorus_trial: true } });
    // How many rows that are, only its author knows.
    expect(failure).toBeUndefined();
  });

  it('is one row where a request may have no more', async () => {
    const manifest = manifestOf({ maxBatch: 1 });
    const { request } = await tried(json(good), { manifest });
    expect(request?.inputs[0]).toMatchObject({ shape: [1, 2], data: [5, 12] });
  });

  it('is drawn from the manifest without an example that fits', async () => {
    const { request, failure } = await tried(error('InternalError', 'no'), {
      examples: [{ row: { rooms: 5, age: 'old' } }, { row: {} }],
    });
    const [rooms = 0, age = 0, ...more] = (request?.inputs[0]?.data ?? []) as number[];
    expect(more).toHaveLength(2);
    expect(more).not.toEqual([rooms, age]);
    expect(rooms > 1 && rooms < 9 && age > 10 && age < 20).toBe(true);
    expect(failure?.message).toContain('asked rows drawn from its manifest');
  });

  it('is the first of the categories where a text has some', async () => {
    const column = { name: 'plan', description: '', categories: ['free', 'pro'] };
    const inputs = [
      { name: 'plan', datatype: 'BYTES', shape: [-1, 1], columns: [column] },
      { name: 'note', datatype: 'BYTES', shape: [-1] },
    ] as const;
    const { request } = await tried(json(good), { examples: [], manifest: manifestOf({ inputs }) });
    expect(request?.inputs.map(({ data }) => data)).toEqual([
      ['free', 'free'],
      ['', ''],
    ]);
  });

  it('is zeros, or what is nearest to them, of every kind when nothing is said', async () => {
    const inputs = [
      {
        name: 'table',
        datatype: 'INT64',
        shape: [-1, 3],
        columns: [
          { name: 'a', description: '', minimum: 4 },
          { name: 'b', description: '', maximum: -3 },
          { name: 'c', description: '' },
        ],
      },
      { name: 'text', datatype: 'BYTES', shape: [-1] },
      { name: 'flag', datatype: 'BOOL', shape: [-1, -1] },
      {
        name: 'plan',
        datatype: 'BYTES',
        shape: [-1, 1],
        columns: [{ name: 'plan', description: '', categories: ['small', 'large'] }],
      },
    ] as const;
    const { request, failure } = await tried(error('InternalError', 'no'), {
      manifest: manifestOf({ inputs }),
    });
    expect(request?.inputs).toEqual([
      { name: 'table', datatype: 'INT64', shape: [2, 3], data: [4, -3, 0, 4, -3, 0] },
      { name: 'text', datatype: 'BYTES', shape: [2], data: ['', ''] },
      { name: 'flag', datatype: 'BOOL', shape: [2, 1], data: [false, false] },
      { name: 'plan', datatype: 'BYTES', shape: [2, 1], data: ['small', 'small'] },
    ]);
    expect(failure?.message).toContain('asked zeros (nothing says what its requests look like)');
  });

  it('is of no more than one image at a time, and any number of answers may come', async () => {
    const inputs = [{ name: 'pixels', datatype: 'FP32', shape: [-1, 2, 2, 1] }] as const;
    const boxes = { ...good, outputs: [{ ...price, shape: [5], data: [1, 2, 3, 4, 5] }, parts] };
    const { request, failure } = await tried(json(boxes), { manifest: manifestOf({ inputs }) });
    expect(request?.inputs[0]).toMatchObject({ shape: [1, 2, 2, 1], data: [0, 0, 0, 0] });
    expect(failure).toBeUndefined();
  });

  it.each([
    ['INT32', 2.6, 3],
    ['UINT8', 2.4, 2],
    ['FP32', 2.6, 2.6],
    ['BOOL', 0.6, true],
    ['BOOL', 0.5, false],
  ] as const)('is of %s: %d becomes %j', async (datatype, value, element) => {
    const [features] = schema.inputs;
    const inputs = [{ ...features, name: 'features', datatype, shape: [-1, 2] }];
    const { request } = await tried(json(good), {
      manifest: manifestOf({ inputs }),
      examples: [{ row: { rooms: value, age: value } }],
    });
    expect(request?.inputs[0]?.data[0]).toBe(element);
  });
});
