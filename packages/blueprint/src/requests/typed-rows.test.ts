import { execute } from '@chorus/asl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, gather, mean, model, rows, workflow } from '../index.ts';
import { answers, type Event, machineOf, run } from '../testing/run-workflow.ts';
import type { RowColumn } from './row-columns.ts';

const columns: readonly RowColumn[] = [
  { name: 'colour', description: '', categories: ['red', 'a "b", {c: d}', ']\\', ''] },
  { name: 'note', description: '', datatype: 'BYTES' },
  { name: 'calls', description: '', datatype: 'INT64', minimum: 0, maximum: 90 },
  { name: 'fee', description: '', minimum: -5, missing: true },
  { name: 'vip', description: '', datatype: 'BOOL' },
  { name: 'months', description: '' },
];
const request = rows({ columns });
const spec = workflow({
  name: 'churn',
  request,
  steps: gather(
    [
      ask(model('table'), {
        inputs: [
          {
            name: 'X',
            datatype: 'FP32',
            shape: [-1, 2],
            columns: [{ name: 'months' }, { name: 'calls' }],
          },
        ],
        outputs: [{ name: 'variable', as: 'score', datatype: 'FP32', shape: [-1, 1] }],
      }),
      ask(model('named'), {
        inputs: [
          { name: 'colour', datatype: 'BYTES', shape: [-1, 1] },
          { name: 'price', from: 'fee', datatype: 'FP32', shape: [-1, 1], missing: true },
          { name: 'vip', datatype: 'BOOL', shape: [-1] },
          { name: 'calls', datatype: 'INT32', shape: [-1, 1] },
          { name: 'note', datatype: 'BYTES', shape: [-1] },
        ],
        outputs: [{ name: 'score', datatype: 'FP64', shape: [-1] }],
      }),
    ],
    { quorum: 1 },
  ),
  answer: mean('score'),
  example: {},
});
const machine = machineOf(spec);

interface Row {
  readonly colour: unknown;
  readonly note: unknown;
  readonly calls: unknown;
  readonly fee: unknown;
  readonly vip: unknown;
  readonly months: unknown;
}
const good: Row = { colour: 'red', note: '', calls: 3, fee: 1.5, vip: true, months: 2 };

/** Runs the workflow; returns the questions that its models got. */
async function asked(body: unknown): Promise<{
  readonly statusCode: number;
  readonly error: string;
  readonly events: Readonly<Record<string, Event['inputs']>>;
}> {
  const events: Record<string, Event['inputs']> = {};
  const answer = (name: string, output: string) => (event: Event) => {
    events[name] = event.inputs;
    const count = event.inputs[0]?.shape[0] ?? 0;
    return answers(
      output,
      Array.from({ length: count }, () => 1),
    );
  };
  const { statusCode, body: answered } = await run(machine, body, {
    table: answer('table', 'variable'),
    named: answer('named', 'score'),
  });
  return { statusCode, error: answered.error, events };
}

const flat = (inputs: Event['inputs'] | undefined) =>
  inputs?.map(({ name, datatype, shape, data }) => [name, datatype, shape, data.flat()]);

