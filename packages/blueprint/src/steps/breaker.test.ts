import { compile, execute, type StateMachine, systemClock } from '@chorus/asl';
import type { TensorSpec } from '@chorus/protocol';
import { type BreakerState, notItsFault, settingsOf, stateOf } from '@chorus/resilience';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type AskOptions,
  ask,
  breakerTables,
  each,
  fallback,
  first,
  gather,
  mean,
  model,
  needsOfWorkflow,
  output,
  rows,
  type Step,
  sequence,
  substitutionKey,
  task,
  workflow,
} from '../index.ts';
import { answers, type Functions, fails, type Output } from '../testing/run-workflow.ts';
import { openTables, type Tables } from '../testing/tables.ts';

const table: TensorSpec = { name: 'features', datatype: 'FP64', shape: [-1, 2] };
const price: TensorSpec = { name: 'price', datatype: 'FP64', shape: [-1] };
const request = rows({ columns: ['A', 'B'].map((name) => ({ name, description: name })) });
const guarded: AskOptions = { breaker: { failures: 3, openSeconds: 30 } };
const askPrice = (name: string, options = guarded): Step =>
  ask(model(name), { inputs: [table], outputs: [price] }, options);
const of = (steps: Step) =>
  workflow({ name: 'test', request, steps, answer: first('price'), example: { A: 1, B: 2 } });
const both = of(
  gather(
    ['a', 'b'].map((name) => askPrice(name)),
    { quorum: 1 },
  ),
);

let tables: Tables;

beforeEach(async () => {
  tables = await openTables(breakerTables([both]));
  // The time of the day only: timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
});

afterEach(async () => {
  vi.useRealTimers();
  await tables.close();
});

const machines = new Map<object, StateMachine>();

function machineOf(spec: ReturnType<typeof of>): StateMachine {
  const substitutions = {
    BREAKERS_TABLE: 'breakers',
    ...Object.fromEntries(
      spec.functions.map(({ name }) => [substitutionKey(name), `arn:${name}:live`]),
    ),
  };
  const machine =
    machines.get(spec) ?? compile(spec.definition, { name: spec.name, substitutions });
  machines.set(spec, machine);
  return machine;
}

/** Runs a workflow; each call of a function is in `calls`, and of a task's attempts none has to wait. */
async function run(spec: ReturnType<typeof of>, functions: Functions, calls: string[] = []) {
  const result = await execute(
    machineOf(spec),
    { A: 1, B: 2 },
    {
      clock: { ...systemClock, now: () => Date.now() },
      retryScale: 0,
      async runTask(task) {
        const answer = tables.runTask(task);
        if (answer !== undefined) return answer;
        const { FunctionName = '', Payload } = Object(task.arguments);
        const [, name = ''] = FunctionName.split(':');
        calls.push(name);
        return { Payload: await functions[name]?.(Payload) };
      },
    },
  );
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return result.output as Answered;
}

/** The answer of a workflow, with what failed. */
interface Answered extends Output {
  readonly body: Output['body'] & {
    readonly failed: Readonly<Record<string, { readonly error: string; readonly message: string }>>;
  };
}

const good = () => answers('price', [1]);
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

async function openA(spec = both): Promise<void> {
  for (let count = 0; count < 3; count += 1) await run(spec, { a: fails('Odd'), b: good });
  tables.asked.length = 0;
}

/** Returns what the table knows. */
async function known() {
  const { Items } = (await tables.run('Query', {
    TableName: 'breakers',
    KeyConditionExpression: 'target >= :none AND #of = :all',
    ExpressionAttributeNames: { '#of': 'of' },
    ExpressionAttributeValues: { ':none': { S: ' ' }, ':all': { S: 'all' } },
  })) as { Items: { target: { S: string }; failures: { N: string }; retryAt: { N: string } }[] };
  return Items.map(({ target, failures }) => [target.S, Number(failures.N)]);
}

