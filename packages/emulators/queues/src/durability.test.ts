import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { movableClock } from '@chorus/asl';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientsOf, startQueues } from './testing/start-queues.ts';

const rounds = 3;
const writers = 4;
const retentionSeconds = 1_209_600;
let directory: string;
let child: ChildProcess;
let url: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-queues-'));
  const { service, stop } = await startQueues({ directory });
  service.ensureQueues([
    { name: 'dead', visibilitySeconds: 30, retentionSeconds },
    { name: 'box', visibilitySeconds: 3600, retentionSeconds },
    {
      name: 'strict',
      visibilitySeconds: 0,
      retentionSeconds,
      deadLetters: { queue: 'dead', receives: 1 },
    },
  ]);
  await stop();
});
afterEach(async () => {
  await kill();
  await rm(directory, { recursive: true });
});

/** Starts it as a process of its own, which may kill itself after so many writes. */
async function startChild(writes?: number): Promise<SQSClient> {
  // A plain Node: vitest's own arguments are not for the child.
  child = fork(
    join(import.meta.dirname, 'testing/main.ts'),
    [directory, ...(writes === undefined ? [] : [String(writes)])],
    { execArgv: [] },
  );
  const [port] = (await once(child, 'message')) as [number];
  url = `http://127.0.0.1:${port}`;
  const { sqs, sns } = clientsOf(url);
  sns.destroy();
  return sqs;
}

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const urlOf = (queue: string) => `${url}/000000000000/${queue}`;
const send = (sqs: SQSClient, queue: string, MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody }));

/** Every message that is left, hidden or not: it is looked at a day later. */
async function left(queue: string): Promise<readonly string[]> {
  const clock = movableClock(Date.now() + 86_400_000);
  const { service, stop } = await startQueues({ directory, clock });
  const { signal } = new AbortController();
  const all = await service.receive(queue, { most: 100_000, waitMs: 0 }, signal);
  await stop();
  return all.map(({ body }) => body);
}

interface Acknowledged {
  readonly sent: Set<string>;
  /** Deletions that were asked for, whether or not their answers came. */
  readonly asked: Set<string>;
  readonly deleted: Set<string>;
}

/** Sends, receives and deletes until enough is acknowledged, in this round and those before, and kills it then. */
async function workUntilKilled(
  round: number,
  { sent, asked, deleted }: Acknowledged,
): Promise<void> {
  const sqs = await startChild();
  const QueueUrl = urlOf('box');
  const write = async (writer: number): Promise<never> => {
    for (let index = 0; ; index++) {
      const body = `${round}-${writer}-${index}`;
      await send(sqs, 'box', body);
      sent.add(body);
      if (sent.size > 80 * (round + 1)) child.kill('SIGKILL');
    }
  };
  const read = async (): Promise<never> => {
    for (;;) {
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 3 });
      const { Messages = [] } = await sqs.send(command);
      for (const { Body = '', ReceiptHandle } of Messages) {
        asked.add(Body);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        deleted.add(Body);
      }
    }
  };
  await Promise.allSettled([
    ...Array.from({ length: writers }, (_, writer) => write(writer)),
    read(),
  ]);
  await kill();
  sqs.destroy();
}

describe('kill -9 in the middle of sending, receiving and deleting', () => {
  it('loses no message that was acknowledged, and brings back none that was deleted', async () => {
    const all: Acknowledged = { sent: new Set(), asked: new Set(), deleted: new Set() };
    for (let round = 0; round < rounds; round++) await workUntilKilled(round, all);
    const there = await left('box');
    expect(all.sent.size).toBeGreaterThan(200);
    expect(all.deleted.size).toBeGreaterThan(10);
    // Each once.
    expect(new Set(there).size).toBe(there.length);
    expect(there.filter((body) => all.deleted.has(body))).toEqual([]);
    const known = new Set([...there, ...all.asked]);
    expect([...all.sent].filter((body) => !known.has(body))).toEqual([]);
  });
});

describe('kill -9 between two writes of one operation', () => {
  // The message arrives among the dead letters, leaves its queue; then it is received there.
  it.each([1, 2, 3])('leaves a message in one queue after write %i', async (writes) => {
    const before = await startQueues({ directory });
    before.service.send('strict', { body: 'poison' });
    const { signal } = new AbortController();
    await before.service.receive('strict', { most: 1, waitMs: 0 }, signal);
    await before.stop();

    const sqs = await startChild(writes);
    const exit = once(child, 'exit');
    const receive = new ReceiveMessageCommand({ QueueUrl: urlOf('strict') });
    await expect(sqs.send(receive)).rejects.toThrow();
    await exit;
    sqs.destroy();
    // If it is still in its queue, this look moves it.
    expect(await left('strict')).toEqual([]);
    expect(await left('dead')).toEqual(['poison']);
  });
});
