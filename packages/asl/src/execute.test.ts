import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { StatesError } from './errors.ts';
import { execute } from './execute.ts';
import type { ExecuteOptions, StateEvent, TaskRequest } from './execution.ts';
import { virtualClock } from './virtual-clock.ts';

const resource = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const task = (name: string, fields = {}) => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: resource(name), ...fields, End: true } },
});
const both = compile(
  {
    StartAt: 'Gather',
    States: { Gather: { Type: 'Parallel', Branches: [task('left'), task('right')], End: true } },
  },
  { checkStructure: false },
);
const one = compile(task('only'), { checkStructure: false });

/** A task that ends only when it is aborted, and says so. */
function hanging() {
  const aborted: unknown[] = [];
  const runTask = ({ signal, resource }: TaskRequest) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted.push(resource.split(':').at(-1));
        reject(signal.reason);
      });
    });
  return { aborted, runTask };
}

function recorded(options: ExecuteOptions) {
  const events: StateEvent[] = [];
  return { events, options: { ...options, onEvent: (event: StateEvent) => events.push(event) } };
}

describe('stopping', () => {
  it('ends as ABORTED when the signal aborts, and aborts the running tasks', async () => {
    const stop = new AbortController();
    const { aborted, runTask } = hanging();
    const execution = execute(both, {}, { runTask, signal: stop.signal });
    setImmediate(() => stop.abort());
    await expect(execution).resolves.toMatchObject({ status: 'ABORTED' });
    expect(aborted).toEqual(['left', 'right']);
  });

  it('does not start when the signal has aborted before', async () => {
    const calls: unknown[] = [];
    const result = await execute(
      one,
      {},
      {
        signal: AbortSignal.abort(),
        runTask: async (request) => calls.push(request),
      },
    );
    expect(result.status).toBe('ABORTED');
    expect(calls).toEqual([]);
  });

  it('aborts the running tasks when the machine times out', async () => {
    const { aborted, runTask } = hanging();
    const result = await execute(both, {}, { runTask, clock: virtualClock(0) });
    expect(result).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(result.stopTime.getTime()).toBe(300_000);
    expect(aborted).toEqual(['left', 'right']);
  });

  it('aborts the task itself when the task times out', async () => {
    const machine = compile(task('slow', { TimeoutSeconds: 2 }), { checkStructure: false });
    const { aborted, runTask } = hanging();
    const result = await execute(machine, {}, { runTask, clock: virtualClock() });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(aborted).toEqual(['slow']);
  });

  it('aborts the siblings of a branch that fails, and reports them as aborted', async () => {
    const { aborted, runTask } = hanging();
    const { events, options } = recorded({
      runTask: async (request) => {
        if (request.resource.endsWith('left')) return runTask(request);
        throw new StatesError('Boom', 'why');
      },
    });
    const result = await execute(both, {}, options);
    expect(result).toMatchObject({ status: 'FAILED', error: 'Boom', cause: 'why' });
    expect(aborted).toEqual(['left']);
    expect(events.map(({ state, outcome }) => [state, outcome])).toEqual([
      ['right', 'failed'],
      ['left', 'aborted'],
      ['Gather', 'failed'],
    ]);
  });

  it('does not wait for a task that ignores its signal', async () => {
    const result = await execute(
      one,
      {},
      {
        runTask: () => new Promise(() => undefined),
        clock: virtualClock(),
      },
    );
    expect(result.status).toBe('TIMED_OUT');
  });

  it('leaves no listener on the signal it was given', async () => {
    const stop = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = stop.signal;
    stop.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners += 1;
      return addEventListener.apply(stop.signal, args);
    };
    stop.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      return removeEventListener.apply(stop.signal, args);
    };
    await execute(one, {}, { runTask: async () => 1, signal: stop.signal });
    expect(listeners).toBe(0);
  });
});

describe('errors of tasks', () => {
  it("takes an error's name and message as Error Name and cause", async () => {
    const result = await execute(
      one,
      {},
      {
        runTask: async () => {
          throw Object.assign(new Error('503: no weights'), { name: 'ModelLoadError' });
        },
      },
    );
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'ModelLoadError',
      cause: '503: no weights',
    });
  });

  it('calls anything else that is thrown States.TaskFailed', async () => {
    const result = await execute(one, {}, { runTask: () => Promise.reject('text') });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed', cause: 'text' });
  });

  it('rejects when a callback has a fault: that is no failure of the workflow', async () => {
    const execution = execute(
      one,
      {},
      {
        runTask: async () => 1,
        onEvent: () => {
          throw new TypeError('a fault');
        },
      },
    );
    await expect(execution).rejects.toThrow('a fault');
  });
});

