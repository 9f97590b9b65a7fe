import * as batch from '@aws-sdk/client-batch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as s3 from '@aws-sdk/client-s3';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import {
  batchParameters,
  dynamodbParameters,
  messagingParameters,
  s3Parameters,
} from './known-parameters.ts';
import { startSyncParameters } from './start-sync-task.ts';

/** Returns the members of an operation's input in the SDK's model. */
function inputOf(sdk: object, operation: string): string[] {
  const model: unknown = Reflect.get(sdk, `${operation}$`);
  const input: unknown =
    Array.isArray(model) && typeof model[4] === 'function' ? model[4]() : undefined;
  if (!Array.isArray(input) || !Array.isArray(input[4]))
    throw new TypeError(`the SDK's model of ${operation} has another form`);
  return input[4].map(String);
}

it.each([
  ...Object.entries(dynamodbParameters).map((each) => [dynamodb, ...each] as const),
  ...Object.entries(s3Parameters).map((each) => [s3, ...each] as const),
  [batch, 'SubmitJob', batchParameters] as const,
  [sns, 'Publish', messagingParameters['Publish'] ?? {}] as const,
  [sqs, 'SendMessage', messagingParameters['SendMessage'] ?? {}] as const,
  [sfn, 'StartSyncExecution', startSyncParameters] as const,
])('has decided about each parameter of $1, and about no others', (sdk, operation, parameters) => {
  // Tasks write names with a capital letter, whatever the service does.
  const names = inputOf(sdk, operation).map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}`);
  expect(Object.keys(parameters).sort()).toEqual(names.sort());
});
