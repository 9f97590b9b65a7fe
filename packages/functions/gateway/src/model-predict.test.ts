import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChurnInTest, startChurn, table, tensor } from './testing/churn-in-test.ts';
import type { Reply } from './testing/fake-aws.ts';
import { house } from './testing/gateway-in-test.ts';

let churn: ChurnInTest;
beforeEach(async () => {
  churn = await startChurn();
});
afterEach(() => churn.close());

describe('a model of a table', () => {
  beforeEach(() => churn.add(table));

  it('takes one row by the names of its features, in any order', async () => {
    const told = await churn.predict({ fee: 9.5, age: 40 });
    expect(told.status).toBe(200);
    expect(told.headers['x-request-id']).toBe('gateway-7');
    expect(told.json()).toEqual({
      predictions: [{ label: 0, chances: { stays: 0, leaves: 1 }, score: 0 }],
      model: { name: 'churn', version: 'v1', durationMs: 0.25, coldStart: true },
      requestId: 'gateway-7',
    });
    expect(churn.events).toEqual([
      {
        id: 'gateway-7',
        parameters: { chorus_deadline_ms: expect.any(Number) },
        inputs: [tensor('X', 'FP32', [1, 2], [40, 9.5])],
      },
    ]);
  });

  it('takes several rows, as objects and as arrays, and null where a value is missing', async () => {
    const told = await churn.predict({ instances: [{ age: 1, fee: null }, [2, 3]] });
    expect(told.json()['predictions']).toEqual([
      { label: 0, chances: { stays: 0, leaves: 1 }, score: 0 },
      { label: 1, chances: { stays: 1, leaves: 0 }, score: null },
    ]);
    expect(churn.events[0]?.inputs).toEqual([tensor('X', 'FP32', [2, 2], [1, null, 2, 3])]);
  });

  it.each([
    [{ age: 1 }, 400, 'missing feature "fee"'],
    [{}, 400, 'missing feature "age", "fee"'],
    [
      { age: 1, Fee: 2 },
      400,
      'missing feature "fee"; unknown feature "Fee"; there is "age", "fee"',
    ],
    [{ age: 1, fee: 2, x: 3 }, 400, 'unknown feature "x"; there is "age", "fee"'],
    [
      { age: '40', fee: 2 },
      400,
      'feature "age": expected a finite number within FP32, or null, got "40"',
    ],
    [
      { age: [40], fee: 2 },
      400,
      'feature "age": expected a finite number within FP32, or null, got an array',
    ],
    [{ age: 200, fee: 2 }, 422, 'feature "age": expected 0 to 150, got 200'],
    [{ instances: [[1, 2], { age: 1 }] }, 400, 'instances[1]: missing feature "fee"'],
    [{ instances: [[1, 2], [1]] }, 400, 'instances[1]: expected 2 values ("age", "fee"), got 1'],
    [
      { instances: [[1, 2], 5] },
      400,
      'instances[1]: expected an object of the features "age", "fee", got 5',
    ],
    [
      {
        instances: [
          [1, 2],
          [-1, 2],
        ],
      },
      422,
      'instances[1], feature "age": expected 0 to 150, got -1',
    ],
    [
      {
        instances: [
          [1, 2],
          [1, true],
        ],
      },
      400,
      'instances[1], feature "fee": expected a finite number within FP32, or null, got true',
    ],
    [
      {
        instances: [
          [1, 2],
          [1, 2],
          [1, 2],
          [1, 2],
        ],
      },
      400,
      'input "X": 4 rows; at most 3 per request',
    ],
    [{ instances: [] }, 400, 'instances: expected at least one row, got none'],
    [{ instances: { age: 1, fee: 2 } }, 400, 'instances: expected an array, got an object'],
    [
      { instances: [[1, 2]], rows: 1 },
      400,
      'unknown "rows" beside instances; there is "parameters"',
    ],
    [{ age: 1, fee: 2, parameters: 5 }, 400, 'parameters: expected an object, got 5'],
    [
      { age: 1, fee: 2, parameters: { id: 5 } },
      400,
      'parameters: unknown "id"; there is "timeout", in microseconds',
    ],
    [
      { age: 1, fee: 2, parameters: { timeout: 0 } },
      400,
      'parameters.timeout: expected a positive number of microseconds, got 0',
    ],
    [[{ age: 1, fee: 2 }], 400, 'expected a JSON object, got an array'],
    ['age=1', 400, 'expected a JSON object, got "age=1"'],
  ])('refuses %j in the words of its caller', async (body, status, message) => {
    expect(await churn.error(body)).toEqual([status, message]);
    expect(churn.events).toEqual([]);
  });

  it('asks once, and for its manifest no more than every ten seconds', async () => {
    for (const age of [1, 2, 3]) await churn.predict({ age, fee: 1 });
    expect([churn.calls('invoke'), churn.calls('configuration'), churn.calls('get')]).toEqual([
      3, 1, 1,
    ]);
  });

  it('has as much time as its caller gives it', async () => {
    const before = Date.now();
    await churn.predict({ age: 1, fee: 2, parameters: { timeout: 2_000_000 } });
    const deadlineMs = Number(churn.events[0]?.parameters['chorus_deadline_ms']);
    expect(deadlineMs - before).toBeGreaterThanOrEqual(2_000);
    expect(deadlineMs).toBeLessThanOrEqual(Date.now() + 2_000);
  });

  it('tells failures as they are elsewhere', async () => {
    const failing = (fails: Reply): void => churn.add({ ...table, answer: () => ({ fails }) });
    const failed = { errorType: 'InternalError', errorMessage: 'the model churn failed' };
    failing({ functionError: failed });
    expect(await churn.error({ age: 1, fee: 2 })).toEqual([500, 'the model churn failed']);
    failing({ refusal: 'TooManyRequestsException', status: 429 });
    expect((await churn.predict({ age: 1, fee: 2 })).status).toBe(429);
    failing({ payload: { outputs: 5 } });
    expect((await churn.predict({ age: 1, fee: 2 })).status).toBe(500);
  });
});

