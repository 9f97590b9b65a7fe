import { compile, execute, StatesError, systemClock } from '@chorus/asl';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { narrow, needsOfWorkflow } from '../index.ts';
import { routesTo } from '../serve-workflows.ts';
import { linkedBlueprint } from '../testing/index.ts';
import { openTables, type Tables } from '../testing/tables.ts';
import type { Blueprint } from '../types.ts';
import { idempotent } from './idempotent.ts';
import type { OnceInput } from './once.ts';

const { machines, tables: specs, routes } = idempotent(routesTo(linkedBlueprint.workflows));
const [once] = machines;
if (once === undefined) throw new TypeError('there is no machine');
const machine = compile(once.definition, {
  name: once.name,
  substitutions: { REQUESTS_TABLE: 'requests' },
});

let tables: Tables;
/** The inputs of the executions that were started. */
let started: string[];
/** What StartSyncExecution answers. */
let answer: () => unknown | Promise<unknown>;

const output = (statusCode: number, body: object = { predictions: [started.length] }): unknown => ({
  Status: 'SUCCEEDED',
  Output: JSON.stringify({ statusCode, body }),
});

beforeEach(async () => {
  tables = await openTables(specs);
  started = [];
  answer = () => output(200);
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
});

afterEach(async () => {
  vi.useRealTimers();
  await tables.close();
});

const request: OnceInput = {
  text: '{"A": 0.30000000000000004}',
  key: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  route: '/predict/price',
  caller: '',
  machine: 'arn:price',
};

let executions = 0;

/** Sends a request; its answer, as the route gives it. */
async function send(change: Partial<OnceInput> = {}) {
  executions += 1;
  const result = await execute(
    machine,
    { ...request, ...change },
    {
      executionName: `r-${executions}`,
      clock: { ...systemClock, now: () => Date.now() },
      retryScale: 0,
      async runTask(task) {
        const asked = tables.runTask(task);
        if (asked !== undefined) return asked;
        started.push(Object(task.arguments).Input);
        return answer();
      },
    },
  );
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return result.output as {
    readonly statusCode: number;
    readonly body: Readonly<Record<string, unknown>>;
  };
}

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

describe('requests with the same key', () => {
  it('have the same answer, of one execution, which got the body to the letter', async () => {
    const first = await send();
    expect(first).toEqual({ statusCode: 200, body: { predictions: [1] } });
    expect(await send()).toEqual(first);
    expect(await send({ key: `"${request.key}"` })).toEqual(first);
    expect(started).toEqual([request.text]);
  });

  it('run once when ten come together; the others are told to come again', async () => {
    let end = () => {};
    answer = async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return output(200);
    };
    const all = Array.from({ length: 10 }, () => send());
    expect(await Promise.race(all)).toMatchObject({ statusCode: 409, body: { retryAfter: 1 } });
    await expect.poll(() => tables.asked.filter((each) => each === 'GetItem')).toHaveLength(9);
    end();
    const statuses = (await Promise.all(all)).map(({ statusCode }) => statusCode);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    expect(started).toHaveLength(1);
    expect(await send()).toMatchObject({ statusCode: 200 });
    expect(started).toHaveLength(1);
  });

  it('and another body are 422, whatever became of the first', async () => {
    await send();
    for (const text of ['{"A":0.30000000000000004}', '{"A": 1}', ''])
      expect(await send({ text })).toMatchObject({ statusCode: 422 });
    expect(await send({ machine: 'arn:price-accept' })).toMatchObject({ statusCode: 422 });
    expect(started).toHaveLength(1);
  });

  it.each([
    ['route', { route: '/predict/other' }],
    ['caller', { caller: 'someone' }],
  ])('of another %s are others', async (_, change) => {
    await send();
    expect(await send(change)).toMatchObject({ body: { predictions: [2] } });
  });

  it('are new ones after a day', async () => {
    await send();
    later(86_399);
    await send();
    expect(started).toHaveLength(1);
    later(1);
    await send({ text: '{"A": 1}' });
    expect(started).toHaveLength(2);
  });

  it.each([200, 202, 400, 404, 409, 413, 422])('keep an answer of %i', async (status) => {
    answer = () => output(status);
    const first = await send();
    answer = () => output(200);
    expect(await send()).toEqual(first);
  });

  it.each([
    ['429', () => output(429), 429],
    ['503', () => output(503), 503],
    ['a time-out', () => ({ Status: 'TIMED_OUT' }), 504],
    ['a failure', () => ({ Status: 'FAILED', Error: 'States.Runtime' }), 500],
    ['an abortion', () => ({ Status: 'ABORTED' }), 500],
    [
      'what is no JSON',
      () => {
        throw new StatesError('Sfn.InvalidExecutionInputException', '');
      },
      400,
    ],
    [
      'what is too large together',
      () => {
        throw new StatesError('States.DataLimitExceeded', '');
      },
      413,
    ],
    [
      'no start',
      () => {
        throw new StatesError('Sfn.SfnException', '');
      },
      503,
    ],
  ])('may be tried again after %s', async (_, fails, status) => {
    answer = fails;
    expect(await send()).toMatchObject({
      statusCode: status,
      body: status === 429 || status === 503 ? {} : { error: expect.any(String) },
    });
    answer = () => output(200);
    expect(await send({ text: '{"A": 1}' })).toMatchObject({ statusCode: 200 });
  });

  it('may be tried again when the first was killed, once it cannot run any more', async () => {
    answer = () => new Promise(() => {});
    // It ends when the machine's own time is over.
    send().catch(() => {});
    await expect.poll(() => started.length).toBe(1);
    answer = () => output(200);
    later(35);
    expect(await send()).toMatchObject({ statusCode: 409 });
    later(1);
    expect(await send({ text: '{}' })).toMatchObject({ statusCode: 422 });
    expect(await send()).toMatchObject({ statusCode: 200 });
  });
});

