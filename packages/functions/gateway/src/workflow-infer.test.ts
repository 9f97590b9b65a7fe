import { encodeInferRequest, type InferRequest } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from './testing/fake-aws.ts';
import { execution, priceOf, succeed, workflowArn } from './testing/fake-models.ts';
import {
  type GatewayInTest,
  house,
  housesRequest,
  startGateway,
} from './testing/gateway-in-test.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.close());

const path = '/v2/models/house-price/infer';

function infer(body: unknown, headers: Record<string, string> = {}) {
  return gateway.ask({ method: 'POST', path, headers, body });
}

function answerWith(reply: Reply): void {
  gateway.aws.machines.set(workflowArn, () => reply);
}

function output(statusCode: number, body: unknown): void {
  answerWith(execution({ status: 'SUCCEEDED', output: JSON.stringify({ statusCode, body }) }));
}

/** Returns the input that went to Step Functions. */
function started(): {
  input: { instances: unknown; parameters: { timeout: number } };
  name: string;
} {
  const { input, ...others } = JSON.parse(gateway.aws.calls[0]?.body ?? '{}');
  return { input: JSON.parse(input), ...others };
}

const prices = ['linear-regression', 'random-forest', 'svr'].map((name) => priceOf(name, house));

describe('an inference by a workflow', () => {
  it('answers with one output per model, their mean, and the facts of each model', async () => {
    const told = await infer(housesRequest([house], { id: 'mine' }));
    expect(told.status).toBe(200);
    const facts = (model: string) => ({
      [`chorus_${model}_version`]: 'v1',
      [`chorus_${model}_duration_ms`]: 1.5,
      [`chorus_${model}_cold_start`]: false,
      [`chorus_${model}_attempts`]: 1,
    });
    const price = (name: string, value: number | undefined) => ({
      name,
      datatype: 'FP64',
      shape: [1],
      data: [value],
    });
    expect(told.json()).toEqual({
      model_name: 'house-price',
      model_version: '1',
      id: 'mine',
      parameters: {
        ...facts('linear_regression'),
        ...facts('random_forest'),
        ...facts('svr'),
        chorus_cost_usd: expect.any(Number),
      },
      outputs: [
        price('linear-regression', prices[0]),
        price('random-forest', prices[1]),
        price('svr', prices[2]),
        price('ensemble', prices.reduce((sum, value) => sum + value) / 3),
      ],
    });
  });

  it('starts the state machine with rows, the time left, and the id as name', async () => {
    const rows = [house, house.with(0, 0.5)];
    const parameters = { timeout: 3_000_000 };
    await infer(housesRequest(rows, { id: 'mine-1', parameters }));
    const { input, name } = started();
    expect(input.instances).toEqual(rows);
    expect(input.parameters.timeout).toBeGreaterThan(2_000_000);
    expect(input.parameters.timeout).toBeLessThanOrEqual(3_000_000);
    expect(name).toBe('mine-1');
  });

  it('names the execution after the request when the id is no name', async () => {
    await infer(housesRequest([house], { id: 'a/b c' }));
    expect(started().name).toBe('gateway-7');
  });

  it('calls an endpoint of its own by its one name', async () => {
    await infer(housesRequest());
    expect(gateway.aws.calls[0]?.headers['host']).toBe(new URL(gateway.aws.endpoint).host);
  });

  it('gives the outputs asked for, in the order asked', async () => {
    const outputs = [{ name: 'ensemble' }, { name: 'svr' }];
    expect((await infer(housesRequest([house], { outputs }))).json()['outputs']).toMatchObject([
      { name: 'ensemble' },
      { name: 'svr' },
    ]);
  });

  it('takes and gives bytes', async () => {
    const request = housesRequest([house, house], {
      outputs: [{ name: 'svr', parameters: { binary_data: true } }, { name: 'ensemble' }],
    });
    const { body, headers } = encodeInferRequest(request as unknown as InferRequest, {
      binary: true,
    });
    const told = await infer(body, headers);
    const length = Number(told.headers['inference-header-content-length']);
    expect(told.body.length - length).toBe(16);
    expect(told.body.readDoubleLE(length + 8)).toBe(priceOf('svr', house));
  });

  it('has the one version 1', async () => {
    const ask = (version: string) =>
      gateway.ask({
        method: 'POST',
        path: `/v2/models/house-price/versions/${version}/infer`,
        body: housesRequest(),
      });
    expect((await ask('1')).status).toBe(200);
    expect((await ask('2')).json()['error']).toContain('has the one version "1"');
  });
});

