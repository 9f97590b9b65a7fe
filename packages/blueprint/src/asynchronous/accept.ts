import { jsonata } from '../jsonata.ts';
import { table } from '../links/table.ts';
import { topic } from '../links/topic.ts';
import { tableVariable, topicVariable } from '../names.ts';
import type { State, States } from '../outcome.ts';
import type { FannedOut, MachineSpec, WorkflowSpec } from '../types.ts';
import { asynchronousQuery } from './choose-machine.ts';
import {
  acceptName,
  predictionDays,
  predictionsPath,
  predictionsTable,
  questionsTopic,
  requestsTopic,
} from './names.ts';

/** Most bytes of a message of SNS. */
const maxMessageBytes = 262_144;

/** Most characters of a request whose questions are published: with their tensors, and numbers that are written out, it is a message. */
const mostAskedCharacters = 80_000;

/** Longest that taking a request may take: a write and a publication, each tried again. */
const timeoutSeconds = 15;

const requestId = jsonata('$states.context.Execution.Name');

/** What fails is tried again soon: the caller waits. */
const retry: readonly State[] = [
  {
    ErrorEquals: ['States.TaskFailed', 'States.Timeout'],
    IntervalSeconds: 1,
    MaxAttempts: 2,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
];

/** A Catcher that takes note of what the caller is told, and goes on with another state. */
const caught = (
  errors: readonly string[],
  statusCode: number,
  said: string,
  next: string,
): State => ({
  ErrorEquals: errors,
  Assign: { refusal: { statusCode, error: said } },
  Output: {},
  Next: next,
});

const unavailable = 'the request cannot be taken right now; send it again';

/** What SNS says of a message that it will never take, all else of it is ours; and Step Functions of one that it cannot even send. */
const neverTaken = ['SNS.InvalidParameterException', 'States.DataLimitExceeded'];

/**
 * True of an input with a character that no message may have. JSON would write it as it is; other characters that are not allowed it
 * escapes.
 */
const isUnsendable = jsonata('$contains($string($predictionInput), /[\\uFFFE\\uFFFF]/)');

const tableName = `\${${tableVariable(predictionsTable)}}`;

/**
 * Keeps the item that says that the request was accepted; its id is new, so that an item of this id is its own.
 *
 * @param output of the state: the request, where what it is made of is read again
 */
function keep(workflow: string, next: string, more: State = {}, output: unknown = {}): State {
  const expires = `$string($floor($millis() / 1000) + ${predictionDays * 86_400})`;
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:putItem',
    Arguments: {
      TableName: tableName,
      Item: {
        id: { S: jsonata('$predictionId') },
        workflow: { S: workflow },
        status: { S: 'accepted' },
        replays: { N: '0' },
        acceptedAt: { S: jsonata('$states.context.Execution.StartTime') },
        expires: { N: jsonata(expires) },
        ...more,
      },
      ConditionExpression: 'attribute_not_exists(id)',
    },
    TimeoutSeconds: 3,
    Retry: [
      { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], MaxAttempts: 0 },
      ...retry,
    ],
    Catch: [
      // The first try wrote it, and its answer was lost.
      { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], Output: output, Next: next },
      caught(['States.ALL'], 503, unavailable, 'Refuse'),
    ],
    Output: output,
    Next: next,
  };
}

/**
 * Publishes the questions to the models, with the request beside them: whatever becomes of the questions, it can be run as a whole.
 * Where both together are larger than a message, it is.
 */
const publishQuestions = (workflow: string, { questions, rows }: FannedOut): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sns:publish',
  Arguments: {
    TopicArn: `\${${topicVariable(questionsTopic(workflow))}}`,
    Message: {
      id: jsonata('$predictionId'),
      workflow,
      replays: 0,
      input: jsonata('$predictionInput'),
      rows,
      questions,
    },
    MessageAttributes: { workflow: { DataType: 'String', StringValue: workflow } },
  },
  TimeoutSeconds: 3,
  Retry: [{ ErrorEquals: neverTaken, MaxAttempts: 0 }, ...retry],
  Catch: [
    { ErrorEquals: neverTaken, Output: {}, Next: 'Publish' },
    caught(['States.ALL'], 503, unavailable, 'Forget'),
  ],
  Output: {},
  Next: 'Accepted',
});

/** Hands the request on. The input is an object here, so that its numbers are written as they were read. */
function publish(workflow: string): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Arguments: {
      TopicArn: `\${${topicVariable(requestsTopic)}}`,
      Message: {
        id: jsonata('$predictionId'),
        workflow,
        replays: 0,
        input: jsonata('$predictionInput'),
      },
      MessageAttributes: { workflow: { DataType: 'String', StringValue: workflow } },
    },
    TimeoutSeconds: 3,
    Retry: [{ ErrorEquals: neverTaken, MaxAttempts: 0 }, ...retry],
    Catch: [
      caught(
        neverTaken,
        413,
        `the request is larger than a message of ${maxMessageBytes} bytes, which is what can be answered later; send it without ${asynchronousQuery.name}=${asynchronousQuery.later}`,
        'Forget',
      ),
      caught(['States.ALL'], 503, unavailable, 'Forget'),
    ],
    Output: {},
    Next: 'Accepted',
  };
}

const forget: State = {
  Type: 'Task',
  Resource: 'arn:aws:states:::dynamodb:deleteItem',
  Arguments: {
    TableName: tableName,
    Key: { id: { S: jsonata('$predictionId') } },
    // It may have been published after all, and be done by now.
    ConditionExpression: '#status = :accepted',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':accepted': { S: 'accepted' } },
  },
  TimeoutSeconds: 3,
  Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, Next: 'Refuse' }],
  Output: {},
  Next: 'Refuse',
};

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
      Default: 'Keep',
    },
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
 * answers 202 with `{id, status, url}`. The id is a random UUID.
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
      StartAt: 'Read',
      States: statesOf(workflow, fannedOut),
    },
    functions: [],
    links: [
      table(predictionsTable, { access: 'write' }),
      topic(requestsTopic),
      ...(fannedOut ? [topic(questionsTopic(workflow.name))] : []),
    ],
    timeoutSeconds,
  };
}