describe('a table that', () => {
  const fails = () => Promise.reject(new StatesError('DynamoDB.InternalServerErrorException', ''));

  it('cannot be written lets no request with a key run', async () => {
    tables.trouble['PutItem'] = fails;
    expect(await send()).toMatchObject({ statusCode: 503 });
    expect(started).toEqual([]);
  });

  it('lost the answer to a claim is asked again, and the request runs', async () => {
    let lost = true;
    tables.trouble['PutItem'] = async () => {
      if (!lost) return;
      lost = false;
      await tables.run('PutItem', {
        TableName: 'requests',
        Item: {
          id: { S: `/predict/price  ${request.key}` },
          claimant: { S: `r-${executions}` },
        },
      });
      throw new StatesError('States.TaskFailed', '');
    };
    expect(await send()).toMatchObject({ statusCode: 200 });
  });

  it('fails for a moment is asked again; one that cannot keep the answer takes none away', async () => {
    let failures = 1;
    tables.trouble['UpdateItem'] = async () => {
      failures -= 1;
      if (failures >= 0) await fails();
    };
    await send();
    expect(await send()).toMatchObject({ body: { predictions: [1] } });
    tables.trouble['UpdateItem'] = fails;
    expect(await send({ key: 'other' })).toMatchObject({ statusCode: 200 });
    tables.trouble['GetItem'] = fails;
    expect(await send()).toMatchObject({ statusCode: 503 });
  });
});

it.each(['a'.repeat(128), '"a b"'.replace(' ', '_'), '!#[]~', '1'])('takes %j', async (key) => {
  expect(await send({ key })).toMatchObject({ statusCode: 200 });
});

it.each(['', '""', 'a'.repeat(129), 'a b', '"a', 'a"', '"a"b"', 'a\\b', 'é', 'a\n', '\u0000'])(
  'refuses %j, and runs nothing',
  async (key) => {
    expect(await send({ key })).toMatchObject({
      statusCode: 400,
      body: { error: expect.stringContaining('Idempotency-Key: expected') },
    });
    expect([started, tables.asked]).toEqual([[], []]);
  },
);

it('tells any two bodies apart', async () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .constantFrom('a', 'ü', '😀')
      .chain((one) => fc.integer({ min: 2400, max: 5100 }).map((length) => one.repeat(length))),
  );
  let count = 0;
  await fc.assert(
    fc.asyncProperty(body, body, async (one, other) => {
      count += 1;
      const key = `k-${count}`;
      await send({ key, text: one });
      const { statusCode } = await send({ key, text: other });
      expect(statusCode).toBe(one === other ? 200 : 422);
    }),
    { numRuns: 60 },
  );
});

describe('the machine', () => {
  const service: Blueprint = { ...linkedBlueprint, machines, tables: specs, routes };

  it('may start what its routes lead to, and change its table', () => {
    const { statements } = needsOfWorkflow(once, service);
    const rights = statements.map(({ actions, resources }) => [actions, resources.length]);
    expect(rights).toContainEqual([
      ['states:StartSyncExecution'],
      linkedBlueprint.workflows.length,
    ]);
    expect(routes.every((route) => 'workflow' in route && route.once === 'once')).toBe(true);
  });

  it('starts what is left of a service, and goes with the last', () => {
    const [first] = linkedBlueprint.workflows;
    const part = narrow(service, { workflows: [first?.name ?? ''] });
    const link = part.machines?.[0]?.links?.find(({ kind }) => kind === 'executions');
    expect(link).toMatchObject({ names: [first?.name] });
    expect(narrow(service, { workflows: [] }).machines).toEqual([]);
    expect(idempotent([]).machines).toEqual([]);
  });
});