describe('POST /predict/{model}', () => {
  it('asks a model with a package as well', async () => {
    const told = await churn.predict({ instances: [house] }, 'svr');
    expect(told.json()).toMatchObject({
      predictions: [{ price: expect.any(Number) }],
      model: { name: 'svr', version: 'v1' },
    });
  });

  it('is 404 for a name that is nothing, and for a workflow', async () => {
    const nothing = await churn.predict({}, 'chrun');
    expect([nothing.status, nothing.json()['error']]).toEqual([
      404,
      'no model "chrun"; this server has house-price, linear-regression, random-forest, svr, churn',
    ]);
    const workflow = await churn.predict({}, 'house-price');
    expect([workflow.status, workflow.json()['error']]).toEqual([
      404,
      '"house-price" is a workflow with a route of its own; the models that are asked here are linear-regression, random-forest, svr, churn',
    ]);
  });

  describe.each(['/predict/svr', '/v2/models/svr/infer', '/v2/models/house-price/infer'])(
    'does not ignore in %s what only the routes of workflows take:',
    (path) => {
      it.each([{ async: '1' }, { async: '2' }, { trace: '1' }, { async: '0', trace: 'yes' }])(
        '%j',
        async (query) => {
          const told = await churn.gateway.ask({
            method: 'POST',
            path,
            query,
            body: { instances: [house] },
          });
          expect([told.status, told.json()['error']]).toEqual([
            400,
            expect.stringContaining('only the routes of workflows take it, /predict/house-price;'),
          ]);
          expect(churn.events).toEqual([]);
        },
      );
    },
  );

  it.each([{ async: '0' }, { async: '', trace: '0' }, { other: '1' }])(
    'is asked with %j as without',
    async (query) => {
      const path = '/predict/svr';
      const told = await churn.gateway.ask({
        method: 'POST',
        path,
        query,
        body: { instances: [house] },
      });
      expect(told.status).toBe(200);
    },
  );

  it('takes POST, and JSON', async () => {
    churn.add(table);
    const got = await churn.gateway.ask({ path: '/predict/churn' });
    expect([got.status, got.headers['allow']]).toEqual([405, 'POST']);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await churn.predict({ age: 1, fee: 2 }, 'churn', form)).status).toBe(415);
    const bytes = { 'content-type': 'application/octet-stream' };
    expect((await churn.predict({ age: 1, fee: 2 }, 'churn', bytes)).status).toBe(415);
    const json = { 'content-type': 'application/json; charset=utf-8' };
    expect((await churn.predict({ age: 1, fee: 2 }, 'churn', json)).status).toBe(200);
  });

  it('is 503 while the manifest cannot be read', async () => {
    churn.add(table);
    churn.gateway.aws.objects.delete('chorus-models/models/churn/v1/manifest.json');
    expect((await churn.predict({ age: 1, fee: 2 })).status).toBe(503);
  });
});

describe('a missing value by tensors', () => {
  it('reaches a model that takes it, in JSON and in bytes, and is refused by name elsewhere', async () => {
    churn.add(table);
    const path = '/v2/models/churn/infer';
    const body = { inputs: [tensor('X', 'FP32', [1, 2], [null, 2])] };
    for (const _ of [1, 2]) {
      expect((await churn.gateway.ask({ method: 'POST', path, body })).status).toBe(200);
      expect(churn.events.at(-1)?.inputs[0]?.data).toEqual([null, 2]);
    }
    const inputs = [tensor('features', 'FP64', [1, 13], [null, ...house.slice(1)])];
    const told = await churn.gateway.ask({
      method: 'POST',
      path: '/v2/models/svr/infer',
      body: { inputs },
    });
    expect([told.status, told.json()['error']]).toEqual([
      400,
      expect.stringContaining('column "CRIM": expected a finite number within FP64, got null'),
    ]);
  });
});
