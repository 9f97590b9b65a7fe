import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatesError } from './errors.ts';
import type { TaskRequest } from './execution.ts';
import type { ToldEvent } from './open-journal.ts';
import { graphs } from './testing/graphs.ts';
import {
  emptyDisk,
  graph,
  Killed,
  machine,
  run,
  runKilled,
  started,
  task,
} from './testing/run-standard.ts';

/** Does what the arguments say; a flaky task succeeds at its third attempt. */
async function doTask({ arguments: given, retryCount }: TaskRequest): Promise<unknown> {
  const { flaky, fails } = Object(given);
  if (fails === true) throw new StatesError('Always', 'it does');
  if (flaky === true && retryCount < 2) throw new StatesError('Flaky', 'once more');
  return { did: given };
}

/** Tells of what is wrong with the order of a history. */
function faultsOf(events: readonly ToldEvent[]): string[] {
  return events.flatMap(({ id, previousEventId, type }, index) => [
    ...(id === index + 1 ? [] : [`${type} has the id ${id}`]),
    ...(previousEventId < id ? [] : [`${type} ${id} follows ${previousEventId}`]),
  ]);
}

const countBy = (events: readonly ToldEvent[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

/** By process, the change that it is killed at. */
const kills = fc.array(fc.nat(100), { minLength: 1, maxLength: 4 });

describe('a Standard execution', () => {
  it('ends as it would have, and with as many events, wherever the process is killed', async () => {
    await fc.assert(
      fc.asyncProperty(graphs(2, 's'), fc.jsonValue(), kills, async (def, input, killAt) => {
        const definition = { QueryLanguage: 'JSONata', ...def };
        const whole = await runKilled(definition, input, [], { runTask: doTask });
        const killed = await runKilled(definition, input, killAt, { runTask: doTask });
        const { startTime: _s, stopTime: _e, ...expected } = whole.result;
        expect(killed.result).toMatchObject(expected);
        expect(faultsOf(killed.disk.events)).toEqual([]);
        expect(countBy(killed.disk.events)).toEqual(countBy(whole.disk.events));
      }),
      { numRuns: 150 },
    );
  });

  it('asks for no task twice that has ended before the process was killed', async () => {
    const definition = machine({
      A: task({ Arguments: 'a', Next: 'B' }),
      B: task({ Arguments: 'b', Next: 'C' }),
      C: task({ Arguments: 'c', End: true }),
    });
    const { disk } = await runKilled(definition, {}, []);
    const changes = disk.events.length;
    for (let killAt = 0; killAt < changes; killAt += 1) {
      const asked: unknown[] = [];
      await runKilled(definition, {}, [killAt], {
        runTask: async (request) => {
          asked.push(request.arguments);
          return request.arguments;
        },
      });
      expect(asked.length).toBeLessThanOrEqual(4);
      expect([...new Set(asked)]).toEqual(['a', 'b', 'c']);
    }
  });

  it('waits until the same moment after a restart, not for as long again', async () => {
    const definition = machine({ A: { Type: 'Wait', Seconds: 100, End: true } });
    const disk = emptyDisk();
    await expect(run(definition, {}, { disk, killAt: 2 })).rejects.toThrow(Killed);
    const later = started.getTime() + 70_000;
    const { stopTime } = await run(definition, {}, { disk, now: later });
    expect(stopTime.getTime() - started.getTime()).toBe(100_000);
    // The moment is long gone when the next process starts.
    const other = emptyDisk();
    await expect(run(definition, {}, { disk: other, killAt: 2 })).rejects.toThrow(Killed);
    const muchLater = started.getTime() + 7_000_000;
    const result = await run(definition, {}, { disk: other, now: muchLater });
    expect(result.stopTime.getTime()).toBe(muchLater);
  });

  it('times out at the same moment after a restart', async () => {
    const waits = { A: { Type: 'Wait', Seconds: 1000, End: true } };
    const definition = { ...machine(waits), TimeoutSeconds: 100 };
    const disk = emptyDisk();
    await expect(run(definition, {}, { disk, killAt: 1 })).rejects.toThrow(Killed);
    const later = started.getTime() + 70_000;
    const { status, stopTime } = await run(definition, {}, { disk, now: later });
    expect(status).toBe('TIMED_OUT');
    expect(stopTime.getTime() - started.getTime()).toBe(100_000);
  });

  it('retries as often as it may, restarts or not', async () => {
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2, IntervalSeconds: 10 }];
    const definition = machine({ A: task({ Retry, End: true }) });
    for (let killAt = 0; killAt < 12; killAt += 1) {
      const attempts: number[] = [];
      const { result } = await runKilled(definition, {}, [killAt], {
        runTask: async ({ retryCount }) => {
          attempts.push(retryCount);
          throw new StatesError('Down', '');
        },
      });
      expect(result).toMatchObject({ status: 'FAILED', error: 'Down' });
      expect([...new Set(attempts)]).toEqual([0, 1, 2]);
    }
  });

  it('tells what AWS tells of a task that fails in a Map', async () => {
    const inner = graph({ I: task({ End: true }) });
    const definition = machine({ A: { Type: 'Map', ItemProcessor: inner, End: true } });
    const disk = emptyDisk();
    const hanging = new Promise<never>(() => {});
    const runTask = async ({ arguments: given }: TaskRequest) => {
      if (given === 0) throw new StatesError('Down', '');
      return hanging;
    };
    const result = await run(definition, [0, 1], { disk, runTask });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Down' });
    const types = disk.events.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual([
      'MapStateEntered',
      'MapStateStarted',
      'MapIterationStarted',
    ]);
    expect(types.slice(-5)).toEqual([
      'LambdaFunctionFailed',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'MapStateFailed',
    ]);
    const failed = disk.events.find(({ type }) => type === 'LambdaFunctionFailed')?.id;
    for (const event of disk.events.slice(-4)) expect(event.previousEventId).toBe(failed);
  });

  it('tells what AWS tells of items one after another, and of branches', async () => {
    const definition = machine({
      A: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: graph({ I: { Type: 'Pass', End: true } }),
        Next: 'B',
      },
      B: { Type: 'Parallel', Branches: [graph({ P: { Type: 'Pass', End: true } })], End: true },
    });
    const disk = emptyDisk();
    await run(definition, [0, 1], { disk });
    expect(disk.events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual(
      [
        [1, 0, 'MapStateEntered'],
        [2, 1, 'MapStateStarted'],
        [3, 2, 'MapIterationStarted'],
        [4, 3, 'PassStateEntered'],
        [5, 4, 'PassStateExited'],
        [6, 5, 'MapIterationSucceeded'],
        [7, 5, 'MapIterationStarted'],
        [8, 7, 'PassStateEntered'],
        [9, 8, 'PassStateExited'],
        [10, 9, 'MapIterationSucceeded'],
        [11, 10, 'MapStateSucceeded'],
        [12, 10, 'MapStateExited'],
        [13, 12, 'ParallelStateEntered'],
        [14, 13, 'ParallelStateStarted'],
        [15, 14, 'PassStateEntered'],
        [16, 15, 'PassStateExited'],
        [17, 16, 'ParallelStateSucceeded'],
        [18, 16, 'ParallelStateExited'],
      ],
    );
  });

  it('fails when its history is full', async () => {
    const definition = machine({ A: { Type: 'Pass', Next: 'A' } });
    const disk = emptyDisk();
    const result = await run(definition, {}, { disk });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(result).toHaveProperty('cause', expect.stringContaining('25000'));
    expect(disk.events.length).toBeLessThan(25_000);
  });
});
