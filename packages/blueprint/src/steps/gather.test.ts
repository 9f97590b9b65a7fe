import {
  compile,
  execute,
  type StateMachine,
  StatesError,
  type TaskRequest,
  virtualClock,
} from '@chorus/asl';
import type { Column } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ask as askModel,
  gather,
  mean,
  model,
  rows,
  substitutionKey,
  workflow as workflowOf,
} from '../index.ts';

const columns: readonly Column[] = [
  { name: 'ROOMS', description: 'rooms', minimum: 1, maximum: 20 },
  { name: 'AGE', description: 'years', minimum: 0 },
  { name: 'X Y', description: 'a name that needs quoting' },
];
const models = [model('one'), model('two-b'), model('three')];

const workflow = (quorum = 1) =>
  workflowOf({
    name: 'price',
    request: rows({ columns, maxBatch: 3 }),
    steps: gather(
      models.map((each) =>
        askModel(each, {
          inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, columns.length] }],
          outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
        }),
      ),
      { quorum },
    ),
    answer: mean('price'),
    example: { ROOMS: 5, AGE: 10, 'X Y': 0 },
  });

const arn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

interface Invocation {
  readonly FunctionName: string;
  readonly Payload: {
    readonly id: string;
    readonly parameters: { readonly chorus_deadline_ms: number };
    readonly inputs: readonly { shape: readonly number[]; data: readonly unknown[] }[];
  };
}

type Answer = (model: string, call: Invocation['Payload'], task: TaskRequest) => number[];

interface Output {
  readonly statusCode: number;
  readonly body: {
    readonly error: string;
    readonly predictions: readonly Record<string, number>[];
    readonly models: Record<string, { attempts: number }>;
    readonly failed: Record<string, { error: string; message: string }>;
  };
}

const machines = new Map<number, StateMachine>();

function machineOf(quorum: number): StateMachine {
  const machine =
    machines.get(quorum) ??
    compile(workflow(quorum).definition, {
      name: 'price',
      substitutions: Object.fromEntries(
        models.map(({ name }) => [substitutionKey(name), arn(name)]),
      ),
    });
  machines.set(quorum, machine);
  return machine;
}

