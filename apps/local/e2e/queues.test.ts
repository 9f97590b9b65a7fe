import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Blueprint, FunctionSpec } from '@chorus/blueprint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const consumer: FunctionSpec = {
  name: 'consumer',
  kind: 'task',
  source: 'apps/local/e2e/functions/consumer',
  memoryMb: 128,
  timeoutSeconds: 1,
  concurrency: 2,
  asynchronous: { retries: 0, onFailure: { queue: 'dead' } },
};

const blueprint: Blueprint = {
  functions: [consumer],
  workflows: [],
  routes: [],
  buckets: [],
  queues: [
    {
      name: 'work',
      purpose: '',
      visibilitySeconds: 1,
      deadLetters: { queue: 'dead', receives: 2 },
      consumer: { function: 'consumer', batchSize: 1 },
    },
    { name: 'dead', purpose: '' },
  ],
};

let cloud: TestCloud;
let sqs: SQSClient;
let lambda: LambdaClient;
let file: string;

async function start(directory?: string): Promise<void> {
  cloud = await startTestCloud(blueprint, directory);
  const options = { endpoint: cloud.url, region, credentials: cloud.credentials };
  sqs = new SQSClient(options);
  lambda = new LambdaClient(options);
  file = join(cloud.directory, 'done');
}
beforeEach(() => start());
afterEach(async () => {
  sqs.destroy();
  lambda.destroy();
  await cloud.remove();
});

const url = (name: string) => `${cloud.url}/000000000000/chorus-${name}`;

const send = (...all: readonly string[]) =>
  sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: url('work'),
      Entries: all.map((order, index) => ({
        Id: `m${index}`,
        MessageBody: JSON.stringify({ do: order, file }),
      })),
    }),
  );

/** What the function has written, one line an attempt. */
async function written(order: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line === order).length;
}

async function dead(): Promise<readonly unknown[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url('dead'),
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
    }),
  );
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

describe('a queue with a consumer', () => {
  it('is worked off; what fails or kills its process ends among the dead letters', async () => {
    await send('write', 'fail', 'write', 'exit', 'write');
    const letters: unknown[] = [];
    while (letters.length < 2) letters.push(...(await dead()));
    expect(letters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ do: 'fail' }),
        expect.objectContaining({ do: 'exit' }),
      ]),
    );
    await expect.poll(() => written('write')).toBe(3);
    // As often as the queue says.
    expect([await written('fail'), await written('exit')]).toEqual([2, 2]);
  });

  it('is worked off by the next cloud, if one ends before', async () => {
    const { directory } = cloud;
    await cloud.close(0);
    await startTestCloud(
      { ...blueprint, functions: [], queues: [{ name: 'work', purpose: '' }] },
      directory,
    ).then(async (without) => {
      const client = new SQSClient({
        endpoint: without.url,
        region,
        credentials: without.credentials,
      });
      const QueueUrl = `${without.url}/000000000000/chorus-work`;
      const MessageBody = JSON.stringify({ do: 'write', file });
      await client.send(
        new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody }] }),
      );
      client.destroy();
      await without.close(0);
    });
    sqs.destroy();
    lambda.destroy();
    await start(directory);
    await expect.poll(() => written('write')).toBe(1);
  });
});

describe('an asynchronous event', () => {
  it('that fails for good ends in the queue of its function', async () => {
    const { StatusCode } = await lambda.send(
      new InvokeCommand({
        FunctionName: 'chorus-consumer:live',
        InvocationType: 'Event',
        Payload: Buffer.from('{"Records": null}'),
      }),
    );
    expect(StatusCode).toBe(202);
    expect(await dead()).toMatchObject([
      {
        requestContext: {
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:chorus-consumer:live',
          condition: 'RetriesExhausted',
        },
        requestPayload: { Records: null },
        responseContext: { executedVersion: '1', functionError: 'Unhandled' },
      },
    ]);
  });
});