describe('wrong inputs of a workflow', () => {
  it.each<[string, object, number, string]>([
    ['out of range', housesRequest([house.with(3, 2)]), 422, 'column "CHAS"'],
    ['too narrow', { inputs: [tensor([1, 2], [1, 2])] }, 400, 'expected shape [-1,13]'],
    ['empty', { inputs: [tensor([0, 13], [])] }, 400, 'at least one row'],
    ['unnamed', { inputs: [{ ...tensor([1], [1]), name: 'x' }] }, 400, 'missing: "features"'],
    [
      'asking for no output there is',
      housesRequest([house], { outputs: [{ name: 'mean' }] }),
      400,
      'unknown: "mean"',
    ],
  ])('%s never start it', async (_, body, status, reason) => {
    const told = await infer(body);
    expect(told.status).toBe(status);
    expect(told.json()['error']).toContain(reason);
    expect(gateway.aws.calls).toEqual([]);
  });

  it('larger than Step Functions takes are refused with the number of rows that fit', async () => {
    const rows = Array.from({ length: 1000 }, () => house.map(() => 1.234567890123456e-7));
    const told = await infer(housesRequest(rows));
    expect(told.status).toBe(413);
    const [, count] = /send about (\d+) rows/.exec(String(told.json()['error'])) ?? [];
    expect(Number(count)).toBeGreaterThan(850);
    expect(gateway.aws.calls).toEqual([]);
    expect((await infer(housesRequest(rows.slice(0, Number(count))))).status).toBe(200);
  });
});

function tensor(shape: number[], data: number[]): object {
  return { name: 'features', datatype: 'FP64', shape, data };
}

describe('a workflow without one of its models', () => {
  const failed = { svr: { error: 'ModelLoadError', message: 'no "weights" there' } };

  beforeEach(() => {
    gateway.aws.machines.set(workflowArn, (input) => succeed(input, failed));
  });

  it('answers with the others and says which is missing and why', async () => {
    const told = await infer(housesRequest());
    expect(told.status).toBe(200);
    const { outputs, parameters } = told.json();
    expect(outputs).toMatchObject([
      { name: 'linear-regression' },
      { name: 'random-forest' },
      { name: 'ensemble', data: [((prices[0] ?? 0) + (prices[1] ?? 0)) / 2] },
    ]);
    expect(outputs).toHaveLength(3);
    expect(parameters).toMatchObject({
      chorus_partial: true,
      chorus_failed: 'svr',
      chorus_svr_error: 'ModelLoadError: no "weights" there',
      chorus_random_forest_version: 'v1',
    });
    expect(parameters).not.toHaveProperty('chorus_svr_version');
  });

  it('answers those who ask for outputs that are there', async () => {
    const outputs = [{ name: 'random-forest' }];
    expect((await infer(housesRequest([house], { outputs }))).status).toBe(200);
  });

  it('is unavailable, and says why, to those who ask for the missing output', async () => {
    const told = await infer(housesRequest([house], { outputs: [{ name: 'svr' }] }));
    expect([told.status, told.json()]).toEqual([
      503,
      { error: 'output "svr" is not available: ModelLoadError: no "weights" there' },
    ]);
  });
});

