import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueArn, queueUrl } from '@chorus/emulator-aws';
import { serve, testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb } from '@chorus/emulator-dynamodb';
import { createEvents } from '@chorus/emulator-events';
import { createQueues } from '@chorus/emulator-queues';
import {
  openAnnouncements,
  openDeadLetters,
  openPredictions,
  openRequests,
  type Stores,
} from '../index.ts';

/** What becomes of a request: it is answered, it does not arrive, or it is done and its answer is lost. */
export type Trouble = 'none' | 'refuse' | 'forget';

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A table, a queue of requests and one of dead letters on a free port of this machine. */
export interface RunningStores extends Stores {
  readonly url: string;
  readonly directory: string;
  /** Variables by which a function finds all of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What becomes of the next requests; those after them are answered. */
  readonly troubles: Trouble[];
  readonly sqs: SQSClient;
  /** Writes the item of a request as it is when it was accepted. @param options whether it gathers answers of models, and the URL that is told of its end */
  accept(
    id: string,
    workflow: string,
    options?: { readonly gathers?: boolean; readonly webhook?: string },
  ): Promise<void>;
  /** Returns every item of the table. */
  items(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Takes all messages of a queue, for good, and returns their bodies. */
  drain(queue: 'requests' | 'lost' | 'letters'): Promise<readonly unknown[]>;
  /** The same of any queue, as texts. */
  texts(queue: 'requests' | 'lost' | 'letters' | 'unreadable'): Promise<readonly string[]>;
  /** What the bus was told, in its order. */
  readonly told: readonly unknown[];
  remove(): Promise<void>;
}

const names = {
  table: 'chorus-predictions',
  requests: 'chorus-predictions',
  lost: 'chorus-predictions-lost',
  unreadable: 'chorus-predictions-unreadable',
  letters: 'chorus-dead-letters.fifo',
  bus: 'chorus-predictions',
  webhooks: 'chorus-webhooks',
} as const;

/** Epoch seconds of a time that no test reaches. */
const farAway = '9999999999';

/** Starts the stores, for a test. @param others handlers of other services on the same port, by name */
export async function startStores(
  others: Readonly<Record<string, Handle>> = {},
): Promise<RunningStores> {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-predictions-'));
  const dynamodb = createDynamodb({ directory, credentials: testCredentials });
  const queues = createQueues({ directory, credentials: testCredentials });
  await dynamodb.service.ensureTable({
    name: names.table,
    key: { name: 'id', type: 'S' },
    ttl: 'expires',
  });
  await dynamodb.service.ensureTable({ name: names.webhooks, key: { name: 'url', type: 'S' } });
  queues.service.ensureQueues(
    [names.requests, names.lost, names.unreadable, names.letters].map((name) => ({
      name,
      visibilitySeconds: 60,
      retentionSeconds: 86_400,
    })),
  );
  const told: unknown[] = [];
  const events = createEvents({
    directory,
    credentials: testCredentials,
    buses: [
      {
        name: names.bus,
        rules: [
          {
            name: 'all',
            pattern: { source: ['chorus.predictions'] },
            target: { arn: queueArn('told') },
          },
        ],
      },
    ],
    schedules: [],
    targets: { sqs: async ({ body }) => void told.push(JSON.parse(body).detail) },
  });
  events.resume();
  const troubles: Trouble[] = [];
  const inTrouble =
    (handle: Handle): Handle =>
    (request, response) => {
      const trouble = troubles.shift() ?? 'none';
      if (trouble === 'refuse') return request.socket.destroy();
      if (trouble === 'forget') response.end = () => response.destroy();
      return handle(request, response);
    };
  const port = await serve({
    ...others,
    dynamodb: inTrouble(dynamodb.handle),
    sqs: inTrouble(queues.handleSqs),
    events: inTrouble(events.handle),
  });
  const client = {
    endpoint: port.url,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  };
  const [items, sqs] = [new DynamoDBClient(client), new SQSClient(client)];
  const eventBridge = new EventBridgeClient(client);
  const urls = {
    requests: queueUrl(port.url, names.requests),
    lost: queueUrl(port.url, names.lost),
    unreadable: queueUrl(port.url, names.unreadable),
    letters: queueUrl(port.url, names.letters),
  };
  const texts: RunningStores['texts'] = async (queue) => {
    const bodies: string[] = [];
    for (;;) {
      const command = new ReceiveMessageCommand({
        QueueUrl: urls[queue],
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 43_200,
      });
      const { Messages = [] } = await sqs.send(command);
      if (Messages.length === 0) return bodies;
      bodies.push(...Messages.map(({ Body = '' }) => Body));
    }
  };
  return {
    url: port.url,
    directory,
    environment: {
      AWS_ENDPOINT_URL: port.url,
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
      PREDICTIONS_TABLE: names.table,
      PREDICTIONS_QUEUE: urls.requests,
      PREDICTIONS_LOST_QUEUE: urls.lost,
      DEAD_LETTERS_QUEUE: urls.letters,
      PREDICTIONS_UNREADABLE_QUEUE: urls.unreadable,
      PREDICTIONS_BUS: names.bus,
      WEBHOOKS_TABLE: names.webhooks,
    },
    told,
    troubles,
    sqs,
    table: openPredictions(items, names.table),
    letters: openDeadLetters(sqs, urls.letters),
    requests: openRequests(sqs, urls.requests),
    announcements: openAnnouncements(names.bus, eventBridge),
    async accept(id, workflow, { gathers = false, webhook } = {}) {
      await items.send(
        new PutItemCommand({
          TableName: names.table,
          Item: {
            id: { S: id },
            workflow: { S: workflow },
            status: { S: 'accepted' },
            replays: { N: '0' },
            acceptedAt: { S: new Date().toISOString() },
            expires: { N: farAway },
            ...(gathers && { answers: { M: {} } }),
            webhook: { S: webhook ?? '' },
          },
        }),
      );
    },
    async items() {
      const { Items = [] } = await items.send(new ScanCommand({ TableName: names.table }));
      return Items.map((item) =>
        Object.fromEntries(
          Object.entries(item).map(([name, { S, N, M }]) => [name, S ?? M ?? Number(N)]),
        ),
      );
    },
    texts,
    drain: async (queue) => (await texts(queue)).map((body) => JSON.parse(body) as unknown),
    async remove() {
      items.destroy();
      eventBridge.destroy();
      sqs.destroy();
      await port.close();
      await events.close();
      await queues.close();
      await dynamodb.close();
      await rm(directory, { recursive: true });
    },
  };
}
