import { http, task } from '../functions.ts';
import { mostAttempts, timeoutSeconds } from '../limits.ts';
import { bus } from '../links/bus.ts';
import { queue } from '../links/queue.ts';
import { table } from '../links/table.ts';
import { workflows } from '../links/workflows.ts';
import type { BusSpec, QueueSpec, TopicSpec } from '../messaging.ts';
import { isExpress, routesTo } from '../serve-workflows.ts';
import type {
  FunctionSpec,
  MachineSpec,
  RouteDocument,
  RouteSpec,
  TableSpec,
  WorkflowSpec,
} from '../types.ts';
import { acceptMachine } from './accept.ts';
import { refuseMachine, refuseWebhookMachine } from './choose-machine.ts';
import { fanOutParts } from './fan-out.ts';
import {
  acceptName,
  deadLettersQueue,
  lostQueue,
  predictionsBus,
  predictionsPath,
  predictionsQueue,
  predictionsTable,
  requestsTopic,
  unreadableQueue,
} from './names.ts';
import { callWebhook, predictionsBusSpec, webhookMachine, webhooks } from './webhooks.ts';

/** What answers requests later is made of. */
export interface Asynchronous {
  readonly machines: readonly MachineSpec[];
  readonly functions: readonly FunctionSpec[];
  readonly tables: readonly TableSpec[];
  readonly queues: readonly QueueSpec[];
  readonly topics: readonly TopicSpec[];
  /** A bus that has an event of each request that has ended: its id, its workflow, and how. */
  readonly buses: readonly BusSpec[];
  /** The routes to the workflows, which take `?async=1`, and the one that tells what became of a request. */
  readonly routes: readonly RouteSpec[];
}

const readWrite = table(predictionsTable, { access: 'read-write' });

/** Runs workflows for messages of the queue, five at a time; a workflow ends before the function's time does. */
const runWorkflow = task('run-workflow', {
  timeoutSeconds: timeoutSeconds + 7,
  memoryMb: 256,
  concurrency: 8,
  links: [
    workflows(),
    readWrite,
    // To choose how soon a message is tried again.
    queue(predictionsQueue, { access: 'receive' }),
    queue(lostQueue, { access: 'send' }),
    bus(predictionsBus),
  ],
});

/** The only one that makes dead letters: its queue is short, so that a letter is sent again, if at all, while SQS knows it. */
const buryPrediction = task('bury-prediction', {
  timeoutSeconds: 50,
  memoryMb: 256,
  concurrency: 4,
  links: [
    readWrite,
    queue(deadLettersQueue, { access: 'send' }),
    queue(lostQueue, { access: 'receive' }),
    // Questions that a model's function could not answer: their request is run as a whole.
    queue(predictionsQueue, { access: 'send' }),
    queue(unreadableQueue, { access: 'send' }),
    bus(predictionsBus),
  ],
});

const readPrediction = http('read-prediction', {
  links: [table(predictionsTable, { access: 'read' })],
});

const queues: readonly QueueSpec[] = [
  {
    name: predictionsQueue,
    purpose: 'requests whose workflow is run as a whole',
    visibilitySeconds: 90,
    deadLetters: { queue: lostQueue, receives: mostAttempts },
    consumer: { function: runWorkflow.name, batchSize: 5, concurrency: 4 },
  },
  {
    name: lostQueue,
    purpose:
      'requests that failed for good, or ended their consumer every time, to become dead letters',
    visibilitySeconds: 60,
    // Nearly always empty. A letter that was sent by a process which was killed right after has to be sent again within the
    // five minutes in which SQS takes it for the same.
    consumer: {
      function: buryPrediction.name,
      batchSize: 10,
      concurrency: 2,
      every: 'rate(2 minutes)',
    },
  },
  {
    name: unreadableQueue,
    purpose:
      'messages that are no requests, and ends of requests whose webhook could not be started, for a person to look at',
  },
  {
    name: deadLettersQueue,
    purpose:
      'requests that failed for good and webhooks that could not be told, with input and error, to be replayed or dropped',
    fifo: true,
    visibilitySeconds: 60,
    alarm: true,
  },
];

const document: RouteDocument = {
  summary: 'Tells what became of a request that was sent with ?async=1',
  parameters: [
    {
      in: 'path',
      name: 'id',
      schema: { type: 'string', format: 'uuid' },
      description: 'As the request was answered with',
    },
  ],
  answer: {
    description:
      "The workflow's own answer. While there is none: 202 and the status `accepted`. When it failed for good: its error",
    type: 'object',
  },
  failures: [400, 404, 405, 413, 415, 422, 429, 500, 502, 503, 504],
};

/** How requests are answered later. */
export interface AsynchronousOptions {
  /**
   * Workflows that do nothing but to gather what models say of the request ask each model by a queue of its own, and a model's
   * function gets several requests at once. On AWS each of these queues costs $0.26 a month at rest. @default false
   */
  readonly fanOut?: boolean;
}

/**
 * Returns all that is needed to answer the requests of workflows later, for `?async=1`. What is accepted ends exactly once: as an
 * answer in the table of predictions, or as a dead letter with its input and its error.
 *
 * @param served the workflows that are served; those that give no answer have no part in it
 */
export function asynchronous(
  served: readonly WorkflowSpec[],
  { fanOut = false }: AsynchronousOptions = {},
): Asynchronous {
  const answering = served.filter(isExpress);
  const fannedOutOf = ({ fannedOut }: WorkflowSpec) => (fanOut ? fannedOut : undefined);
  const parts = fanOutParts(
    answering.flatMap((workflow) => {
      const fannedOut = fannedOutOf(workflow);
      return fannedOut ? { workflow, fannedOut } : [];
    }),
  );
  return {
    machines: [
      ...answering.map((workflow) => acceptMachine(workflow, fannedOutOf(workflow))),
      ...parts.machines,
      refuseMachine,
      refuseWebhookMachine,
      webhookMachine,
    ],
    functions: [runWorkflow, buryPrediction, readPrediction, callWebhook],
    tables: [
      {
        name: predictionsTable,
        purpose: 'what became of each request that is answered later',
        key: { name: 'id', type: 'S' },
        ttl: 'expires',
      },
      webhooks,
    ],
    queues: [...queues, ...parts.queues],
    topics: [
      {
        name: requestsTopic,
        purpose: 'requests that were accepted, to be answered later',
        subscriptions: [{ queue: predictionsQueue }],
      },
      ...parts.topics,
    ],
    buses: [predictionsBusSpec],
    routes: [
      ...routesTo(answering).map((route) =>
        'workflow' in route
          ? {
              ...route,
              asynchronous: {
                accept: acceptName(route.workflow),
                refuse: refuseMachine.name,
                refuseWebhook: refuseWebhookMachine.name,
              },
            }
          : route,
      ),
      {
        method: 'GET',
        path: `${predictionsPath}/{id}`,
        function: readPrediction.name,
        document,
      },
    ],
  };
}
