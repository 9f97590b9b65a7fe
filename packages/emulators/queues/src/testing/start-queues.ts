import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '@chorus/asl';
import { serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import { createQueues, type QueuesService } from '../index.ts';

/** Local queues and topics on a free port of this machine. */
export interface RunningQueues {
  readonly directory: string;
  readonly url: string;
  readonly service: QueuesService;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  /** Sends a signed request to SQS without the SDK. */
  askSqs(
    operation: string,
    body: string,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Sends a signed request to SNS without the SDK: `Action=ListTopics`. */
  askSns(query: string): Promise<{ readonly status: number; readonly text: string }>;
  /** Stops the server; the folder stays. */
  stop(): Promise<void>;
  /** Stops the server and removes the folder. */
  remove(): Promise<void>;
}

/** Clients of the services at an address. */
export function clientsOf(endpoint: string): { readonly sqs: SQSClient; readonly sns: SNSClient } {
  const options = { endpoint, region: 'us-east-1', credentials: testCredentials, maxAttempts: 1 };
  return { sqs: new SQSClient(options), sns: new SNSClient(options) };
}

/**
 * Starts SQS and SNS for a test.
 *
 * @param options.directory folder with queues. @default a new one
 */
export async function startQueues(
  options: { readonly directory?: string; readonly clock?: Clock } = {},
): Promise<RunningQueues> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'chorus-queues-')));
  const { service, handleSqs, handleSns, close } = createQueues({
    ...options,
    directory,
    credentials: testCredentials,
  });
  const port = await serve({ sqs: handleSqs, sns: handleSns });
  const clients = clientsOf(port.url);
  const stop = async (): Promise<void> => {
    clients.sqs.destroy();
    clients.sns.destroy();
    await close();
    await port.close();
  };
  const post = (service: 'sqs' | 'sns', headers: Record<string, string>, body: string) =>
    signedFetch({
      url: `${port.url}/`,
      service,
      credentials: testCredentials,
      method: 'POST',
      headers,
      body,
    });
  return {
    directory,
    url: port.url,
    service,
    ...clients,
    async askSqs(operation, body) {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
      };
      const response = await post('sqs', headers, body);
      return { status: response.status, body: await response.json() };
    },
    async askSns(query) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await post('sns', headers, query);
      return { status: response.status, text: await response.text() };
    },
    stop,
    async remove() {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
}
