import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ModelSchema } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { ordinaryLeastSquares, type Table, trainOn } from '@chorus/training';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { evaluateCandidate } from './evaluate.ts';
import type { Candidate } from './inputs.ts';

const schema: ModelSchema = {
  name: 'toy',
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 1] }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 50,
};

/** Rows of `3x + 1`, with an error that alternates. */
const tableOf = (from: number, rows: number): Table => ({
  columns: ['x'],
  features: Float64Array.from({ length: rows }, (_, row) => from + row),
  target: Float64Array.from({ length: rows }, (_, row) => 3 * (from + row) + 1 + (row % 2) / 10),
});

type Answer = (features: readonly number[], call: number) => object;

let server: Server;
let lambda: LambdaClient;
let candidate: Candidate;
let answer: Answer;
let calls = 0;
beforeAll(async () => {
  const { bytes, manifest } = await trainOn(
    {
      dataset: { name: 'toy', rows: 240, sha256: 'a'.repeat(64) },
      training: tableOf(0, 120),
      heldOut: tableOf(500, 120),
    },
    { schema, trainer: ordinaryLeastSquares, options: {}, seed: 0 },
  );
  candidate = { bytes, manifest };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [input] = JSON.parse(body).inputs;
    const said = answer(input.data, calls++);
    const isError = 'errorType' in said;
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(isError && { 'x-amz-function-error': 'Unhandled' }),
    });
    response.end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  lambda = new LambdaClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
});
afterEach(() => {
  calls = 0;
});
afterAll(async () => {
  lambda.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A live version that answers by a function. */
const version =
  (name: string, of: (x: number) => number): Answer =>
  (features) => ({ model_version: name, outputs: [{ name: 'price', data: features.map(of) }] });

const split = { seed: 0, share: 0.2 };

const manifestOf = (rmse: number, rule: object | undefined): Manifest => ({
  ...candidate.manifest,
  version: 'v1',
  training: {
    split: {
      trainRows: 1,
      testRows: 1,
      ...(rule && { rule: { by: 'features', ...split, ...rule } }),
    },
    metrics: { rmse },
  },
});

const evaluate = (margin = 0, manifest?: Manifest, functionName: string | undefined = 'toy:live') =>
  evaluateCandidate({ model: 'toy', output: 'out/' }, candidate, {
    lambda,
    functionName,
    manifestOf: async () => manifest,
    rows: tableOf(1000, 120),
    step: { margin, split },
  });

it('a candidate that is better beyond doubt is chosen, and its figures are those of the rows', async () => {
  answer = version('v1', (x) => 3 * x + 5);
  const evaluation = await evaluate(0, manifestOf(4, {}));
  expect(evaluation).toMatchObject({
    chosen: true,
    rows: 120,
    champion: { version: 'v1' },
    reason: expect.stringMatching(/^better: RMSE 0\.0\d+, v1 has 3\.950; it is smaller by /),
    warnings: [],
  });
  // 120 rows, of which it takes 50 at once.
  expect(calls).toBe(3);
  expect(evaluation.champion?.rmse.value).toBeCloseTo(Math.sqrt((4 ** 2 + 3.9 ** 2) / 2), 9);
  expect(evaluation.difference?.low).toBeGreaterThan(3);
});

it('a candidate that is as good, worse, or not better by the margin is not', async () => {
  answer = version('v1', (x) => 3 * x + 1.05);
  expect(await evaluate()).toMatchObject({ chosen: false });
  answer = version('v1', (x) => 3 * x + 1);
  const { reason, chosen } = await evaluate(0.9);
  expect(chosen).toBe(false);
  expect(reason).toMatch(/^not better beyond doubt: .*, and has to be by /);
  expect((await evaluate(0)).chosen).toBe(true);
});

it('a reader is told when the live version may have seen the rows, or the data is another', async () => {
  answer = version('v1', (x) => 3 * x + 5);
  const [rule, data] = (await evaluate(0, manifestOf(0.1, undefined))).warnings;
  expect(rule).toContain('v1 was split by another rule');
  expect(data).toContain('had an RMSE of 0.1000 when it was published, and has 3.950 here');
  expect((await evaluate(0, manifestOf(4, { seed: 7 }))).warnings).toHaveLength(1);
  expect((await evaluate(0, undefined)).warnings).toMatchObject([
    expect.stringContaining('v1 is not in the registry any more'),
  ]);
});

it('what is asked while another version becomes live is asked again, of one version', async () => {
  answer = (features, call) => version(call < 2 ? 'v1' : 'v2', (x) => 3 * x)(features, call);
  expect((await evaluate()).champion?.version).toBe('v2');
  expect(calls).toBe(6);
  answer = (features, call) => version(`v${call}`, (x) => 3 * x)(features, call);
  await expect(evaluate()).rejects.toMatchObject({
    name: 'ChampionError',
    message: expect.stringContaining('became live all the time'),
  });
});

it.each<[string, Answer, string]>([
  ['fails', () => ({ errorType: 'Broken', errorMessage: 'no' }), 'failed: Broken: no'],
  ['answers too few', version('v1', () => Number.NaN), 'did not answer 50 finite numbers'],
  ['answers something else', () => ({ outputs: 7 }), 'did not answer 50 finite numbers'],
])(
  'a live version that %s keeps its place until a person has looked',
  async (_what, said, message) => {
    answer = said;
    await expect(evaluate()).rejects.toMatchObject({
      name: 'ChampionError',
      message: expect.stringContaining(message),
    });
  },
);

it('without a live version the candidate is chosen', async () => {
  const evaluation = await evaluateCandidate({ model: 'toy', output: 'out/' }, candidate, {
    lambda,
    functionName: undefined,
    manifestOf: async () => undefined,
    rows: tableOf(1000, 120),
    step: { margin: 0, split },
  });
  expect(evaluation).toMatchObject({ champion: null, chosen: true, reason: 'no version is live' });
  expect(calls).toBe(0);
});
