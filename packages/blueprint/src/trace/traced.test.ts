import { compile, execute, StatesError, systemClock } from '@chorus/asl';
import { describe, expect, it } from 'vitest';
import { median } from '../answers/median.ts';
import { output } from '../answers/output.ts';
import { chooseMachine } from '../asynchronous/choose-machine.ts';
import { model, task } from '../functions.ts';
import { rows } from '../requests/rows.ts';
import { routesTo } from '../serve-workflows.ts';
import { ask } from '../steps/ask.ts';
import { gather } from '../steps/gather.ts';
import { sequence } from '../steps/sequence.ts';
import type { WorkflowSpec } from '../types.ts';
import { workflow } from '../workflow.ts';
import { refuseTrace, traced } from './traced.ts';

const request = rows({ columns: [{ name: 'A', description: 'a' }] });
const question = {
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 1] }],
  outputs: [{ name: 'y', datatype: 'FP64', shape: [-1] }],
} as const;

const gathered = workflow({
  name: 'price',
  request,
  steps: gather([ask(model('tall-tree'), question), ask(model('line'), question)], { quorum: 1 }),
  answer: median('y'),
  example: { A: 1 },
});

const sequential = workflow({
  name: 'steps',
  request,
  steps: sequence(
    ask(task('look-up'), { input: '{}', outputs: { found: '$states.result.Payload.found' } }),
    ask(model('line'), question),
  ),
  answer: output('y'),
  example: { A: 1 },
});

interface Step {
  readonly function: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attempts: number;
  readonly [more: string]: unknown;
}

/** Runs a definition in which functions answer at once, or as is said. */
async function run(
  definition: Readonly<Record<string, unknown>>,
  of: WorkflowSpec,
  takes: Readonly<Record<string, 'fails' | 'is throttled once'>>,
) {
  const names = of.functions.map(({ name }) => [name.replaceAll('-', '_'), name]);
  const machine = compile(definition, {
    name: of.name,
    substitutions: Object.fromEntries(names),
  });
  let asked = 0;
  const result = await execute(
    machine,
    { A: 1 },
    {
      executionName: 'r-1',
      clock: systemClock,
      retryScale: 0,
      async runTask({ arguments: given }) {
        const name = String(Object(given).FunctionName);
        asked += 1;
        const how = takes[name];
        if (how === 'fails') throw new StatesError('ModelError', 'it is broken');
        if (how === 'is throttled once' && asked === 1)
          throw new StatesError('Lambda.TooManyRequestsException', 'too many');
        return {
          Payload: {
            found: 1,
            model_version: 'v1',
            parameters: { chorus_duration_ms: 1, chorus_cold_start: true },
            outputs: [{ name: 'y', datatype: 'FP64', shape: [1], data: [2] }],
          },
        };
      },
    },
  );
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return result.output as {
    readonly statusCode: number;
    readonly body: Readonly<Record<string, unknown>> & {
      readonly trace: {
        readonly startedAt: string;
        readonly durationMs: number;
        readonly steps: readonly Step[];
      };
    };
  };
}

describe('a workflow that tells its times', () => {
  const definition = gathered.traced?.() ?? {};

  it('answers as it does without, and says when each was asked, what served, and how long', async () => {
    const { statusCode, body } = await run(definition, gathered, {});
    const plain = await run(gathered.definition, gathered, {});
    const { trace, ...others } = body;
    expect(statusCode).toBe(200);
    expect(others).toEqual(plain.body);
    expect(plain.body).not.toHaveProperty('trace');
    expect(trace.steps.map((each) => each.function).toSorted()).toEqual(['line', 'tall-tree']);
    for (const { startMs, endMs } of trace.steps) {
      expect(startMs).toBeGreaterThanOrEqual(0);
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      expect(trace.durationMs).toBeGreaterThanOrEqual(endMs);
    }
    expect(new Date(trace.startedAt).getTime()).toBeGreaterThan(0);
    expect(trace.steps.find((each) => each.function === 'line')).toMatchObject({
      attempts: 1,
      version: 'v1',
      durationMs: 1,
      coldStart: true,
    });
  });

  it('has those that failed, with their error and attempts, and keeps them out of the models', async () => {
    const { body } = await run(definition, gathered, { line: 'fails' });
    expect(Object.keys(Object(body['models']))).toEqual(['tall-tree']);
    expect(body['failed']).toMatchObject({ line: { error: 'ModelError' } });
    const failed = body.trace.steps.find((each) => each.function === 'line');
    expect(failed).toMatchObject({ error: 'ModelError', attempts: 1 });
    expect(failed).not.toHaveProperty('version');
  });

  it('counts attempts', async () => {
    const { body } = await run(sequential.traced?.() ?? {}, sequential, {
      'look-up': 'is throttled once',
    });
    expect(body.trace.steps[0]).toMatchObject({ function: 'look-up', attempts: 2 });
  });

  it('has tasks too, in the order of their beginnings', async () => {
    const { body } = await run(sequential.traced?.() ?? {}, sequential, {});
    expect(body.trace.steps.map((each) => each.function)).toEqual(['look-up', 'line']);
    expect(body.trace.steps[0]).not.toHaveProperty('coldStart');
    expect(Object.keys(Object(body['models']))).toEqual(['line']);
  });

  it('tells them when too little was answered', async () => {
    const { statusCode, body } = await run(definition, gathered, {
      line: 'fails',
      'tall-tree': 'fails',
    });
    expect(statusCode).toBe(503);
    expect(body.trace.steps).toHaveLength(2);
  });
});

describe('without ?trace=1', () => {
  it('nothing of a workflow is other than it was', () => {
    expect(JSON.stringify(gathered.definition)).not.toMatch(/trace|startMs|times/);
    expect(JSON.stringify(sequential.definition)).not.toMatch(/trace|startMs|times/);
  });

  it('a standard workflow, which gives no answer, has no such machine', () => {
    const standard = workflow({
      name: 'long',
      type: 'standard',
      request,
      steps: ask(model('line'), question),
      answer: output('y'),
      example: { A: 1 },
    });
    expect(standard.traced).toBeUndefined();
    expect(traced([standard], routesTo([standard])).machines).toEqual([]);
  });
});

describe('a route', () => {
  const { routes, machines } = traced([gathered], routesTo([gathered]));
  const [route] = routes;

  it('starts the machine with times for 1, the workflow for 0, and refuses anything else', async () => {
    if (route === undefined || !('workflow' in route)) throw new TypeError('there is no route');
    const choose = (trace?: string, later?: string) => chooseMachine(route, { later, trace });
    expect([undefined, '', '0', '1', 'yes'].map((value) => choose(value))).toEqual([
      'price',
      'price',
      'price',
      'price-traced',
      'refuse-trace',
    ]);
    const asynchronous = {
      accept: 'price-accept',
      refuse: 'refuse-async',
      refuseWebhook: 'refuse-webhook',
    };
    const both = { ...route, asynchronous };
    expect(chooseMachine(both, { later: '1', trace: '1' })).toBe('refuse-trace');
    expect(chooseMachine(both, { later: '1', trace: '0' })).toBe('price-accept');
    expect(machines.map(({ name }) => name)).toEqual(['price-traced', 'refuse-trace']);
  });

  it('that is refused says what the parameter takes', async () => {
    const result = await execute(
      compile(refuseTrace.definition, { name: 'refuse' }),
      {},
      { executionName: 'r-1', clock: systemClock, runTask: async () => undefined },
    );
    expect(result).toMatchObject({ output: { statusCode: 400, body: { requestId: 'r-1' } } });
  });
});
