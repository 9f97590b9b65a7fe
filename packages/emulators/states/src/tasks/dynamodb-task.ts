import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { StatesError, type TaskRequest } from '@chorus/asl';
import { dynamodbParameters } from './known-parameters.ts';
import { operationParameters } from './operation-parameters.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { type CallService, type ServiceData, ServiceError } from './service-callers.ts';

/**
 * The exceptions that the SDK for Java has classes of, by DynamoDB's names; tasks see the classes' names. All others are its
 * general exception.
 */
const classes: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailedException',
  InternalServerError: 'InternalServerErrorException',
  ItemCollectionSizeLimitExceededException: 'ItemCollectionSizeLimitExceededException',
  ProvisionedThroughputExceededException: 'ProvisionedThroughputExceededException',
  RequestLimitExceeded: 'RequestLimitExceededException',
  ResourceNotFoundException: 'ResourceNotFoundException',
  // The SDK's own, of a connection that failed or an answer that it cannot read.
  SdkClientException: 'SdkClientException',
  TransactionConflictException: 'TransactionConflictException',
};

/** `dynamodb:putItem` is of version 1 of the SDK for Java, and `aws-sdk:dynamodb:putItem` of version 2 (both recorded). */
export type Flavour = 'optimised' | 'aws-sdk';

function failure(error: ServiceError, flavour: Flavour, requestId: string): StatesError {
  const { name, message, status } = error;
  const known = Object.hasOwn(classes, name) ? classes[name] : undefined;
  return flavour === 'optimised'
    ? new StatesError(
        `DynamoDB.${known ?? 'AmazonDynamoDBException'}`,
        `${message} (Service: AmazonDynamoDBv2; Status Code: ${status}; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)`,
        { cause: error },
      )
    : new StatesError(
        `DynamoDb.${known ?? 'DynamoDbException'}`,
        `${message} (Service: DynamoDb, Status Code: ${status}, Request ID: ${requestId})`,
        { cause: error },
      );
}

function withMetadata(answer: ServiceData, requestId: string): ServiceData {
  const body = JSON.stringify(answer);
  const headers = {
    Server: 'Server',
    Connection: 'keep-alive',
    'x-amzn-RequestId': requestId,
    'x-amz-crc32': String(crc32(body)),
    'Content-Length': String(Buffer.byteLength(body)),
    Date: new Date().toUTCString(),
    'Content-Type': 'application/x-amz-json-1.0',
  };
  return { ...answer, ...sdkMetadata(requestId, headers) };
}

/**
 * Runs an operation of DynamoDB as a task. Items are in DynamoDB's own JSON: `{"S": "text"}`.
 *
 * @param operation `PutItem`
 * @throws {StatesError} `DynamoDB.…` or, of an AWS SDK integration, `DynamoDb.…` for what DynamoDB refuses, States.Runtime for
 *   other parameters
 */
export async function dynamodbTask(
  call: CallService,
  operation: string,
  flavour: Flavour,
  task: Pick<TaskRequest, 'arguments' | 'signal'>,
): Promise<ServiceData> {
  const parameters = operationParameters(task.arguments, dynamodbParameters[operation] ?? {});
  const requestId = randomUUID();
  try {
    const answer = await call(operation, parameters, task.signal);
    return flavour === 'optimised' ? withMetadata(answer, requestId) : answer;
  } catch (error) {
    if (error instanceof ServiceError) throw failure(error, flavour, requestId);
    throw error;
  }
}