describe('a model behind a breaker', () => {
  it('is asked as if there were none, for one read and no write', async () => {
    const { statusCode, body } = await run(both, { a: good, b: good });
    expect([statusCode, Object.keys(body.models)]).toEqual([200, ['a', 'b']]);
    expect(tables.asked).toEqual(['Query']);
  });

  it('is not asked after so many failures in a row, and named with when it will be', async () => {
    const calls: string[] = [];
    await openA();
    expect(await known()).toEqual([['arn:a:live', 3]]);
    const { statusCode, body } = await run(both, { a: good, b: good }, calls);
    expect([statusCode, calls]).toEqual([200, ['b']]);
    expect(body.failed).toEqual({
      a: {
        error: 'CircuitOpenError',
        message: 'it failed 3 times in a row; it is asked again from 2023-11-14T22:13:50.000Z on',
      },
    });
    expect(tables.asked).toEqual(['Query']);
  });

  it('is refused with 503 where nothing else answers', async () => {
    const alone = of(askPrice('a'));
    await openA(alone);
    const { statusCode, body } = await run(alone, { a: good });
    expect([statusCode, body.failed['a']?.error]).toEqual([503, 'CircuitOpenError']);
  });

  it('closes by itself when one request has been answered after the time', async () => {
    const calls: string[] = [];
    await openA();
    later(30);
    const { body } = await run(both, { a: good, b: good }, calls);
    expect(body.failed).toEqual({});
    expect(tables.asked).toEqual(['Query', 'UpdateItem', 'DeleteItem']);
    tables.asked.length = 0;
    await run(both, { a: good, b: good });
    expect(tables.asked).toEqual(['Query']);
  });

  it('lets one of many through, which is not asked twice, and stays open when that fails', async () => {
    await openA();
    later(30);
    const calls: string[] = [];
    const functions = { a: fails('Runtime.ExitError'), b: good };
    const all = await Promise.all(Array.from({ length: 40 }, () => run(both, functions, calls)));
    expect(calls.filter((name) => name === 'a')).toHaveLength(1);
    const errors = all.map(({ body }) => body.failed['a']?.error);
    expect(errors.filter((error) => error === 'Runtime.ExitError')).toHaveLength(1);
    expect(errors.filter((error) => error === 'CircuitOpenError')).toHaveLength(39);
    const { body } = await run(both, functions, calls);
    expect(body.failed['a']?.message).toContain('asked again from 2023-11-14T22:14:20.000Z');
  });

  it('opens by 200 requests at once, and then none asks it', async () => {
    const calls: string[] = [];
    const functions = { a: fails('Odd'), b: good };
    await Promise.all(Array.from({ length: 200 }, () => run(both, functions)));
    const after = await Promise.all(Array.from({ length: 20 }, () => run(both, functions, calls)));
    expect(calls).not.toContain('a');
    const said = new Set(after.map(({ body }) => JSON.stringify(body.failed)));
    expect([...said]).toEqual([expect.stringContaining('it failed 3 times in a row')]);
  });

  it('is forgiven its failures by an answer', async () => {
    await run(both, { a: fails('Odd'), b: good });
    await run(both, { a: fails('Odd'), b: good });
    await run(both, { a: good, b: good });
    expect(await known()).toEqual([]);
  });

  it('is asked again while that helps, but not once it has failed for good', async () => {
    const calls: string[] = [];
    await run(both, { a: fails('Runtime.ExitError'), b: good }, calls);
    expect(calls.filter((name) => name === 'a')).toHaveLength(3);
    await run(both, { a: fails('Runtime.ExitError'), b: good }, calls);
    expect(calls.filter((name) => name === 'a')).toHaveLength(4);
  });
});

describe('not counted is', () => {
  it.each(notItsFault)('%s', async (error) => {
    await run(both, { a: fails(error), b: good });
    expect(await known()).toEqual([]);
  });

  it('an answer that is none: it may hang on what one caller asks', async () => {
    await run(both, { a: () => answers('price', ['x']), b: good });
    expect(await known()).toEqual([]);
  });

  it('a time-out before the time that the model may take, but one after it', async () => {
    const afterSeconds = (seconds: number) => () => {
      later(seconds);
      return fails('States.Timeout')();
    };
    const alone = of(askPrice('a'));
    const { timeoutSeconds } = model('a');
    await run(alone, { a: afterSeconds(timeoutSeconds / 2 - 1) });
    expect(await known()).toEqual([]);
    await run(alone, { a: afterSeconds(timeoutSeconds) });
    expect(await known()).toEqual([['arn:a:live', 1]]);
  });

  it('a try that says nothing: the next request has the turn', async () => {
    await openA();
    later(30);
    await run(both, { a: fails('OutOfRangeError'), b: good });
    const { body } = await run(both, { a: good, b: good });
    expect(body.failed).toEqual({});
    expect(await known()).toEqual([]);
  });
});

describe('a table that', () => {
  const refuses = () => fails('InternalServerError')();
  const hangs = () => new Promise<never>(() => {});

  it.each([
    ['refuses', refuses],
    ['hangs', hangs],
  ])('%s to be read leaves every breaker closed', async (_, answer) => {
    await openA();
    tables.trouble['Query'] = async () => answer();
    const { body } = await run(both, { a: good, b: good });
    expect(body.failed).toEqual({});
  });

  it('cannot be written changes no answer', async () => {
    const broken = async () => refuses();
    Object.assign(tables.trouble, { UpdateItem: broken, DeleteItem: broken });
    const failed = await run(both, { a: fails('Odd'), b: good });
    expect(failed.body.failed).toEqual({ a: { error: 'Odd', message: 'why' } });
    delete tables.trouble['UpdateItem'];
    await openA();
    later(30);
    Object.assign(tables.trouble, { UpdateItem: broken, DeleteItem: broken });
    expect((await run(both, { a: good, b: good })).body.failed).toEqual({});
    delete tables.trouble['UpdateItem'];
    expect((await run(both, { a: good, b: good })).body.failed).toEqual({});
  });
});

