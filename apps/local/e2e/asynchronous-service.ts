import {
  ask,
  asynchronous,
  type Blueprint,
  type FunctionSpec,
  functionsOf,
  gather,
  mean,
  output,
  text,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';

const shaky: FunctionSpec = {
  name: 'shaky',
  kind: 'task',
  source: 'apps/local/e2e/functions/shaky',
  memoryMb: 128,
  timeoutSeconds: 1,
  concurrency: 2,
};

/** A workflow of one step that answers, fails or hangs as its text says. */
const measure: WorkflowSpec = workflow({
  name: 'measure',
  request: text({ maxBytes: 100 }),
  steps: ask(shaky, {
    input: '{ "text": $text }',
    outputs: { length: '$states.result.Payload.length' },
  }),
  answer: output('length'),
  example: { text: 'fine' },
});

/** Models that answer or fail as a text says, and by chance. */
const shakyModels = ['tall', 'wide', 'deep'].map(
  (name): FunctionSpec => ({
    ...shaky,
    name,
    kind: 'model',
    source: 'apps/local/e2e/functions/shaky-model',
    timeoutSeconds: 5,
  }),
);

/** The same workflow, which asks three models, of which two must answer. */
const gathered: WorkflowSpec = workflow({
  name: 'measure',
  request: text({ maxBytes: 100 }),
  steps: gather(
    shakyModels.map((each) =>
      ask(each, {
        inputs: [{ name: 'text', datatype: 'BYTES', shape: [1] }],
        outputs: [{ name: 'length', datatype: 'INT64', shape: [1] }],
      }),
    ),
    { quorum: 2 },
  ),
  answer: mean('length'),
  example: { text: 'fine' },
});

/** How the service is run by a test. */
interface Options {
  /** Whether it asks models, each by a queue of its own, rather than to run one step. @default false */
  readonly fanOut?: boolean;
  /** Most processes of the function that the workflow asks. */
  readonly concurrency?: number;
  /** Whether processes of the functions that take messages are killed. @default false */
  readonly isKilled?: boolean;
  /** How long the queues hide a message, in seconds, and their consumers may take: one that was killed is missed after that. */
  readonly patienceSeconds?: number;
}

/** Returns the service of one workflow that answers later, too. */
export function asynchronousService({
  fanOut = false,
  concurrency = 1,
  isKilled = false,
  patienceSeconds,
}: Options = {}): Blueprint {
  const chosen = fanOut ? gathered : measure;
  const asked = chosen.functions.map((each) => ({ ...each, concurrency }));
  const served = [{ ...chosen, functions: asked }];
  const { functions, queues, ...parts } = asynchronous(served, { fanOut });
  return {
    ...parts,
    functions: [
      ...functionsOf(served),
      ...functions.map((each) => ({
        ...each,
        ...(isKilled &&
          each.kind === 'task' && { source: `apps/local/e2e/functions/${each.name}` }),
        ...(patienceSeconds && { timeoutSeconds: patienceSeconds }),
      })),
    ],
    workflows: served,
    queues: queues.map((each) => ({
      ...each,
      ...(patienceSeconds && { visibilitySeconds: patienceSeconds }),
    })),
    buckets: [],
  };
}
