import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { choiceRows } from './conformance/choice-rows.ts';
import { errorRows } from './conformance/error-rows.ts';
import { fanOutRows } from './conformance/fan-out-rows.ts';
import { intrinsicRows } from './conformance/intrinsic-rows.ts';
import { type InvalidDefinition, invalidDefinitions } from './conformance/invalid-definitions.ts';
import { invalidMaps } from './conformance/invalid-maps.ts';
import { jsonataRows } from './conformance/jsonata-rows.ts';
import { otherRows } from './conformance/other-rows.ts';
import { paths } from './conformance/paths.ts';
import { recordedRows } from './conformance/recorded-rows.ts';
import type { ConformanceRow } from './conformance/row.ts';
import { variableRows } from './conformance/variable-rows.ts';
import { InvalidDefinitionError, StatesError } from './errors.ts';
import { execute } from './execute.ts';
import type { TaskRequest } from './execution.ts';
import type { MachineType } from './machine.ts';
import { openJournal } from './open-journal.ts';
import { structureProblems } from './structure.ts';
import { virtualClock } from './virtual-clock.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

const groups: readonly (readonly [string, readonly ConformanceRow[]])[] = [
  ['paths', paths],
  ['intrinsic functions', intrinsicRows],
  ['choice', choiceRows],
  ['JSONata', jsonataRows],
  ['variables', variableRows],
  ['errors', errorRows],
  ['fan-out', fanOutRows],
  ['tasks, context, wait, limits', otherRows],
  ['as recorded on AWS', recordedRows],
];

function definitionOf(row: ConformanceRow) {
  return {
    StartAt: Object.keys(row.states)[0],
    States: row.states,
    ...(row.language && { QueryLanguage: row.language }),
    ...(row.timeoutSeconds && { TimeoutSeconds: row.timeoutSeconds }),
  };
}

async function run(row: ConformanceRow, type: MachineType) {
  // The structure of all rows is checked at once, further down: asl-validator takes its time.
  const machine = compile(definitionOf(row), { name: 'conformance', type, checkStructure: false });
  const clock = virtualClock(start);
  const delays: number[] = [];
  const seen: unknown[] = [];
  const calls = [...(row.calls ?? [])];
  const result = await execute(machine, row.input, {
    executionName: 'run-1',
    ...(type === 'STANDARD' && { journal: openJournal({ places: [], events: 1 }, () => {}) }),
    random: () => 0.5,
    clock: {
      ...clock,
      sleep: (ms, signal) => {
        delays.push(ms / 1000);
        return clock.sleep(ms, signal);
      },
    },
    async runTask(request: TaskRequest) {
      seen.push(request.arguments);
      const call = calls.shift() ?? { returns: request.arguments };
      if ('fails' in call) throw new StatesError(call.fails, call.cause ?? '');
      if ('hangs' in call) return new Promise(() => undefined);
      return call.returns;
    },
  });
  // The first delay is the machine's own timeout, if it has one.
  return { result, seen, delays: delays.slice(machine.timeoutSeconds === undefined ? 0 : 1) };
}

const inBothTypes = groups.flatMap(([group, rows]) =>
  (['EXPRESS', 'STANDARD'] as const).map((type) => {
    const about = rows.filter((row) => (row.type ?? type) === type);
    return [group, type, about] as const;
  }),
);

describe.each(inBothTypes)('conformance: %s in %s', (_group, type, rows) => {
  it.each(rows)('$title ($spec)', async (row) => {
    const { result, seen, delays } = await run(row, type);
    if ('output' in row.expected) {
      expect(result).toMatchObject({ status: 'SUCCEEDED' });
      expect(result).toHaveProperty('output', row.expected.output);
    } else if ('error' in row.expected) {
      expect(result).toMatchObject({ status: 'FAILED', error: row.expected.error });
      const { cause } = row.expected;
      if (cause !== undefined) {
        expect(result).toHaveProperty(
          'cause',
          typeof cause === 'string' ? cause : expect.stringMatching(cause),
        );
      }
    } else {
      expect(result).toMatchObject(row.expected);
    }
    if (row.arguments) expect(seen).toEqual(row.arguments);
    if (row.delays) expect(delays).toEqual(row.delays);
  });
});

describe('conformance: structure', () => {
  it.each(['JSONPath', 'JSONata'])('asl-validator accepts every %s row', (language) => {
    const rows = groups
      .flatMap(([, group]) => group)
      .filter((row) => (row.language ?? 'JSONPath') === language);
    const problems = structureProblems({
      QueryLanguage: language,
      StartAt: 'All',
      States: {
        All: {
          Type: 'Parallel',
          Branches: rows.map(({ states }) => ({ StartAt: Object.keys(states)[0], States: states })),
          End: true,
        },
      },
    });
    // Names must be unique in one machine; every row calls its states A and B.
    expect(problems.filter(({ message }) => !message.includes('already exists'))).toEqual([]);
  });
});

describe('conformance: refused definitions', () => {
  it.each<InvalidDefinition & { readonly type?: MachineType }>([
    ...invalidDefinitions,
    ...invalidMaps,
  ])('refuses $title', ({ definition, path, message, type = 'EXPRESS' }) => {
    const refusal = catchError(() => compile(definition, { type }));
    expect(refusal).toBeInstanceOf(InvalidDefinitionError);
    expect(refusal).toHaveProperty(
      'problems',
      expect.arrayContaining([{ path, message: expect.stringMatching(message) }]),
    );
  });
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
