import { jsonata } from '../jsonata.ts';
import { table } from '../links/table.ts';
import { topic } from '../links/topic.ts';
import type { States } from '../outcome.ts';
import type { FannedOut, MachineSpec, WorkflowSpec } from '../types.ts';
import { forget, keep, publish, publishQuestions } from './accept-tasks.ts';
import { webhookStates } from './accept-webhook.ts';
import { asynchronousQuery } from './choose-machine.ts';
import {
  acceptName,
  predictionsPath,
  predictionsTable,
  questionsTopic,
  requestsTopic,
  webhooksTable,
} from './names.ts';

/** The input of the machine that accepts requests. */
export interface AcceptInput {
  /** The body, as its workflow takes it. */
  readonly request: unknown;
  /** The URL that is told of the answer; an empty text for none. */
  readonly webhook: string;
}

/** Most characters of a request whose questions are published: with their tensors, and numbers that are written out, it is a message. */
const mostAskedCharacters = 80_000;

/** Longest that taking a request may take: a write and a publication, each tried again. */
const timeoutSeconds = 15;

const requestId = jsonata('$states.context.Execution.Name');

/**
 * True of an input with a character that no message may have. JSON would write it as it is; other characters that are not allowed it
 * escapes.
 */
const isUnsendable = jsonata('$contains($string($predictionInput), /[\\uFFFE\\uFFFF]/)');

/** The states that keep the request and publish it, or its questions. */
function statesOfTaking({ name, request }: WorkflowSpec, fannedOut: FannedOut | undefined): States {
  const whole = { Publish: publish(name) };
  if (fannedOut === undefined) return { Keep: keep(name, 'Publish'), ...whole };
  return {
    // The models' answers come together in the item.
    Keep: keep(name, 'Measure', { answers: { M: {} } }, jsonata('$predictionInput')),
    Measure: {
      Type: 'Choice',
      Choices: [
        {
          Condition: jsonata(`$length($string($predictionInput)) <= ${mostAskedCharacters}`),
          Assign: request.reading.assign,
          Output: {},
          Next: 'Ask',
        },
      ],
      Default: 'Publish',
      Output: {},
    },
    Ask: publishQuestions(name, fannedOut),
    ...whole,
  };
}

function statesOf(workflow: WorkflowSpec, fannedOut: FannedOut | undefined): States {
  const { read, accepts, rejects } = workflow.request.reading;
  return {
    Unwrap: {
      Type: 'Pass',
      Assign: {
        webhook: jsonata('$exists($states.input.webhook) ? $states.input.webhook : ""'),
      },
      Output: jsonata('$states.input.request'),
      Next: 'Read',
    },
    Read: { Type: 'Pass', Assign: read, Next: 'Check' },
    Check: {
      Type: 'Choice',
      Choices: [
        {
          Condition: jsonata(accepts),
          Assign: {
            predictionId: jsonata('$uuid()'),
            predictionInput: jsonata('$states.input'),
          },
          Output: {},
          Next: 'Judge',
        },
      ],
      Default: 'Reject',
    },
    Judge: {
      Type: 'Choice',
      Choices: [
        {
          Condition: isUnsendable,
          Assign: {
            refusal: {
              statusCode: 400,
              error: `the body has the character U+FFFE or U+FFFF, which no message can have; leave it out, or send the request without ${asynchronousQuery.name}=${asynchronousQuery.later}`,
            },
          },
          Next: 'Refuse',
        },
      ],
      Default: 'Webhook',
    },
    ...webhookStates('Keep', 'Refuse'),
    Reject: { Type: 'Pass', Output: rejects, End: true },
    ...statesOfTaking(workflow, fannedOut),
    Accepted: {
      Type: 'Pass',
      Output: {
        statusCode: 202,
        body: {
          id: jsonata('$predictionId'),
          status: 'accepted',
          url: jsonata(`"${predictionsPath}/" & $predictionId`),
          requestId,
        },
      },
      End: true,
    },
    Forget: forget,
    Refuse: {
      Type: 'Pass',
      Output: {
        statusCode: jsonata('$refusal.statusCode'),
        body: { error: jsonata('$refusal.error'), requestId },
      },
      End: true,
    },
  };
}

/**
 * Returns the state machine that takes a workflow's requests to answer them later. It judges them as the workflow does, so that
 * bad input is refused at once; it writes the item that tells what becomes of the request, publishes the request, and only then
 * answers 202 with `{id, status, url}`. The id is a random UUID. A webhook that is not registered is refused before anything is written.
 *
 * @param fannedOut how its models are asked by messages; without it the workflow is run as a whole
 */
export function acceptMachine(workflow: WorkflowSpec, fannedOut?: FannedOut): MachineSpec {
  return {
    name: acceptName(workflow.name),
    of: workflow.name,
    definition: {
      Comment: `Takes ${workflow.request.noun} for ${workflow.name}, to be answered later.`,
      QueryLanguage: 'JSONata',
      TimeoutSeconds: timeoutSeconds,
      StartAt: 'Unwrap',
      States: statesOf(workflow, fannedOut),
    },
    functions: [],
    links: [
      table(predictionsTable, { access: 'write' }),
      table(webhooksTable, { access: 'read' }),
      topic(requestsTopic),
      ...(fannedOut ? [topic(questionsTopic(workflow.name))] : []),
    ],
    timeoutSeconds,
  };
}
