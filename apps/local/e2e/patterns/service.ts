import {
  ask,
  asynchronous,
  type Blueprint,
  choose,
  each,
  executions,
  type FunctionSpec,
  fallback,
  functionsOf,
  gather,
  output,
  type Step,
  sequence,
  substitutionKey,
  task,
  text,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';

const moody = (name: string): FunctionSpec => ({
  ...task(name, { timeoutSeconds: 4, concurrency: 10 }),
  source: 'apps/local/e2e/functions/moody',
});

/** Returns the function that does as it is told by a workflow: each has its own, as a machine runs few of one at once. */
export const toldBy = (name: string): string => `told-${name}`;
const told = (name: string): FunctionSpec => moody(toldBy(name));
/** Answers always. */
const calm = moody('calm');

const asks = (spec: FunctionSpec, input: string, pid = 'pid'): Step =>
  ask(spec, { input, outputs: { [pid]: '$states.result.Payload.pid' } });
const obeys = (name: Pattern, pid?: string): Step => asks(told(name), '$parse($text).order', pid);
const isWell = (pid?: string): Step => asks(calm, '{ "do": "pid" }', pid);

/** The name of a workflow of the algebra. */
export type Pattern = 'gathered' | 'sequenced' | 'chosen' | 'fallen-back' | 'mapped';

/** The name of a Standard workflow that waits for others. */
export type Waiting = 'waits-for-token' | 'runs-another' | 'maps-in-children';

/** Each way of the algebra to ask several functions, about `{order}`: what the one of them that obeys is to do. */
const steps: Readonly<Record<Pattern, readonly [Step, answer: string]>> = {
  gathered: [gather({ told: obeys('gathered'), calm: isWell() }, { required: ['calm'] }), 'calm'],
  sequenced: [sequence(isWell('first'), obeys('sequenced', 'second')), 'second'],
  chosen: [choose('$parse($text).chosen', { use: obeys('chosen'), otherwise: isWell() }), 'pid'],
  'fallen-back': [
    fallback(obeys('fallen-back'), { use: isWell(), decision: 'decision' }),
    'decision',
  ],
  mapped: [
    each('$append($parse($text).order, { "do": "pid" })', asks(told('mapped'), '$item'), {
      name: 'answers',
      atOnce: 2,
    }),
    'answers',
  ],
};

const express = Object.entries(steps).map(([name, [step, answer]]) =>
  workflow({
    name,
    request: text({ maxBytes: 1000 }),
    steps: step,
    answer: output(answer),
    example: { text: '{"order":{"do":"pid"},"chosen":true}' },
  }),
);

const invoke = 'arn:aws:states:::lambda:invoke';
const functionName = (name: string) => `$\{${substitutionKey(toldBy(name))}}`;

/** Returns a state that asks the function of a workflow, once. */
const obey = (name: string) => ({
  Type: 'Task',
  Resource: invoke,
  Arguments: { FunctionName: functionName(name), Payload: '{% $states.input.order %}' },
  Output: '{% $states.result.Payload.pid %}',
  End: true,
});

/** The retries and the time limit of a state, which an input chooses. */
const bounded = {
  TimeoutSeconds: '{% $states.input.seconds %}',
  Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: 1 }],
};

/** Each way of Standard workflows to wait for others, about `{order, seconds}`. */
const waits: Readonly<Record<Waiting, object>> = {
  'waits-for-token': {
    Type: 'Task',
    Resource: `${invoke}.waitForTaskToken`,
    Arguments: {
      FunctionName: functionName('waits-for-token'),
      Payload: { do: 'echo', token: '{% $states.context.Task.Token %}' },
    },
    ...bounded,
    End: true,
  },
  'runs-another': {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: {
      StateMachineArn: `\${OBEYS_WORKFLOW}`,
      Input: { order: '{% $states.input.order %}' },
    },
    Output: '{% $states.result.Output %}',
    ...bounded,
    End: true,
  },
  'maps-in-children': {
    Type: 'Map',
    Items: '{% [1..3].{ "order": $states.input.order, "seconds": $states.input.seconds } %}',
    MaxConcurrency: 3,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'Obey',
      States: { Obey: { ...obey('maps-in-children'), ...bounded } },
    },
    End: true,
  },
};

const [first] = express;

/** Returns a Standard workflow of one state, which takes what it is started with. */
function standard(name: string, state: object): WorkflowSpec {
  if (first === undefined) throw new TypeError('there is no workflow');
  return {
    ...first,
    name,
    type: 'standard',
    functions: name === 'runs-another' ? [] : [told(name)],
    links: name === 'runs-another' ? [executions('obeys')] : [],
    definition: { QueryLanguage: 'JSONata', StartAt: 'Do', States: { Do: state } },
  };
}

const others = [
  standard('obeys', obey('obeys')),
  ...Object.entries(waits).map(([name, state]) => standard(name, state)),
];

/** How long the queues hide a message, and their consumers may take, in seconds. */
const patienceSeconds = 8;

const later = asynchronous(express);

/**
 * Returns a service that has a workflow for each way to ask several functions, each answered later too, and Standard workflows
 * that wait.
 *
 * @param toldSeconds how long its functions may take
 */
export function patterns(toldSeconds: number): Blueprint {
  const own = [...express, ...others];
  return {
    ...later,
    functions: [
      ...functionsOf(own).map((each) => ({ ...each, timeoutSeconds: toldSeconds })),
      ...later.functions.map((each) => ({ ...each, timeoutSeconds: patienceSeconds })),
    ],
    queues: later.queues.map((each) => ({ ...each, visibilitySeconds: patienceSeconds })),
    workflows: own,
    buckets: [],
  };
}

export const patternNames = Object.keys(steps) as readonly Pattern[];