describe('a breaker within', () => {
  it('a fallback sends its requests to the other at once', async () => {
    const spec = of(fallback(askPrice('a'), { use: askPrice('b', {}) }));
    await openA(spec);
    const calls: string[] = [];
    const { statusCode, body } = await run(spec, { a: good, b: good }, calls);
    expect([statusCode, calls, body.failed['a']?.error]).toEqual([200, ['b'], 'CircuitOpenError']);
  });

  it('a sequence keeps the account of what came before, in each of its states', async () => {
    const spec = of(sequence(askPrice('b', {}), askPrice('a')));
    const account = async (functions: Functions) => {
      const { body } = await run(spec, functions);
      return [Object.keys(body.models ?? {}), body.failed];
    };
    expect(await account({ a: good, b: good })).toEqual([['b', 'a'], {}]);
    await openA(spec);
    const failed = (await run(spec, { a: good, b: good })).body.failed;
    expect(failed).toMatchObject({ a: { error: 'CircuitOpenError' } });
    later(30);
    expect(await account({ a: good, b: good })).toEqual([['b', 'a'], {}]);
  });

  it('a list of items is one for all of them', async () => {
    const spec = workflow({
      name: 'test',
      request,
      steps: each(
        '$append([1, 2, 3], [4, 5, 6])',
        ask(task('a'), { input: '{}', outputs: { x: '$states.result.Payload' } }, guarded),
        { atOnce: 1 },
      ),
      answer: output('items'),
      example: {},
    });
    const calls: string[] = [];
    await run(spec, { a: fails('Odd') }, calls);
    calls.length = 0;
    const { body } = await run(spec, { a: () => 1 }, calls);
    expect(calls).toEqual([]);
    expect(body.failed['a']?.error).toBe('CircuitOpenError');
  });
});

it('decides as its rules do, whatever is known', async () => {
  const settings = settingsOf(guarded.breaker);
  const taken: Readonly<Record<BreakerState, string>> = {
    closed: 'asked',
    suspect: 'asked',
    open: 'CircuitOpenError',
    'half-open': 'turn',
  };
  const alone = of(askPrice('a'));
  await fc.assert(
    fc.asyncProperty(fc.nat(6), fc.integer({ min: -2, max: 2 }), async (failures, from) => {
      const now = Date.now();
      const item = { failures, retryAt: now + from };
      const Item = {
        of: { S: 'all' },
        target: { S: 'arn:a:live' },
        failures: { N: String(failures) },
        retryAt: { N: String(item.retryAt) },
      };
      await tables.run('PutItem', { TableName: 'breakers', Item });
      tables.asked.length = 0;
      const { body } = await run(alone, { a: good });
      const took = tables.asked.includes('UpdateItem')
        ? 'turn'
        : (body.failed['a']?.error ?? 'asked');
      expect(took).toBe(taken[stateOf(item, settings, now)]);
    }),
    { numRuns: 40 },
  );
});

describe('a workflow', () => {
  it('with breakers has the table and the rights to it; one without has neither', () => {
    const tables = breakerTables([both]);
    expect(tables.map(({ name }) => name)).toEqual(['breakers']);
    const blueprint = { functions: [], workflows: [both], buckets: [], routes: [], tables };
    const { variables, statements } = needsOfWorkflow(both, blueprint);
    expect(Object.keys(variables)).toEqual(['BREAKERS_TABLE']);
    const actions = statements.flatMap((statement) => statement.actions);
    expect(actions).toEqual(expect.arrayContaining(['dynamodb:Query', 'dynamodb:UpdateItem']));
    const without = of(askPrice('a', {}));
    expect([without.links, breakerTables([without])]).toEqual([undefined, []]);
    expect(JSON.stringify(without.definition)).not.toContain('dynamodb');
  });

  it('with another breaker than there can be is refused by the name of the model', () => {
    expect(() => of(askPrice('a', { breaker: { failures: 0 } }))).toThrow(
      'a: a breaker opens after 1 failure or more, got 0',
    );
  });

  it('of two breakers of one name in a row is valid', async () => {
    const spec = workflow({
      name: 'test',
      request,
      steps: sequence(askPrice('a'), askPrice('a')),
      answer: mean('price'),
      example: {},
    });
    expect((await run(spec, { a: good })).statusCode).toBe(200);
  });
});
