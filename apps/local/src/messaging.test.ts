import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Blueprint, queue, topic } from '@chorus/blueprint';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askInJson, type CloudInFolder, startIn } from './testing/start-in.ts';

let directory: string;
let cloud: CloudInFolder;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-messaging-'));
});
afterEach(async () => {
  await cloud.stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(blueprint: Partial<Blueprint> = {}): Promise<void> {
  cloud = await startIn(directory, blueprint);
}

const ask = (operation: string, parameters: object): Promise<unknown> =>
  askInJson(cloud, 'sqs', `AmazonSQS.${operation}`, parameters);

async function publish(message: string): Promise<number> {
  const response = await signedFetch({
    url: `${cloud.url}/`,
    service: 'sns',
    credentials: cloud.credentials,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `${new URLSearchParams({
      Action: 'Publish',
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:chorus-news',
      Message: message,
    })}`,
  });
  return response.status;
}

const urlOf = (name: string) => `${cloud.url}/000000000000/${name}`;
const work = {
  name: 'work',
  purpose: '',
  visibilitySeconds: 60,
  retentionDays: 1,
  deadLetters: { queue: 'dead', receives: 3 },
} as const;
const dead = { name: 'dead', purpose: '' } as const;
const news = { name: 'news', purpose: '', subscriptions: [{ queue: 'work' }] } as const;

describe('SQS and SNS', () => {
  it('are behind the port, and what they hold outlasts the cloud', async () => {
    await start();
    // A cloud that is not asked for queues opens no file for them.
    expect(existsSync(join(directory, 'queues.sqlite'))).toBe(false);
    await ask('CreateQueue', { QueueName: 'box' });
    await ask('SendMessage', { QueueUrl: urlOf('box'), MessageBody: 'a' });
    await cloud.stop();
    await start();
    expect(await ask('ReceiveMessage', { QueueUrl: urlOf('box') })).toMatchObject({
      Messages: [{ Body: 'a' }],
    });
  });
});

describe('queues and topics of a blueprint', () => {
  it('are there from the start, under physical names, and functions are told them', async () => {
    const step = {
      name: 'step',
      kind: 'task',
      source: 'packages/step',
      memoryMb: 128,
      timeoutSeconds: 3,
      concurrency: 1,
      links: [queue('work', { access: 'send' }), topic('news')],
    } as const;
    await start({ functions: [step], queues: [work, dead], topics: [news] });
    const { Attributes } = (await ask('GetQueueAttributes', {
      QueueUrl: urlOf('chorus-work'),
      AttributeNames: ['VisibilityTimeout', 'MessageRetentionPeriod', 'RedrivePolicy'],
    })) as { Attributes: Record<string, string> };
    expect(Attributes).toEqual({
      VisibilityTimeout: '60',
      MessageRetentionPeriod: '86400',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:chorus-dead',
        maxReceiveCount: 3,
      }),
    });
    expect(cloud.lambda.describe('chorus-step', 'live').settings.environment).toMatchObject({
      NEWS_TOPIC: 'arn:aws:sns:us-east-1:000000000000:chorus-news',
    });
    expect(await publish('hello')).toBe(200);
    expect(await ask('ReceiveMessage', { QueueUrl: urlOf('chorus-work') })).toMatchObject({
      Messages: [{ Body: 'hello' }],
    });
  });

  it('are brought up to date at the next start, with their messages; others stay', async () => {
    await start({ queues: [work, dead], topics: [news] });
    await publish('first');
    await cloud.stop();
    const { deadLetters: _, ...simple } = work;
    await start({
      queues: [{ ...simple, visibilitySeconds: 5 }],
      topics: [{ ...news, subscriptions: [] }],
    });
    await publish('second');
    const { Attributes } = (await ask('GetQueueAttributes', {
      QueueUrl: urlOf('chorus-work'),
      AttributeNames: ['VisibilityTimeout', 'RedrivePolicy', 'ApproximateNumberOfMessages'],
    })) as { Attributes: Record<string, string> };
    expect(Attributes).toEqual({ VisibilityTimeout: '5', ApproximateNumberOfMessages: '1' });
    expect(await ask('ListQueues', {})).toEqual({
      QueueUrls: [urlOf('chorus-dead'), urlOf('chorus-work')],
    });
  });

  it('keep the cloud from starting when they contradict each other', async () => {
    await expect(start({ queues: [work] })).rejects.toThrow(
      'queue work: there is no queue dead for its dead letters',
    );
    await start({ queues: [work, dead] });
  });
});
