import { mostAttempts, timeoutSeconds } from '../limits.ts';
import { bus } from '../links/bus.ts';
import { executions } from '../links/executions.ts';
import { queue } from '../links/queue.ts';
import { table } from '../links/table.ts';
import type { QueueSpec, TopicSpec } from '../messaging.ts';
import type { FannedOut, FunctionSpec, MachineSpec, WorkflowSpec } from '../types.ts';
import {
  finishName,
  lostQueue,
  predictionsBus,
  predictionsTable,
  questionsQueue,
  questionsTopic,
} from './names.ts';

/** A workflow whose models are asked by messages. */
interface Fanned {
  readonly workflow: WorkflowSpec;
  readonly fannedOut: FannedOut;
}

/** What asks models by messages: a queue for each, and what follows the last answer. */
export interface FanOutParts {
  readonly machines: readonly MachineSpec[];
  readonly queues: readonly QueueSpec[];
  readonly topics: readonly TopicSpec[];
}

/** AWS's advice for how long a message is hidden, in time-outs of its consumer. */
const timeoutsHidden = 6;

const modelsOf = ({ questions }: FannedOut): readonly string[] =>
  questions.flatMap(({ models }) => models);

/** The state machines that may follow the last answer of a model. */
const finishesOf = (model: string, fanned: readonly Fanned[]): readonly string[] =>
  fanned
    .filter(({ fannedOut }) => modelsOf(fannedOut).includes(model))
    .map(({ workflow }) => finishName(workflow.name));

/** The queue of the questions to a model. Callers who wait need environments of it too, so that its messages get half of them. */
function queueOf({ name, timeoutSeconds, concurrency }: FunctionSpec, fanned: readonly Fanned[]) {
  const [first, ...others] = finishesOf(name, fanned);
  return {
    name: questionsQueue(name),
    purpose: `questions to ${name} of requests that are answered later`,
    visibilitySeconds: timeoutsHidden * timeoutSeconds,
    deadLetters: { queue: lostQueue, receives: mostAttempts },
    consumer: {
      function: name,
      batchSize: 10,
      concurrency: Math.max(2, Math.floor(concurrency / 2)),
      links: [
        table(predictionsTable, { access: 'read-write' }),
        queue(questionsQueue(name), { access: 'receive' }),
        queue(lostQueue, { access: 'send' }),
        bus(predictionsBus),
        ...(first === undefined ? [] : [executions(first, ...others)]),
      ],
    },
  } satisfies QueueSpec;
}

const finishMachine = ({ workflow, fannedOut }: Fanned): MachineSpec => ({
  name: finishName(workflow.name),
  of: workflow.name,
  definition: fannedOut.finish,
  functions: [],
  timeoutSeconds,
});

/** Returns what the models of these workflows are asked by. */
export function fanOutParts(fanned: readonly Fanned[]): FanOutParts {
  const asked = new Set(fanned.flatMap(({ fannedOut }) => modelsOf(fannedOut)));
  const functions = new Map(
    fanned.flatMap(({ workflow }) => workflow.functions.map((each) => [each.name, each])),
  );
  const models = [...asked].flatMap((name) => functions.get(name) ?? []);
  return {
    machines: fanned.map(finishMachine),
    queues: models.map((each) => queueOf(each, fanned)),
    topics: fanned.map(({ workflow, fannedOut }) => ({
      name: questionsTopic(workflow.name),
      purpose: `questions of requests to ${workflow.name} that were accepted, to be answered later`,
      subscriptions: modelsOf(fannedOut).map((name) => ({ queue: questionsQueue(name) })),
    })),
  };
}
