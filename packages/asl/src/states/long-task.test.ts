import { describe, expect, it } from 'vitest';
import type { TaskRequest } from '../execution.ts';
import { emptyDisk, Killed, machine, run, runKilled, started } from '../testing/run-standard.ts';

describe('a task that waits for its token', () => {
  const resource = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
  const waiting = (fields: object = {}): object =>
    machine({
      A: {
        Type: 'Task',
        Resource: resource,
        Arguments: { token: '{% $states.context.Task.Token %}' },
        ...fields,
        End: true,
      },
    });

  it('finds its token in the context, in either language', async () => {
    const { result } = await runKilled(waiting(), {}, []);
    expect(result).toMatchObject({ output: { token: 'token of ' } });
    const path = {
      StartAt: 'A',
      States: {
        A: {
          Type: 'Task',
          Resource: resource,
          Parameters: { 'token.$': '$$.Task.Token' },
          End: true,
        },
      },
    };
    const other = await runKilled(path, {}, []);
    expect(other.result).toMatchObject({ output: { token: 'token of ' } });
  });

  it('does not ask its service again when that had answered before the process ended', async () => {
    const disk = emptyDisk();
    const first = async ({ long }: TaskRequest): Promise<never> => {
      long?.submit({ accepted: true });
      throw new Killed();
    };
    const stop = new AbortController();
    // The process ends while the task waits: nothing is kept of its end.
    const ended = run(
      waiting(),
      {},
      {
        disk,
        signal: stop.signal,
        runTask: async (request) => {
          await first(request).catch(() => stop.abort());
          return new Promise<never>(() => {});
        },
      },
    );
    await expect(ended).resolves.toMatchObject({ status: 'ABORTED' });
    let seen: unknown;
    const result = await run(
      waiting(),
      {},
      {
        disk,
        runTask: async ({ long }) => {
          seen = long?.submitted;
          return 'done';
        },
      },
    );
    expect(seen).toEqual({ answer: { accepted: true } });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
    expect(disk.events.map(({ type }) => type)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
    ]);
  });

  it.each(['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'])(
    'fails without a heartbeat, which %s names',
    async (name) => {
      const definition = {
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: {
          A: {
            Type: 'Task',
            Resource: resource,
            HeartbeatSeconds: 5,
            TimeoutSeconds: 600,
            Catch: [{ ErrorEquals: [name], Next: 'B' }],
            End: true,
          },
          B: { Type: 'Pass', End: true },
        },
      };
      const runTask = () => new Promise<never>(() => {});
      const { result } = await runKilled(definition, {}, [], { runTask });
      expect(result).toMatchObject({ output: { Error: 'States.Timeout', Cause: '' } });
      expect(result.stopTime.getTime() - started.getTime()).toBe(5000);
    },
  );

  it('has the time that it had left after a restart', async () => {
    const definition = waiting({ TimeoutSeconds: 100 });
    const runTask = () => new Promise<never>(() => {});
    const disk = emptyDisk();
    const stop = new AbortController();
    const hanging = run(
      definition,
      {},
      {
        disk,
        signal: stop.signal,
        runTask: () => {
          stop.abort();
          return runTask();
        },
      },
    );
    await hanging;
    const later = started.getTime() + 60_000;
    const result = await run(definition, {}, { disk, now: later, runTask });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(result.stopTime.getTime() - started.getTime()).toBe(100_000);
  });
});
