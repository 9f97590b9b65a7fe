import { compile, type ExecutionResult, execute, type TaskRequest } from '@chorus/asl';
import type { Column } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask as askModel, gather, mean, model, rows as rowsOfTable, workflow } from '../index.ts';

const columns: readonly Column[] = ['A', 'B', 'a "b", {c: d}', 'D', 'E', 'F', 'G', 'H'].map(
  (name, index) => ({ name, description: name, minimum: 0, ...(index % 2 && { maximum: 100 }) }),
);
const names = columns.map(({ name }) => name);

type Row = Record<string, unknown> | unknown[];

const tableOf = (table: readonly Column[]) =>
  compile(
    workflow({
      name: 'table',
      request: rowsOfTable({ columns: table }),
      steps: gather(
        [
          askModel(model('one'), {
            inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, table.length] }],
            outputs: [{ name: 'y', datatype: 'FP64', shape: [-1] }],
          }),
        ],
        { quorum: 1 },
      ),
      answer: mean('y'),
      example: {},
    }).definition,
    { substitutions: { one: 'one' }, checkStructure: false },
  );
const machine = tableOf(columns);
const ofOneColumn = tableOf(columns.slice(0, 1));

async function runTask(task: TaskRequest): Promise<unknown> {
  const { Payload } = task.arguments as { Payload: { inputs: [{ shape: [number, number] }] } };
  const data = Array.from({ length: Payload.inputs[0].shape[0] }, (_, index) => index);
  const parameters = { chorus_duration_ms: 1, chorus_cold_start: false };
  return { Payload: { model_version: 'v1', parameters, outputs: [{ name: 'y', data }] } };
}

const run = (input: unknown, on = machine): Promise<ExecutionResult> =>
  execute(on, input, { runTask });

async function ask(input: unknown, on = machine): Promise<{ statusCode: number; error: string }> {
  const result = await run(input, on);
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.status}: ${result.cause}`);
  const { statusCode, body } = result.output as { statusCode: number; body: { error: string } };
  return { statusCode, error: body.error };
}

const rowsOf = (count: number, arrays: boolean): Row[] =>
  Array.from({ length: count }, (_, index) =>
    arrays ? names.map(() => index % 50) : Object.fromEntries(names.map((name) => [name, 1])),
  );

function put(row: Row | undefined, column: number, value: unknown): void {
  if (Array.isArray(row)) row[column] = value;
  else if (row) row[names[column] ?? ''] = value;
}

/** Returns the message about these rows, whose cells are at worst a text or a number below the minimum. */
function told(rows: readonly Row[]): string {
  const problems = (of: (value: unknown, column: string) => string | undefined) =>
    rows.flatMap((row, index) =>
      names.flatMap((name, column) => {
        const value = Array.isArray(row) ? row[column] : row[name];
        return of(value, `instances[${index}].${name}`) ?? [];
      }),
    );
  const form = problems((value, where) =>
    typeof value === 'number' ? undefined : `${where}: expected a number, got string ${value}`,
  );
  const all =
    form.length > 0
      ? form
      : problems((value, where) =>
          Number(value) < 0 ? `${where}: ${value} is below the minimum 0` : undefined,
        );
  return all.slice(0, 5).join('; ') + (all.length > 5 ? '; and more' : '');
}

describe('a refusal', () => {
  it('names the first five problems, wherever they are among the rows', async () => {
    const place = fc.record({
      row: fc.nat(70),
      column: fc.nat(names.length - 1),
      value: fc.constantFrom<unknown>(-1, 'x', ':1', '},{'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(place, { minLength: 1, maxLength: 9 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 71 }),
        fc.boolean(),
        async (places, arrays, count, onlyRange) => {
          const rows = rowsOf(count, arrays);
          for (const { row, column, value } of places)
            put(rows[row % count], column, onlyRange ? -1 : value);
          const { error } = await ask({ instances: rows });
          expect(error).toBe(told(rows));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is for a row, not for a table, that has one column', async () => {
    const name = names[0] ?? '';
    for (const instances of [[{ [name]: 1 }, { [name]: 2 }], [[1], [2]], [[1]]])
      expect((await ask({ instances }, ofOneColumn)).statusCode).toBe(200);
    for (const instances of [
      [1, 2],
      [[1], 2],
      [1, [2]],
      [{ [name]: 1 }, 2],
      [{}, 2],
      [[[1]]],
      [[]],
    ])
      expect((await ask({ instances }, ofOneColumn)).statusCode).toBe(400);
  });

  it('stays short, however long what was sent', async () => {
    const long = 'x'.repeat(200_000);
    for (const instances of [long, [{ [long]: 1 }], [{ A: long }], [[long]], [long]]) {
      const { statusCode, error } = await ask({ instances });
      expect(statusCode).toBe(400);
      expect(error.length).toBeLessThan(2000);
    }
  });

  it('of a batch costs no more than its answer, wherever it is wrong', async () => {
    const all = Array.from({ length: 1000 }, (_, row) => row);
    const wrong = [
      { title: 'all of a wrong type', at: all, column: 2, value: 'x' },
      { title: 'all out of range', at: all, column: 2, value: -1 },
      { title: 'the last of a wrong type', at: [999], column: 7, value: 'x' },
      { title: 'the last out of range', at: [999], column: 7, value: -1 },
      { title: 'six far apart', at: [99, 299, 499, 699, 899, 999], column: 2, value: -1 },
    ];
    for (const arrays of [false, true]) {
      const bodies = wrong.map(({ title, at, column, value }) => {
        const rows = rowsOf(1000, arrays);
        for (const row of at) put(rows[row], column, value);
        return { title, body: { instances: rows }, ms: 0 };
      });
      const right = { title: 'right', body: { instances: rowsOf(1000, arrays) }, ms: 0 };
      // Interleaved, so that a busy machine is busy for all of them.
      for (let round = 0; round < 4; round += 1) {
        for (const each of [right, ...bodies]) {
          const before = process.threadCpuUsage();
          const { statusCode } = await ask(each.body);
          const { user, system } = process.threadCpuUsage(before);
          if (round > 0) each.ms += (user + system) / 1000;
          expect(statusCode === 200).toBe(each === right);
        }
      }
      // Looking at every cell took 6 to 20 times as long.
      for (const { title, ms } of bodies) expect(ms / right.ms, title).toBeLessThan(3);
    }
  });
});

describe('batches of 1,000 rows', () => {
  it('are all answered when 32 come at once', async () => {
    const body = { instances: rowsOf(1000, false) };
    const results = await Promise.all(Array.from({ length: 32 }, () => run(body)));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  });

  it('are all refused with 400 when several wrong ones come at once', async () => {
    const rows = rowsOf(1000, false);
    put(rows.at(-1), 3, 'x');
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ instances: rows })));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([400]));
  });
});

describe('a column', () => {
  it.each(['a":', 'a1},', 'a`', 'a  b', 'a\n'])('is not named %j', (name) => {
    expect(() => tableOf([{ name, description: '' }])).toThrow(/rename/);
  });
});

describe('a deadline', () => {
  it.each([1e-320, 1e-9, 1, 1e300])('of %d microseconds is taken as one', async (timeout) => {
    const { statusCode } = await ask({ instances: rowsOf(1, false), parameters: { timeout } });
    expect(statusCode).toBe(200);
  });
});
