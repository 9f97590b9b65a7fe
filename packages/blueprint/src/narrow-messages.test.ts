import { describe, expect, it } from 'vitest';
import { http, model, task } from './functions.ts';
import { bus } from './links/bus.ts';
import { needsOfFunction } from './links/needs-of-function.ts';
import { needsOfWorkflow } from './links/needs-of-workflow.ts';
import { queue } from './links/queue.ts';
import { topic } from './links/topic.ts';
import { narrow } from './narrow.ts';
import { functionsOf } from './serve-workflows.ts';
import type { Blueprint, FunctionSpec, MachineSpec, WorkflowSpec } from './types.ts';

/** A workflow that asks these functions; what it makes of them does not matter here. */
const asking = (name: string, ...asked: readonly FunctionSpec[]) =>
  ({ name, functions: asked }) as unknown as WorkflowSpec;

const machine = (of: string, links: MachineSpec['links'] = []): MachineSpec => ({
  name: `${of}-accept`,
  of,
  definition: {},
  functions: [],
  links,
  timeoutSeconds: 5,
});

const served = [
  asking('prices', model('price')),
  asking('photos', task('look', { links: [queue('seen', { access: 'send' })] })),
];

const full: Blueprint = {
  functions: functionsOf(served, [
    task('run', { links: [bus('events')] }),
    task('write-down'),
    task('count'),
    task('tell'),
    task('tidy'),
    http('time'),
  ]),
  workflows: served,
  machines: [machine('prices', [topic('requests')]), machine('photos')],
  routes: [{ method: 'POST', path: '/time', function: 'time' }],
  buckets: [],
  queues: [
    {
      name: 'predictions',
      purpose: '',
      consumer: { function: 'run' },
      deadLetters: { queue: 'dead', receives: 3 },
    },
    { name: 'dead', purpose: '', consumer: { function: 'write-down' } },
    { name: 'seen', purpose: '', consumer: { function: 'count' } },
    { name: 'by-hand', purpose: '' },
  ],
  topics: [
    { name: 'requests', purpose: '', subscriptions: [{ queue: 'predictions' }] },
    { name: 'unused', purpose: '', subscriptions: [{ queue: 'seen' }] },
  ],
  buses: [
    {
      name: 'events',
      purpose: '',
      rules: [
        { name: 'done', pattern: { source: ['chorus'] }, target: { function: 'tell' } },
        { name: 'again', pattern: { source: ['chorus'] }, target: { workflow: 'photos' } },
      ],
    },
  ],
  schedules: [
    { name: 'nightly', purpose: '', expression: 'rate(1 day)', target: { function: 'tidy' } },
    { name: 'photos', purpose: '', expression: 'rate(1 day)', target: { workflow: 'photos' } },
  ],
};

const names = (of: readonly { readonly name: string }[] = []) => of.map(({ name }) => name);

describe('the part of a service with one workflow', () => {
  it('has what its messages reach, through topics, queues, dead letters and buses, and no more', () => {
    const part = narrow(full, { workflows: ['prices'] });
    expect(names(part.functions)).toEqual(['price', 'run', 'write-down', 'tell', 'tidy', 'time']);
    expect(names(part.machines)).toEqual(['prices-accept']);
    expect(names(part.queues)).toEqual(['predictions', 'dead', 'by-hand']);
    // One that nothing here published to before may be filled from outside: it stays, without what is gone.
    expect(part.topics?.map(({ name, subscriptions }) => [name, subscriptions.length])).toEqual([
      ['requests', 1],
      ['unused', 0],
    ]);
    expect(part.buses?.flatMap(({ rules }) => names(rules))).toEqual(['done']);
    expect(names(part.schedules)).toEqual(['nightly']);
  });

  it('has no queue, topic or bus that only others used', () => {
    const part = narrow(full, { workflows: ['photos'] });
    expect(names(part.functions)).toEqual(['look', 'count', 'tidy', 'time']);
    expect(names(part.queues)).toEqual(['seen', 'by-hand']);
    expect(names(part.topics)).toEqual(['unused']);
    expect(names(part.buses)).toEqual([]);
    expect(names(part.schedules)).toEqual(['nightly', 'photos']);
  });

  it.each([[['prices']], [['photos']], [[]], [['prices', 'photos']]])(
    'with %j leaves no link to what is gone',
    (workflows) => {
      const part = narrow(full, { workflows });
      for (const spec of part.functions) needsOfFunction(spec, part);
      for (const spec of part.machines ?? []) needsOfWorkflow(spec, part);
      const there = new Set(names(part.queues));
      for (const { deadLetters } of part.queues ?? [])
        expect(deadLetters === undefined || there.has(deadLetters.queue)).toBe(true);
      const functions = new Set(names(part.functions));
      for (const { consumer } of part.queues ?? [])
        expect(consumer === undefined || functions.has(consumer.function)).toBe(true);
    },
  );

  it('has the queues of what its schedules and rules could not start, and what reads them', () => {
    const deadLetters = { queue: 'unstarted' };
    const [nightly, photos] = full.schedules ?? [];
    if (nightly === undefined || photos === undefined) throw new Error('no schedules');
    const whole: Blueprint = {
      ...full,
      queues: [
        ...(full.queues ?? []),
        { name: 'unstarted', purpose: '', consumer: { function: 'write-down' } },
        { name: 'unlooked', purpose: '' },
      ],
      schedules: [
        { ...nightly, deadLetters },
        { ...photos, deadLetters: { queue: 'unlooked' } },
      ],
    };
    const part = narrow(whole, { workflows: ['prices'] });
    expect(names(part.queues)).toContain('unstarted');
    expect(names(part.queues)).not.toContain('unlooked');
    expect(names(part.functions)).toContain('write-down');
    const other = narrow(whole, { workflows: ['photos'] });
    expect(names(other.queues)).toEqual(expect.arrayContaining(['unstarted', 'unlooked']));
  });

  it('of all workflows is the service itself', () => {
    expect(narrow(full, {})).toBe(full);
    expect(narrow(full, { workflows: ['prices', 'photos'] })).toEqual(full);
  });
});