/** Runs the workflow with models that answer as told; every retry delay passes at once. */
async function ask(input: unknown, answer: Answer, quorum = 1): Promise<Output> {
  const result = await execute(machineOf(quorum), input, {
    clock: virtualClock(0),
    async runTask(task) {
      const { FunctionName, Payload } = task.arguments as Invocation;
      const name = FunctionName.split(':').at(-1) ?? '';
      return {
        Payload: {
          model_name: name,
          model_version: 'v1',
          parameters: { chorus_duration_ms: 1, chorus_cold_start: false },
          outputs: [{ name: 'price', data: answer(name, Payload, task) }],
        },
      };
    },
  });
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.status}: ${result.cause}`);
  return result.output as Output;
}

const row = { ROOMS: 5, AGE: 10, 'X Y': -3 };
const prices: Record<string, number> = { one: 10, 'two-b': 20, three: 60 };
const good: Answer = (name, { inputs }) =>
  Array.from({ length: inputs[0]?.shape[0] ?? 0 }, (_, index) => (prices[name] ?? 0) + index);

function failing(errors: Record<string, () => Error>): Answer {
  return (name, call, task) => {
    const error = errors[name];
    if (error) throw error();
    return good(name, call, task);
  };
}

const lambdaError = (name: string, message: string): Error =>
  new StatesError(name, JSON.stringify({ errorType: name, errorMessage: message }));

describe('an answer', () => {
  it('has every model’s number and their mean for every row', async () => {
    const { statusCode, body } = await ask({ instances: [row, row] }, good);
    expect(statusCode).toBe(200);
    expect(body.predictions).toEqual([
      { one: 10, 'two-b': 20, three: 60, ensemble: 30 },
      { one: 11, 'two-b': 21, three: 61, ensemble: 31 },
    ]);
    expect(Object.keys(body.models)).toEqual(['one', 'two-b', 'three']);
    expect(body.failed).toEqual({});
  });

  it('gives the models the rows in column order, and the deadline', async () => {
    const calls: Invocation['Payload'][] = [];
    const record: Answer = (name, call, task) => {
      calls.push(call);
      return good(name, call, task);
    };
    await ask({ 'X Y': -3, AGE: 10, ROOMS: 5 }, record);
    await ask({ instances: [row, [1, 2, 3]], parameters: { timeout: 2_000_000 } }, record);
    expect(calls[0]?.inputs[0]?.shape).toEqual([1, 3]);
    expect(calls[0]?.inputs[0]?.data.flat()).toEqual([5, 10, -3]);
    expect(calls[0]?.parameters.chorus_deadline_ms).toBe(25_000);
    expect(calls).toHaveLength(3);
  });

  it('may come from arrays, under a timeout of the caller', async () => {
    const deadlines = new Set<number>();
    const { body } = await ask(
      { instances: [[5, 10, 0]], parameters: { timeout: 2_000_000 } },
      (name, call, task) => {
        deadlines.add(call.parameters.chorus_deadline_ms);
        return good(name, call, task);
      },
    );
    expect(body.predictions).toHaveLength(1);
    expect([...deadlines]).toEqual([2000]);
  });

  it('goes on without a model that fails, for one row and for several', async () => {
    const down = failing({ 'two-b': () => lambdaError('ModelLoadError', 'no "weights"') });
    for (const instances of [[row], [row, row, row]]) {
      const { statusCode, body } = await ask({ instances }, down);
      expect(statusCode).toBe(200);
      expect(body.predictions).toHaveLength(instances.length);
      expect(body.predictions[0]).toEqual({ one: 10, three: 60, ensemble: 35 });
      expect(Object.keys(body.models)).toEqual(['one', 'three']);
      expect(body.failed).toEqual({
        'two-b': { error: 'ModelLoadError', message: 'no "weights"' },
      });
    }
  });

  it.each([1, 2, 3])(
    'goes on without a model whose answer is null in row %d of three',
    async (at) => {
      const holed: Answer = (name, call, task) =>
        good(name, call, task).map((value, index) =>
          // What NaN and infinities are in JSON.
          name === 'one' && index === at - 1 ? (null as unknown as number) : value,
        );
      const { statusCode, body } = await ask({ instances: [row, row, row] }, holed);
      expect(statusCode).toBe(200);
      expect(body.predictions[at - 1]).toEqual({
        'two-b': 19 + at,
        three: 59 + at,
        ensemble: 39 + at,
      });
      expect(body.failed).toMatchObject({ one: { error: 'UnexpectedAnswerError' } });
      const alone = await ask({ instances: [row, row, row] }, holed, 3);
      expect(alone.statusCode).toBe(503);
    },
  );

  it('tries a throttled model again, and counts', async () => {
    let calls = 0;
    const { body } = await ask(
      row,
      failing({
        one: () => {
          calls += 1;
          if (calls < 3) return new StatesError('Lambda.TooManyRequestsException', 'Rate Exceeded');
          return lambdaError('Unreachable', '');
        },
      }),
    );
    expect(calls).toBe(3);
    expect(body.failed['one']?.error).toBe('Unreachable');
    const second = await ask(row, (name, call, task) => {
      if (name === 'one' && task.retryCount === 0) throw new StatesError('Lambda.Unknown', 'gone');
      return good(name, call, task);
    });
    expect(second.body.models['one']?.attempts).toBe(2);
    expect(second.body.models['three']?.attempts).toBe(1);
  });
});

describe('without a quorum', () => {
  const all = (name: string, message = 'why') =>
    failing(
      Object.fromEntries(models.map((each) => [each.name, () => lambdaError(name, message)])),
    );

  it.each([
    ['ModelLoadError', 503],
    ['ConflictError', 409],
    ['OutOfRangeError', 422],
    ['InvalidRequestError', 400],
    ['Lambda.TooManyRequestsException', 429],
    ['Sandbox.Timedout', 504],
    ['DeadlineExceededError', 504],
  ])('%s of all models is %i', async (name, status) => {
    const { statusCode, body } = await ask(row, all(name));
    expect(statusCode).toBe(status);
    expect(body.error).toMatch(/^0 of 3 models answered, 1 needed: one: why; two-b: why/);
    expect(Object.keys(body.failed)).toEqual(['one', 'two-b', 'three']);
  });

  it('models that do not agree make a 503', async () => {
    const { statusCode } = await ask(
      row,
      failing({
        one: () => lambdaError('Sandbox.Timedout', ''),
        three: () => new StatesError('Lambda.Unknown', 'not JSON'),
      }),
      2,
    );
    expect(statusCode).toBe(503);
  });

  it('a quorum that no number of models can meet is refused when the service is described', () => {
    expect(() => workflow(4)).toThrow(
      'a quorum of 4 needs that many steps, got 3: one, two-b, three',
    );
    expect(() => workflow(0)).toThrow('quorum');
  });
});

describe('a request', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -5, max: 30 });
  const odd = fc.oneof(
    number,
    fc.constantFrom<unknown>(null, '', 'a', true, [], [1], {}, { a: 1 }, ':1', '},{'),
  );
  const fields = (name: string) => ({ weight: 8, arbitrary: fc.constant(name) });
  const object = fc.dictionary(
    fc.oneof(fields('ROOMS'), fields('AGE'), fields('X Y'), { weight: 1, arbitrary: fc.string() }),
    fc.oneof({ weight: 9, arbitrary: number }, odd),
    { minKeys: 2, maxKeys: 4 },
  );
  const array = fc.array(fc.oneof({ weight: 9, arbitrary: number }, odd), {
    minLength: 2,
    maxLength: 4,
  });
  const tables = fc.oneof(
    fc.array(object, { maxLength: 4 }),
    fc.array(array, { maxLength: 4 }),
    fc.array(fc.oneof(object, array, odd), { maxLength: 3 }),
    fc.array(fc.constantFrom<unknown>(row, Object.values(row), [0, 0, 0], 'x'), { maxLength: 3 }),
  );
  const body = fc.oneof(
    object,
    tables.map((instances) => ({ instances })),
    odd,
    tables,
  );

  const isRow = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.length === 3 && value.every((each) => typeof each === 'number')
      : typeof value === 'object' &&
        value !== null &&
        Object.keys(value).length === 3 &&
        columns.every(({ name }) => typeof Reflect.get(value, name) === 'number');
  const inRange = (value: unknown): boolean => {
    const [rooms = 0, age = 0] = Array.isArray(value)
      ? value
      : columns.map(({ name }) => Reflect.get(Object(value), name));
    return rooms >= 1 && rooms <= 20 && age >= 0;
  };

  /** The rules, said plainly. */
  function expected(value: unknown): number {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 400;
    const given = 'instances' in value ? value.instances : [value];
    if (!Array.isArray(given) || given.length === 0 || given.length > 3) return 400;
    if (!given.every(isRow)) return 400;
    if (new Set(given.map((each) => Array.isArray(each))).size > 1) return 400;
    return given.every(inRange) ? 200 : 422;
  }

  it('is judged by the rules, and a refusal always says why', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (input) => {
        const { statusCode, body: answer } = await ask(input, good);
        expect(statusCode, answer.error).toBe(expected(input));
        if (statusCode !== 200) expect(answer.error).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});
