import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb, type DynamodbService } from '../index.ts';

/** A client of the DynamoDB at an address, for items as plain objects. */
export function clientOf(endpoint: string): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
  return DynamoDBDocumentClient.from(client);
}

/** A local DynamoDB on a free port of this machine. */
export interface RunningDynamodb {
  readonly directory: string;
  readonly service: DynamodbService;
  readonly client: DynamoDBDocumentClient;
  /** Sends a signed request without the SDK. */
  ask(
    operation: string,
    body: string,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Stops the server; the folder stays. */
  stop(): Promise<void>;
  /** Stops the server and removes the folder. */
  remove(): Promise<void>;
}

/**
 * Starts a DynamoDB for a test.
 *
 * @param given folder with its tables. @default a new one
 */
export async function startDynamodb(given?: string): Promise<RunningDynamodb> {
  const directory = given ?? (await mkdtemp(join(tmpdir(), 'chorus-dynamodb-')));
  const { service, handle, close } = createDynamodb({ directory, credentials: testCredentials });
  const port = await serve({ dynamodb: handle });
  const client = clientOf(port.url);
  const stop = async (): Promise<void> => {
    client.destroy();
    await port.close();
    await close();
  };
  return {
    directory,
    service,
    client,
    async ask(operation, body) {
      const response = await signedFetch({
        url: `${port.url}/`,
        service: 'dynamodb',
        credentials: testCredentials,
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': operation.includes('.') ? operation : `DynamoDB_20120810.${operation}`,
        },
        body,
      });
      return { status: response.status, body: await response.json() };
    },
    stop,
    async remove() {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
}

/** The outcome of a request that must fail: the SDK's error. */
export function failureOf(sent: Promise<unknown>): Promise<Error> {
  return sent.then(
    () => {
      throw new Error('the request succeeded');
    },
    (error: Error) => error,
  );
}