describe('rows with columns of several kinds', () => {
  const second: Row = {
    colour: ']\\',
    note: '{"a":[1]}',
    calls: 0,
    fee: null,
    vip: false,
    months: -1.5e-7,
  };
  const values = (row: Row) => columns.map(({ name }) => row[name as keyof Row]);

  it.each([
    ['objects', [good, second]],
    ['arrays', [good, second].map(values)],
  ])(
    'as %s become a tensor for each input, and a table of some of the columns',
    async (_, instances) => {
      const { statusCode, events } = await asked({ instances });
      expect(statusCode).toBe(200);
      expect(flat(events['table'])).toEqual([['X', 'FP32', [2, 2], [2, 3, -1.5e-7, 0]]]);
      expect(flat(events['named'])).toEqual([
        ['colour', 'BYTES', [2, 1], ['red', ']\\']],
        ['price', 'FP32', [2, 1], [1.5, null]],
        ['vip', 'BOOL', [2], [true, false]],
        ['calls', 'INT32', [2, 1], [3, 0]],
        ['note', 'BYTES', [2], ['', '{"a":[1]}']],
      ]);
    },
  );

  it('take one row as it is', async () => {
    const { statusCode, events } = await asked({ ...good, fee: null });
    expect(statusCode).toBe(200);
    expect(flat(events['named'])?.slice(0, 2)).toEqual([
      ['colour', 'BYTES', [1, 1], ['red']],
      ['price', 'FP32', [1, 1], [null]],
    ]);
    expect(flat(events['table'])).toEqual([['X', 'FP32', [1, 2], [2, 3]]]);
  });

  it('name each value that is wrong', async () => {
    const wrong = { colour: 1, note: null, calls: 1.5, fee: 'x', vip: 0, months: null };
    expect(await asked({ instances: [wrong] })).toMatchObject({
      statusCode: 400,
      error:
        'instances[0].colour: expected a text, got number; instances[0].note: expected a text, got null; instances[0].calls: expected a whole number of at most 53 bits, got 1.5; instances[0].fee: expected a number, got string x; instances[0].vip: expected true or false, got number; and more',
    });
    for (const calls of [3.0000000000000004, 99999763079389.95, 2 ** 53])
      expect(await asked({ ...good, calls })).toMatchObject({ statusCode: 400 });
    const outside = { ...good, colour: 'blue', calls: 91, fee: -6 };
    expect(await asked(outside)).toMatchObject({
      statusCode: 422,
      error:
        'colour: string blue is none of red, a "b", {c: d}, ]\\, ; calls: 91 is above the maximum 90; fee: -6 is below the minimum -5',
    });
    expect(await asked({ ...good, more: 1 })).toMatchObject({
      statusCode: 400,
      error: 'unknown more',
    });
  });

  /** What a value has to be, said once more. */
  const takes: Readonly<Record<string, (value: unknown) => boolean>> = {
    colour: (value) => typeof value === 'string',
    note: (value) => typeof value === 'string',
    calls: (value) => Number.isSafeInteger(value),
    fee: (value) => value === null || Number.isFinite(value),
    vip: (value) => typeof value === 'boolean',
    months: (value) => Number.isFinite(value),
  };
  const isInside = ({ colour, calls, fee }: Row): boolean =>
    columns[0]?.categories?.includes(String(colour)) === true &&
    Number(calls) >= 0 &&
    Number(calls) <= 90 &&
    (fee === null || Number(fee) >= -5);

  it('are answered exactly when every value is right', async () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        false,
        'red',
        '',
        ']\\',
        [],
        [1],
        ['a', 'b'],
        {},
        1.5,
        2 ** 53,
        -0,
      ),
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const right: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
      colour: fc.constantFrom(...(columns[0]?.categories ?? [])),
      note: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('":[', '},{', '\\', '"', ']]')),
      calls: fc.integer({ min: 0, max: 90 }),
      fee: fc.oneof(
        fc.constant(null),
        fc.double({ min: -5, noNaN: true, noDefaultInfinity: true }),
      ),
      vip: fc.boolean(),
      months: fc.double({ noNaN: true, noDefaultInfinity: true }),
    };
    const row = fc.record(
      Object.fromEntries(
        columns.map(({ name }) => [
          name,
          fc.oneof(
            { weight: 30, arbitrary: right[name] ?? value },
            { weight: 1, arbitrary: value },
          ),
        ]),
      ),
    ) as fc.Arbitrary<Row>;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (instances, arrays) => {
          const hasKinds = instances.every((each) =>
            columns.every(({ name }) => takes[name]?.(each[name as keyof Row])),
          );
          const status = !hasKinds ? 400 : instances.every(isInside) ? 200 : 422;
          const result = await asked({ instances: arrays ? instances.map(values) : instances });
          expect([result.statusCode, result.error]).toEqual([
            status,
            status === 200 ? undefined : expect.stringContaining('instances['),
          ]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('refuse a batch for no more than it costs to answer one', async () => {
    const instances = Array.from({ length: 1000 }, (_, index) => ({ ...good, note: `${index}` }));
    const wrong = instances.map((each, index) => (index === 999 ? { ...each, calls: 'x' } : each));
    const cost = { right: 0, wrong: 0 };
    for (let round = 0; round < 4; round += 1)
      for (const [name, body] of [
        ['right', { instances }],
        ['wrong', { instances: wrong }],
      ] as const) {
        const before = process.threadCpuUsage();
        const result = await execute(machine, body, {
          runTask: () => Promise.reject(new Error('not asked')),
        });
        const { user, system } = process.threadCpuUsage(before);
        expect(result.status).toBe('SUCCEEDED');
        if (round > 0) cost[name] += (user + system) / 1000;
      }
    expect(cost.wrong / cost.right).toBeLessThan(3);
  });

  it('as tensors are what the body says, and the same rows', async () => {
    const body = { instances: [good, second] };
    const tensors = request.inferOf(body);
    expect(tensors.inputs.map(({ name, datatype }) => [name, datatype])).toEqual([
      ['colour', 'BYTES'],
      ['note', 'BYTES'],
      ['calls', 'INT64'],
      ['fee', 'FP64'],
      ['vip', 'BOOL'],
      ['months', 'FP64'],
    ]);
    const input = await request.inputOf(tensors, {
      putAway: () => Promise.reject(new Error('put away')),
      timeout: () => 1e6,
      requestId: 'r-1',
    });
    expect((await asked(JSON.parse(input))).events).toEqual((await asked(body)).events);
  });

  it('refuse bytes that are no text, and take whole numbers of 64 bits', async () => {
    const means = {
      putAway: () => Promise.reject(new Error('put away')),
      timeout: () => 1,
      requestId: 'r-1',
    };
    const { inputs } = request.inferOf(good as never);
    const bytes = inputs.map((each) =>
      each.name === 'note' ? { ...each, parameters: { content_type: 'base64' } } : each,
    );
    await expect(request.inputOf({ inputs: bytes }, means)).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: 'input "note": expected texts, got bytes in base64: send UTF-8',
    });
    const large = inputs.map((each) =>
      each.name === 'calls' ? { ...each, data: [2n ** 60n] } : each,
    );
    const input: unknown = JSON.parse(await request.inputOf({ inputs: large }, means));
    expect(await asked(input)).toMatchObject({ statusCode: 400 });
  });

  it('are described in the schema of a body', () => {
    const { anyOf } = request.bodySchema as { anyOf: [{ properties: unknown }] };
    expect(anyOf[0].properties).toEqual({
      colour: { type: 'string', description: '', enum: columns[0]?.categories },
      note: { type: 'string', description: '' },
      calls: { type: 'integer', description: '', minimum: 0, maximum: 90 },
      fee: { type: ['number', 'null'], description: '', minimum: -5 },
      vip: { type: 'boolean', description: '' },
      months: { type: 'number', description: '' },
    });
  });
});
