import {
  ask,
  asynchronous,
  type Blueprint,
  type FunctionSpec,
  functionsOf,
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

/** How the service is run by a test. */
interface Options {
  /** Most processes of the function that the workflow asks. */
  readonly concurrency?: number;
  /** Whether processes of the functions that take messages are killed. @default false */
  readonly isKilled?: boolean;
  /** How long the queues hide a message, in seconds, and their consumers may take: one that was killed is missed after that. */
  readonly patienceSeconds?: number;
}

/** Returns the service of one workflow that answers later, too. */
export function asynchronousService({
  concurrency = 1,
  isKilled = false,
  patienceSeconds,
}: Options = {}): Blueprint {
  const steps = { ...shaky, concurrency };
  const served = [{ ...measure, functions: [steps] }];
  const { functions, queues, ...parts } = asynchronous(served);
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
