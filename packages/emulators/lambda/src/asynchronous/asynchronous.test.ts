import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type MovableClock, movableClock } from '@chorus/asl';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createQueues, type QueuesEmulator } from '@chorus/emulator-queues';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLambda, type TestLambda, type TestLambdaOptions } from '../testing/index.ts';
import type { AsynchronousSettings } from './asynchronous.ts';

const start = Date.parse('2026-11-29T12:00:00Z');
const minute = 60_000;
let clock: MovableClock;
let lambda: TestLambda;
let queues: QueuesEmulator;
let lines: string[];

beforeEach(() => {
  clock = movableClock(start);
  lines = [];
});
afterEach(async () => {
  await lambda.remove();
  await queues.close();
});

async function open(
  options: TestLambdaOptions & { readonly asynchronous?: AsynchronousSettings } = {},
) {
  lambda = await startLambda({
    clock,
    report: (line) => lines.push(line),
    queues: {
      receive: (...call) => queues.service.receive(...call),
      send: (...call) => queues.service.send(...call),
      remove: (...call) => queues.service.remove(...call),
      giveBack: (...call) => queues.service.giveBack(...call),
    },
    ...options,
  });
  queues = createQueues({ directory: lambda.directory, clock, credentials: testCredentials });
  queues.service.ensureQueues([
    { name: 'failed', visibilitySeconds: 30, retentionSeconds: 86_400 },
  ]);
  lambda.resume();
}

/** Stops it as it is, and starts another one in the same folder. */
async function reopen(options: Parameters<typeof open>[0] = {}): Promise<void> {
  await lambda.stop();
  await queues.close();
  await open({ ...options, folder: lambda.directory });
}

const send = (order: unknown) =>
  lambda.client.send(
    new InvokeCommand({
      FunctionName: 'tiny',
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(order)),
    }),
  );

/** Resolves with the next attempt's time, once the event waits for it. */
const nextAttempt = (at: number) => expect.poll(() => clock.sleepers).toContain(at);

async function failures(): Promise<readonly unknown[]> {
  const { signal } = new AbortController();
  const received = await queues.service.receive('failed', { most: 10, waitMs: 0 }, signal);
  return received.map(({ body }) => JSON.parse(body));
}

describe('an asynchronous event', () => {
  it('is taken at once, and done', async () => {
    await open();
    const { StatusCode, Payload } = await send({ do: 'say', text: 'hello' });
    expect([StatusCode, Payload?.byteLength ?? 0]).toEqual([202, 0]);
    const log = join(lambda.directory, 'logs', 'tiny.log');
    await expect.poll(() => readFile(log, 'utf8').catch(() => '')).toContain('hello');
  });

  it('that fails is tried again after a minute, then after two, and goes to the queue with what became of it', async () => {
    await open({ mood: 'fails', asynchronous: { onFailure: 'failed' } });
    const { $metadata } = await send({ n: 1 });
    await nextAttempt(start + minute);
    clock.advance(minute);
    await nextAttempt(start + 3 * minute);
    expect(await failures()).toEqual([]);
    clock.advance(2 * minute);
    const records: unknown[] = [];
    await expect.poll(async () => records.push(...(await failures()))).toBe(1);
    expect(records).toEqual([
      {
        version: '1.0',
        timestamp: '2026-11-29T12:03:00.000Z',
        requestContext: {
          requestId: $metadata.requestId,
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tiny:$LATEST',
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { n: 1 },
        responseContext: {
          statusCode: 200,
          executedVersion: '$LATEST',
          functionError: 'Unhandled',
        },
        responsePayload: { errorType: 'RangeError', errorMessage: 'no such row' },
      },
    ]);
    expect(clock.sleepers).toEqual([start + 8 * minute]);
  });

  it('is tried again after a restart, and not more often for it', async () => {
    const options = { mood: 'fails', asynchronous: { retries: 1, onFailure: 'failed' } };
    await open(options);
    await send({});
    await nextAttempt(start + minute);
    await reopen(options);
    await nextAttempt(start + minute);
    clock.advance(minute);
    await expect.poll(failures).toMatchObject([{ requestContext: { approximateInvokeCount: 2 } }]);
  });

  it('is not tried again once it is too old', async () => {
    await open({ mood: 'fails', asynchronous: { maxAgeSeconds: 60, onFailure: 'failed' } });
    await send({});
    await nextAttempt(start + minute);
    clock.advance(minute);
    await expect
      .poll(failures)
      .toMatchObject([
        { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 } },
      ]);
  });

  it('waits while the function is throttled, and that is no attempt', async () => {
    let throttles = 2;
    await open({
      asynchronous: { retries: 0, onFailure: 'failed' },
      faultOf: () => (throttles-- > 0 ? { kind: 'throttle' } : undefined),
    });
    await send({});
    await nextAttempt(start + 1000);
    clock.advance(1000);
    await nextAttempt(start + 3000);
    clock.advance(2000);
    await expect.poll(() => clock.sleepers).toEqual([start + 3000 + 5 * minute]);
    expect(await failures()).toEqual([]);
  });

  it('without a queue for failures is said to be dropped', async () => {
    await open({ mood: 'fails', asynchronous: { retries: 0 } });
    await send({});
    await expect
      .poll(() => lines)
      .toEqual([
        expect.stringMatching(/event of tiny is dropped \(RetriesExhausted, request [\w-]{36}\)/),
      ]);
  });

  it('of a function that is not there, or above a mebibyte, is refused', async () => {
    await open();
    const ask = (FunctionName: string, bytes: number) =>
      lambda.client.send(
        new InvokeCommand({
          FunctionName,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify('a'.repeat(bytes))),
        }),
      );
    await expect(ask('nobody', 1)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(ask('tiny', 1_048_575)).rejects.toMatchObject({
      name: 'RequestTooLargeException',
    });
  });
});
