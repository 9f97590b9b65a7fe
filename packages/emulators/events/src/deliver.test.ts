import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LocalBus, serveBuses } from './bus/buses.ts';
import { UndeliverableError } from './index.ts';
import { fn, queue, type RunningEvents, startEvents } from './testing/start-events.ts';

const buses: readonly LocalBus[] = [
  { name: 'shop', rules: [{ name: 'all', pattern: { source: ['shop'] }, target: { arn: queue } }] },
];

const entry = (number: number) => ({
  EventBusName: 'shop',
  Source: 'shop',
  DetailType: 'x',
  Detail: JSON.stringify({ number }),
});

let running: RunningEvents;
afterEach(() => running.remove());

const put = (number: number) => running.service.run('PutEvents', { Entries: [entry(number)] });

/** Moves the clock to when the next attempt is due. */
async function nextAttempt(): Promise<void> {
  await expect.poll(() => running.clock.sleepers.length).toBeGreaterThan(0);
  running.clock.advance((running.clock.sleepers[0] ?? 0) - running.clock.now());
}

describe('a target that fails', () => {
  it('is tried again later and later, and is told the same id', async () => {
    running = await startEvents({ buses });
    running.outcomes.push(new Error('1'), new Error('2'), new Error('3'));
    running.resume();
    put(1);
    for (const count of [1, 2, 3]) {
      await expect.poll(() => running.attempts.length).toBe(count);
      await nextAttempt();
    }
    await expect.poll(() => running.delivered.length).toBe(1);
    const began = running.attempts[0]?.at ?? 0;
    expect(running.attempts.map(({ at }) => (at - began) / 1000)).toEqual([0, 1, 3, 7]);
    expect(new Set(running.attempts.map(({ id }) => id)).size).toBe(1);
  });

  it('is given up after a day, or at once if it is not there, with a line that says so', async () => {
    running = await startEvents({ buses });
    const lines = vi.spyOn(console, 'error').mockImplementation(() => {});
    running.outcomes.push(new UndeliverableError('there is no queue work'));
    running.resume();
    put(1);
    await expect.poll(() => lines.mock.calls.length).toBe(1);
    expect(lines).toHaveBeenCalledWith(
      expect.stringMatching(
        /not delivered to .*:work in 1 attempt and is given up: there is no queue work/,
      ),
    );
    running.outcomes.push(...Array.from({ length: 500 }, () => new Error('down')));
    put(2);
    let left = 500;
    while (lines.mock.calls.length === 1) {
      await expect.poll(() => running.outcomes.length).toBeLessThan(left);
      left = running.outcomes.length;
      if (lines.mock.calls.length === 1) await nextAttempt();
    }
    expect(lines.mock.calls[1]?.[0]).toMatch(/in \d+ attempts and is given up: down/);
    expect(running.clock.now() - Date.UTC(2027, 0, 1)).toBeGreaterThan(23 * 60 * 60 * 1000);
    expect(running.delivered).toEqual([]);
  });
});