describe('what tasks and observers are told', () => {
  it('tells a task its place, its retries, its timeouts and the context', async () => {
    const machine = compile(
      {
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            ItemProcessor: task('work', {
              TimeoutSeconds: 9,
              HeartbeatSeconds: 3,
              Retry: [{ ErrorEquals: ['States.ALL'] }],
            }),
            End: true,
          },
        },
      },
      { name: 'told' },
    );
    const requests: TaskRequest[] = [];
    await execute(machine, ['x'], {
      retryScale: 0,
      runTask: async (request) => {
        requests.push(request);
        if (requests.length === 1) throw new Error('once more');
        return 1;
      },
    });
    expect(requests[1]).toMatchObject({
      resource: resource('work'),
      arguments: 'x',
      timeoutSeconds: 9,
      heartbeatSeconds: 3,
      path: ['Each', '0', 'work'],
      retryCount: 1,
      context: {
        Execution: { Input: ['x'] },
        State: { Name: 'work', RetryCount: 1 },
        StateMachine: { Name: 'told' },
        Map: { Item: { Index: 0, Value: 'x' } },
      },
    });
  });

  it('tells of every attempt: where, when, how it ended, and how long it waits', async () => {
    const machine = compile(
      task('flaky', { Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 2 }] }),
      { checkStructure: false },
    );
    const starts: unknown[] = [];
    const { events, options } = recorded({
      clock: virtualClock(1000),
      runTask: async ({ retryCount }) => {
        if (retryCount === 0) throw new StatesError('E', 'why');
        return 1;
      },
    });
    await execute(machine, {}, { ...options, onStart: (start) => starts.push(start) });
    const place = { path: ['flaky'], state: 'flaky', type: 'Task' };
    expect(starts).toEqual([
      { ...place, attempt: 1, start: 1000 },
      { ...place, attempt: 2, start: 3000 },
    ]);
    expect(events).toEqual([
      {
        ...place,
        attempt: 1,
        start: 1000,
        end: 1000,
        outcome: 'retried',
        error: 'E',
        cause: 'why',
        retryDelayMs: 2000,
      },
      { ...place, attempt: 2, start: 3000, end: 3000, outcome: 'succeeded' },
    ]);
  });

  it.each([
    ['MaxDelaySeconds', 0, 'More than 0.'],
    ['MaxDelaySeconds', -1, 'More than 0.'],
    ['IntervalSeconds', 0, 'At least 1.'],
    ['BackoffRate', 0.9, 'At least 1.'],
  ])('refuses a Retry with %s %d', (field, value, message) => {
    const definition = task('flaky', { Retry: [{ ErrorEquals: ['E'], [field]: value }] });
    expect(() => compile(definition, { checkStructure: false })).toThrow(message);
  });

  it('scales retry delays', async () => {
    const machine = compile(task('flaky', { Retry: [{ ErrorEquals: ['States.ALL'] }] }), {
      checkStructure: false,
    });
    const clock = virtualClock();
    await execute(
      machine,
      {},
      {
        clock,
        retryScale: 0.1,
        runTask: () => Promise.reject(new Error('always')),
      },
    );
    expect(clock.sleeps.slice(1)).toEqual([100, 200, 400]);
  });
});

describe('data', () => {
  it.each(['JSONPath', 'JSONata'])(
    'any JSON passes a chain of %s Pass states unchanged',
    async (language) => {
      const names = ['P0', 'P1', 'P2', 'P3'];
      const chain = compile({
        QueryLanguage: language,
        StartAt: 'P0',
        States: Object.fromEntries(
          names.map((name, index) => [
            name,
            {
              Type: 'Pass',
              ...(language === 'JSONata' && { Output: '{% $states.input %}' }),
              ...(index < 3 ? { Next: names[index + 1] } : { End: true }),
            },
          ]),
        ),
      });
      await fc.assert(
        fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
          const input = JSON.parse(JSON.stringify(value));
          const before = JSON.stringify(input);
          const result = await execute(chain, input, { runTask: async () => null });
          expect(result).toHaveProperty('output', input);
          expect(JSON.stringify(input)).toBe(before);
        }),
      );
    },
  );

  it('runs one machine many times at once', async () => {
    const machine = compile(
      {
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Assign: { n: '{% $states.input * 2 %}' }, Next: 'B' },
          B: {
            Type: 'Task',
            Resource: resource('b'),
            Output: '{% $n + $states.result %}',
            End: true,
          },
        },
      },
      { checkStructure: false },
    );
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => execute(machine, n, { runTask: async () => 1 })),
    );
    expect(results.map((result) => 'output' in result && result.output)).toEqual(
      Array.from({ length: 50 }, (_, n) => n * 2 + 1),
    );
  });

  it('replaces tokens before anything else', async () => {
    const machine = compile(
      {
        ...task('x'),
        States: { x: { Type: 'Task', Resource: ['$', '{svr}'].join(''), End: true } },
      },
      { substitutions: { svr: resource('chorus-svr') } },
    );
    const result = await execute(machine, {}, { runTask: async (request) => request.resource });
    expect(result).toHaveProperty('output', resource('chorus-svr'));
  });
});
