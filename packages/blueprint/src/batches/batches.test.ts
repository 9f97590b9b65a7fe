import { compile, execute, virtualClock } from '@chorus/asl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean } from '../answers/mean.ts';
import { model } from '../functions.ts';
import { rows } from '../requests/rows.ts';
import { text } from '../requests/text.ts';
import { ask } from '../steps/ask.ts';
import { gather } from '../steps/gather.ts';
import type { WorkflowSpec } from '../types.ts';
import { workflow } from '../workflow.ts';
import { batches } from './batches.ts';

const features = {
  name: 'features',
  datatype: 'FP64',
  shape: [-1, 1],
  columns: [{ name: 'a', description: 'a' }],
} as const;

const ofRows: WorkflowSpec = workflow({
  name: 'prices',
  request: rows({ columns: features.columns, maxBatch: 50 }),
  steps: gather(
    [
      ask(model('one'), {
        inputs: [features],
        outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
      }),
    ],
    { quorum: 1 },
  ),
  answer: mean('price'),
  example: { a: 1 },
});

it('has a machine for each workflow that answers and takes rows, and their bucket', () => {
  const { machines, buckets } = batches([
    ofRows,
    { ...ofRows, name: 'started', type: 'standard' },
    { ...ofRows, name: 'texts', request: text({ maxBytes: 100 }) },
  ]);
  expect(machines.map(({ name, of, type }) => ({ name, of, type }))).toEqual([
    { name: 'prices-batch', of: 'prices', type: 'standard' },
  ]);
  expect(buckets).toMatchObject([{ name: 'batches' }]);
  expect(batches([])).toEqual({ machines: [], buckets: [], schedules: [] });
});

const nightly = { workflow: 'prices', expression: 'rate(1 day)', key: 'in/rows.csv' };

it('asks about files by themselves at their times', () => {
  const { schedules } = batches([ofRows], {
    schedules: [nightly, { ...nightly, name: 'hourly', prefix: 'out/hourly', tolerated: 5 }],
  });
  expect(schedules.map(({ name, target }) => [name, target])).toEqual([
    [
      'prices-batch',
      {
        workflow: 'prices-batch',
        input: { key: 'in/rows.csv', prefix: 'prices-batch', concurrency: 4, tolerated: 0 },
      },
    ],
    [
      'hourly',
      {
        workflow: 'prices-batch',
        input: { key: 'in/rows.csv', prefix: 'out/hourly', concurrency: 4, tolerated: 5 },
      },
    ],
  ]);
});

it.each([
  [{ workflow: 'none' }, 'none takes no rows of a file; prices does'],
  [{ tolerated: 101 }, 'tolerated is 0 to 100 percent, got 101'],
  [{ tolerated: Number.NaN }, 'tolerated is 0 to 100 percent'],
  [{ concurrency: 0 }, 'concurrency is 1 to 1000, got 0'],
])('a schedule with %j is refused by name', (change, message) => {
  const build = () => batches([ofRows], { schedules: [{ ...nightly, ...change }] });
  expect(build).toThrow(message);
});

it('is a valid definition, and asks about no more rows than the workflow takes', () => {
  const [machine] = batches([ofRows]).machines;
  const substitutions = { BATCHES_BUCKET: 'box', PRICES_WORKFLOW: 'arn' };
  expect(() => compile(machine?.definition, { type: 'STANDARD', substitutions })).not.toThrow();
  expect(machine?.definition).toMatchObject({
    States: { Rows: { ItemBatcher: { MaxItemsPerBatch: 50 } } },
  });
});

describe('the rows of a child', () => {
  interface Child {
    readonly States: {
      readonly Rows: {
        readonly ItemProcessor: { readonly StartAt: string; readonly States: object };
      };
    };
  }
  const { definition } = batches([ofRows]).machines[0] ?? {};
  const { StartAt, States } = (definition as unknown as Child).States.Rows.ItemProcessor;
  const child = compile(
    { QueryLanguage: 'JSONata', StartAt, States },
    { type: 'EXPRESS', substitutions: { BATCHES_BUCKET: 'box', PRICES_WORKFLOW: 'arn' } },
  );

  /** Asks a workflow that refuses the rows below 0, about rows whose numbers begin with 100. */
  async function ask(values: readonly number[], tolerated: number, busy = 0, statusCode = 429) {
    let [asked, turnedAway] = [0, 0];
    const input = {
      BatchInput: { tolerated },
      Items: values.map((a, index) => ({ row: 100 + index, of: { a: String(a) } })),
    };
    const result = await execute(child, input, {
      clock: virtualClock(0),
      async runTask(task) {
        asked += 1;
        const { Input } = task.arguments as { Input: string };
        const { instances }: { instances: number[][] } = JSON.parse(Input);
        const bad = instances.findIndex(([a = 0]) => a < 0);
        const answer =
          turnedAway++ < busy
            ? { statusCode, body: { error: 'busy' } }
            : bad >= 0
              ? { statusCode: 422, body: { error: `instances[${bad}].a: below 0` } }
              : {
                  statusCode: 200,
                  body: { failed: {}, predictions: instances.map(([a]) => ({ price: a })) },
                };
        return { Status: 'SUCCEEDED', Output: JSON.stringify(answer) };
      },
    });
    return { result, asked };
  }

  const told = (values: readonly number[]) =>
    values.map((a, index) => {
      const row = 100 + index;
      return a >= 0
        ? { row, price: a }
        : { row, refused: { status: 422, error: `row ${row}.a: below 0` } };
    });

  it('have an answer each, or the reason why not, whichever of them are refused', async () => {
    const rows = fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 0, max: 3 }), async (values, busy) => {
        const { result, asked } = await ask(values, 1, busy);
        expect(result).toMatchObject({ status: 'SUCCEEDED', output: told(values) });
        expect(asked - busy).toBeLessThanOrEqual(2 * values.length);
        if (values.every((a) => a >= 0)) expect(asked - busy).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('of which few are refused are asked about few times', async () => {
    const values = Array.from({ length: 500 }, (_, index) => (index === 321 ? -1 : index));
    const { result, asked } = await ask(values, 1);
    expect(result).toMatchObject({ output: told(values) });
    expect(asked).toBeLessThanOrEqual(19);
  });

  it('fail together where none may fail: there is nothing to go on for', async () => {
    const { result, asked } = await ask([1, 2, -1], 0);
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'Refused.422',
      cause: 'instances[2].a: below 0',
    });
    expect(asked).toBe(1);
  });

  it.each([
    [429, 'stays busy'],
    [503, 'fails'],
    [504, 'takes too long'],
  ])(
    'have answers where the workflow says %i twice, and fail together where it %s',
    async (status) => {
      const passing = await ask([1, 2], 0, 2, status);
      expect(passing).toMatchObject({ result: { output: told([1, 2]) }, asked: 3 });
      const { result } = await ask([1, -1, 2], 50, 100, status);
      expect(result).toMatchObject({ status: 'FAILED', error: `Refused.${status}` });
    },
  );
});