describe('failures of a workflow', () => {
  it.each([400, 422, 429, 503, 504])('keep the status %i that it chose', async (status) => {
    output(status, { error: 'said by the workflow', requestId: 'x' });
    const told = await infer(housesRequest());
    expect([told.status, told.json()]).toEqual([status, { error: 'said by the workflow' }]);
  });

  it('are 504 when it timed out', async () => {
    answerWith(execution({ status: 'TIMED_OUT', error: 'States.Timeout' }));
    const told = await infer(housesRequest());
    expect([told.status, told.json()]).toEqual([
      504,
      { error: 'workflow "house-price" took too long and was stopped' },
    ]);
  });

  it('are 504 at the deadline of the caller', async () => {
    answerWith('silence');
    const told = await infer(housesRequest([house], { parameters: { timeout: 40_000 } }));
    expect([told.status, told.json()]).toEqual([
      504,
      { error: 'the deadline passed before workflow "house-price" answered' },
    ]);
  });

  it('are 500 without its cause when the state machine itself broke, the cause in the log', async () => {
    const cause = '{"errorMessage":"a \\"quoted\\" secret"}';
    answerWith(execution({ status: 'FAILED', error: 'States.QueryEvaluationError', cause }));
    const told = await infer(housesRequest());
    expect(told.status).toBe(500);
    expect(told.body.toString()).not.toContain('secret');
    expect(told.notes['reason']).toContain('secret');
    answerWith(execution({ status: 'FAILED' }));
    expect((await infer(housesRequest())).status).toBe(500);
  });

  it.each([
    ['ThrottlingException', 429],
    ['StateMachineDoesNotExist', 503],
    ['InternalFailure', 503],
  ])('that Step Functions reports as %s are %i', async (refusal, expected) => {
    answerWith({ refusal, status: refusal === 'InternalFailure' ? 500 : 400 });
    expect((await infer(housesRequest())).status).toBe(expected);
  });

  it.each<[string, () => void]>([
    ['no predictions', () => output(200, {})],
    ['predictions without numbers', () => output(200, { predictions: [{ svr: null }] })],
    ['no status', () => answerWith(execution({ status: 'SUCCEEDED', output: '{"a":1}' }))],
    ['an error without words', () => output(503, {})],
    ['no JSON', () => answerWith(execution({ status: 'SUCCEEDED', output: 'oh' }))],
  ])('to answer in the agreed form are 500: %s', async (_, arrange) => {
    arrange();
    expect((await infer(housesRequest())).status).toBe(500);
  });
});

describe('the times of a workflow', () => {
  const trace = { startedAt: '2026-11-29T18:00:00.000Z', durationMs: 3, steps: [] };

  it('come from its state machine with a timeline, as JSON in a parameter', async () => {
    gateway.aws.machines.set(`${workflowArn}-traced`, () =>
      execution({
        status: 'SUCCEEDED',
        output: JSON.stringify({
          statusCode: 200,
          body: {
            predictions: [{ 'linear-regression': 1, 'random-forest': 2, svr: 3, ensemble: 2 }],
            models: {},
            failed: {},
            trace,
          },
        }),
      }),
    );
    const told = await infer(housesRequest([house], { parameters: { chorus_trace: true } }));
    expect(told.status).toBe(200);
    const { chorus_trace: text } = Object(told.json()['parameters']);
    expect(JSON.parse(text)).toEqual(trace);
  });

  it('are not in an answer that was not asked for them', async () => {
    const told = await infer(housesRequest([house], { parameters: { chorus_trace: false } }));
    expect(told.status).toBe(200);
    expect(told.json()['parameters']).not.toHaveProperty('chorus_trace');
  });

  it.each(['yes', 1])('are refused for %j', async (value) => {
    const told = await infer(housesRequest([house], { parameters: { chorus_trace: value } }));
    expect(told.status).toBe(400);
    expect(told.json()['error']).toContain('chorus_trace: expected true or false');
  });
});
