import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueUrl } from '@chorus/emulator-aws';
import { openDeadLetters, type ReceivedLetter } from '@chorus/predictions';
import { region } from '../../src/index.ts';

/** The credentials of the cloud's folder. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const letterQueue = 'chorus-dead-letters.fifo';
const requestQueues = ['chorus-predictions', 'chorus-predictions-lost'];

/** The beginning of the names of the queues of models, where there are any. */
const modelQueues = 'chorus-ask-';

/** Returns the status of each id in the table. */
export async function readStatuses(
  endpoint: string,
  credentials: Credentials,
): Promise<ReadonlyMap<string, string>> {
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const statuses = new Map<string, string>();
  const pages = paginateScan(
    { client },
    {
      TableName: 'chorus-predictions',
      ProjectionExpression: 'id, #status',
      ExpressionAttributeNames: { '#status': 'status' },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages)
    for (const { id, status } of Items) statuses.set(id?.S ?? '', status?.S ?? '');
  client.destroy();
  return statuses;
}

/** Returns how many messages are in queues, those that are being handled included. */
async function countMessages(client: SQSClient, urls: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    urls.map(async (url) => {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes).reduce((sum, each) => sum + Number(each), 0);
    }),
  );
  return counts.reduce((sum, each) => sum + each, 0);
}

/** Returns how many messages are in the queues of requests, and of questions to models. */
export async function countWaiting(endpoint: string, credentials: Credentials): Promise<number> {
  const client = new SQSClient({ endpoint, region, credentials });
  const { QueueUrls = [] } = await client.send(
    new ListQueuesCommand({ QueueNamePrefix: modelQueues }),
  );
  const urls = requestQueues.map((name) => queueUrl(endpoint, name));
  const count = await countMessages(client, [...urls, ...QueueUrls]);
  client.destroy();
  return count;
}

/** Returns how many messages are in the queue of dead letters, also two of one request, of which only one can be received. */
export async function countLetters(endpoint: string, credentials: Credentials): Promise<number> {
  const client = new SQSClient({ endpoint, region, credentials });
  const count = await countMessages(client, [queueUrl(endpoint, letterQueue)]);
  client.destroy();
  return count;
}

/** Reads every dead letter, and hands all back. */
export async function readLetters(
  endpoint: string,
  credentials: Credentials,
): Promise<readonly string[]> {
  const client = new SQSClient({ endpoint, region, credentials });
  const letters = openDeadLetters(client, queueUrl(endpoint, letterQueue));
  const taken: ReceivedLetter[] = [];
  for (;;) {
    const received = await letters.receive();
    if (received.length === 0) break;
    taken.push(...received);
  }
  for (const each of taken) await letters.release(each);
  client.destroy();
  return taken.map(({ letter }) => letter.id);
}