describe('a queue of dead letters', () => {
  const dead = 'arn:aws:sqs:us-east-1:000000000000:dead';
  const kept: readonly LocalBus[] = [
    {
      name: 'shop',
      rules: [
        { name: 'all', pattern: { source: ['shop'] }, target: { arn: queue, deadLetters: dead } },
      ],
    },
  ];
  const letters = () => running.delivered.filter(({ arn }) => arn === dead);
  const silence = () => vi.spyOn(console, 'error').mockImplementation(() => {});

  it('gets what a target that is not there was to get, once, with the reason', async () => {
    running = await startEvents({ buses: kept });
    const lines = silence();
    running.outcomes.push(new UndeliverableError('there is no queue work'));
    running.resume();
    put(1);
    await expect.poll(() => letters().length).toBe(1);
    expect(JSON.parse(letters()[0]?.body ?? '')).toMatchObject({ detail: { number: 1 } });
    expect(letters()[0]?.attributes).toEqual({
      RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/shop/all',
      TARGET_ARN: queue,
      ERROR_CODE: 'NO_RESOURCE',
      ERROR_MESSAGE: 'there is no queue work',
      RETRY_ATTEMPTS: '0',
    });
    expect(lines.mock.calls[0]?.[0]).toMatch(
      /is given up: there is no queue work; arn.*:dead gets it/,
    );
    put(2);
    await expect.poll(() => running.delivered.length).toBe(2);
    expect(letters()).toHaveLength(1);
  });

  it('gets it after a restart too, and once it can be reached itself', async () => {
    running = await startEvents({ buses: kept });
    silence();
    running.outcomes.push(new UndeliverableError('gone'), new Error('the queue is busy'));
    running.resume();
    put(1);
    await expect.poll(() => running.attempts.length).toBe(2);
    await running.stop();
    const { directory } = running;
    // The clock begins anew, before the second attempt is due.
    running = await startEvents({ directory, buses: kept });
    running.resume();
    await nextAttempt();
    await expect.poll(() => letters().length).toBe(1);
    expect(letters()[0]?.attributes).toMatchObject({ ERROR_MESSAGE: 'gone', TARGET_ARN: queue });
  });

  it('gets what a schedule could not start after its retries', async () => {
    running = await startEvents();
    silence();
    running.resume();
    running.outcomes.push(new Error('one'), new Error('two'));
    const Target = {
      Arn: queue,
      RoleArn: 'arn:aws:iam::000000000000:role/any',
      Input: '{"n":"<aws.scheduler.attempt-number>"}',
      DeadLetterConfig: { Arn: dead },
      RetryPolicy: { MaximumRetryAttempts: 1 },
    };
    const made = await running.scheduler.send(
      new CreateScheduleCommand({
        Name: 'nightly',
        ScheduleExpression: 'at(2027-01-01T00:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target,
      }),
    );
    await expect.poll(() => running.attempts.length).toBe(1);
    await nextAttempt();
    await expect.poll(() => letters().length).toBe(1);
    expect(letters()[0]?.body).toBe('{"n":"2"}');
    expect(letters()[0]?.attributes).toEqual({
      SCHEDULE_ARN: made.ScheduleArn,
      SCHEDULED_TIME: '2027-01-01T00:00:00Z',
      EXECUTION_ID: expect.any(String),
      IS_PAYLOAD_TRUNCATED: 'false',
      TARGET_ARN: queue,
      ERROR_CODE: 'ERROR_FROM_TARGET',
      ERROR_MESSAGE: 'two',
      RETRY_ATTEMPTS: '1',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
    const { Target: described } = await running.scheduler.send(
      new GetScheduleCommand({ Name: 'nightly' }),
    );
    expect(described).toMatchObject({ DeadLetterConfig: { Arn: dead } });
  });

  it.each([['arn:aws:sqs:us-east-1:000000000000:dead.fifo'], [fn], ['dead']])(
    'that is none is refused: %s',
    async (deadLetters) => {
      running = await startEvents();
      const take = async () => {};
      const rule = { name: 'all', pattern: {}, target: { arn: queue, deadLetters } };
      const serve = () =>
        serveBuses([{ name: 'shop', rules: [rule] }], { sqs: take, lambda: take });
      expect(serve).toThrow(expect.objectContaining({ name: 'ValidationException' }));
    },
  );
});

it('opens the file of a version that knew no dead letters, with what is in it', async () => {
  running = await startEvents({ buses });
  put(1);
  await running.stop();
  const { directory } = running;
  const sql = new DatabaseSync(join(directory, 'events.sqlite'));
  sql.exec(
    'ALTER TABLE deliveries DROP COLUMN attributes; ALTER TABLE deliveries DROP COLUMN deadLetters; PRAGMA user_version = 1',
  );
  sql.close();
  running = await startEvents({ directory, buses });
  running.resume();
  await expect.poll(() => running.delivered.length).toBe(1);
});

it('delivers what was accepted before a restart, and what was not answered again', async () => {
  running = await startEvents({ buses });
  put(1);
  put(2);
  await running.stop();
  const { directory } = running;
  running = await startEvents({ directory, buses });
  running.resume();
  await expect.poll(() => running.delivered.length).toBe(2);
  await running.stop();
  running = await startEvents({ directory, buses });
  running.resume();
  put(3);
  await expect.poll(() => running.delivered.length).toBe(1);
  expect(JSON.parse(running.delivered[0]?.body ?? '')).toMatchObject({ detail: { number: 3 } });
});

it('keeps every event that was answered when the process is killed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-events-'));
  const child = fork(fileURLToPath(new URL('testing/main.ts', import.meta.url)), [directory]);
  const [port] = await once(child, 'message');
  const client = new EventBridgeClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
  const answered: number[] = [];
  const sending = Array.from({ length: 200 }, async (_, number) => {
    const { FailedEntryCount } = await client.send(
      new PutEventsCommand({ Entries: [entry(number)] }),
    );
    expect(FailedEntryCount).toBe(0);
    answered.push(number);
    if (answered.length === 50) child.kill('SIGKILL');
  });
  await Promise.allSettled(sending);
  expect(answered.length).toBeGreaterThanOrEqual(50);
  client.destroy();
  running = await startEvents({ directory, buses });
  running.resume();
  const numbers = () => running.delivered.map(({ body }): number => JSON.parse(body).detail.number);
  await expect.poll(numbers).toEqual(expect.arrayContaining(answered));
  expect(new Set(numbers()).size).toBe(numbers().length);
  await running.stop();
  await rm(directory, { recursive: true });
  running = await startEvents();
});
