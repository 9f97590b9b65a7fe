import fc from 'fast-check';
import { first } from '../answers/first.ts';
import { bucket } from '../links/bucket.ts';
import { bus } from '../links/bus.ts';
import { executions } from '../links/executions.ts';
import { featureStore } from '../links/feature-store.ts';
import { functions } from '../links/functions.ts';
import { job } from '../links/job.ts';
import type { Link } from '../links/link.ts';
import { modelLogs } from '../links/model-logs.ts';
import { models } from '../links/models.ts';
import { queue } from '../links/queue.ts';
import { releases } from '../links/releases.ts';
import { table } from '../links/table.ts';
import { topic } from '../links/topic.ts';
import { workflows } from '../links/workflows.ts';
import { rows } from '../requests/rows.ts';
import { ask } from '../steps/ask.ts';
import type { Blueprint, FunctionSpec, WorkflowSpec } from '../types.ts';
import { workflow as workflowOf } from '../workflow.ts';

const spec = (name: string, kind: FunctionSpec['kind']): FunctionSpec => ({
  name,
  kind,
  source: `packages/${name}`,
  memoryMb: 512,
  timeoutSeconds: 6,
  concurrency: 1,
});

const workflow = (name: string): WorkflowSpec =>
  workflowOf({
    name,
    request: rows({ columns: [{ name: 'A', description: 'a' }] }),
    steps: ask(spec('line', 'model'), {
      inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 1] }],
      outputs: [{ name: 'y', datatype: 'FP64', shape: [-1] }],
    }),
    answer: first('y'),
    example: { A: 1 },
  });

const key = { name: 'id', type: 'S' } as const;

/** A function of each kind, and some of all that links refer to. Names of two buckets differ by a hyphen only. */
export const linkedBlueprint: Blueprint = {
  functions: [
    spec('tall-tree', 'model'),
    spec('line', 'model'),
    spec('step', 'task'),
    spec('page', 'http'),
  ],
  workflows: [workflow('price'), workflow('animal-kind')],
  routes: [],
  buckets: ['models', 'photos', 'a1', 'a-1'].map((name) => ({ name, purpose: '' })),
  tables: [
    { name: 'reviews', purpose: '', key },
    { name: 'seen-by', purpose: '', key, indexes: [{ name: 'by-day', key }] },
  ],
  queues: [
    { name: 'work', purpose: '' },
    { name: 'in-order', purpose: '', fifo: true },
  ],
  topics: [{ name: 'requests', purpose: '', subscriptions: [] }],
  buses: ['events', 'own-events'].map((name) => ({ name, purpose: '', rules: [] })),
  jobs: [
    { name: 'big-fit', source: 'packages/step', vCpu: 2, memoryMb: 4096, timeoutSeconds: 600 },
    {
      name: 'fit',
      source: 'packages/step',
      vCpu: 1,
      memoryMb: 2048,
      timeoutSeconds: 60,
      spot: false,
    },
  ],
  featureStore: { source: 'packages/step', maxConnections: 9 },
};

const anyOf = (named: readonly { readonly name: string }[]) =>
  fc.constantFrom(...named.map(({ name }) => name));

/** One maker of links for each kind; the compiler wants one of a new kind too. */
const ofKind: { readonly [Kind in Link['kind']]: fc.Arbitrary<Extract<Link, { kind: Kind }>> } = {
  bucket: fc
    .record({
      name: anyOf(linkedBlueprint.buckets),
      access: fc.constantFrom('read', 'write'),
      prefix: fc.constantFrom('', 'in/', 'in/new/', 'out/'),
    })
    .map(({ name, ...use }) => bucket(name, use)),
  bus: anyOf(linkedBlueprint.buses ?? []).map((name) => bus(name)),
  executions: fc
    .tuple(anyOf(linkedBlueprint.workflows), fc.array(anyOf(linkedBlueprint.workflows)))
    .map(([first, others]) => executions(first, ...others)),
  'feature-store': fc.constant(featureStore()),
  functions: fc
    .tuple(anyOf(linkedBlueprint.functions), fc.array(anyOf(linkedBlueprint.functions)))
    .map(([first, others]) => functions(first, ...others)),
  job: anyOf(linkedBlueprint.jobs ?? []).map((name) => job(name)),
  'model-logs': fc.constant(modelLogs()),
  models: fc.constant(models()),
  queue: fc
    .tuple(anyOf(linkedBlueprint.queues ?? []), fc.constantFrom('send', 'receive', 'send-receive'))
    .map(([name, access]) => queue(name, { access })),
  // A function has one at most, as it has one list of what it may release.
  releases: fc.constant(releases('tall-tree', 'nothing-there')),
  table: fc
    .tuple(anyOf(linkedBlueprint.tables ?? []), fc.constantFrom('read', 'write', 'read-write'))
    .map(([name, access]) => table(name, { access })),
  topic: anyOf(linkedBlueprint.topics ?? []).map((name) => topic(name)),
  workflows: fc.constant(workflows()),
};

/** Lists of at most four links of any kinds to what `linkedBlueprint` has. */
export const linkLists: fc.Arbitrary<readonly Link[]> = fc.array(
  fc.oneof(...Object.values<fc.Arbitrary<Link>>(ofKind)),
  { maxLength: 4 },
);
