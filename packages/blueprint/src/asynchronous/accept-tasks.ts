import { jsonata } from '../jsonata.ts';
import { tableVariable, topicVariable } from '../names.ts';
import type { State } from '../outcome.ts';
import type { FannedOut } from '../types.ts';
import { asynchronousQuery } from './choose-machine.ts';
import { predictionDays, predictionsTable, questionsTopic, requestsTopic } from './names.ts';

/** Most bytes of a message of SNS. */
const maxMessageBytes = 262_144;

/** What fails is tried again soon: the caller waits. */
export const retry: readonly State[] = [
  {
    ErrorEquals: ['States.TaskFailed', 'States.Timeout'],
    IntervalSeconds: 1,
    MaxAttempts: 2,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
];

/** A Catcher that takes note of what the caller is told, and goes on with another state. */
export const caught = (
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

export const unavailable = 'the request cannot be taken right now; send it again';

/** What SNS says of a message that it will never take, all else of it is ours; and Step Functions of one that it cannot even send. */
const neverTaken = ['SNS.InvalidParameterException', 'States.DataLimitExceeded'];

const tableName = `\${${tableVariable(predictionsTable)}}`;

/**
 * Keeps the item that says that the request was accepted; its id is new, so that an item of this id is its own.
 *
 * @param output of the state: the request, where what it is made of is read again
 */
export function keep(
  workflow: string,
  next: string,
  more: State = {},
  output: unknown = {},
): State {
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
        webhook: { S: jsonata('$webhook') },
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
export const publishQuestions = (workflow: string, { questions, rows }: FannedOut): State => ({
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
export function publish(workflow: string): State {
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

export const forget: State = {
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
