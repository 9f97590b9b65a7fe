import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createQueues, type QueuesEmulator } from '@chorus/emulator-queues';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLambda, type TestLambda } from '../testing/index.ts';
import type { EventSource } from './event-source.ts';

const source = (queue: string, functionName: string): EventSource => ({
  queue,
  functionName,
  qualifier: '$LATEST',
  batchSize: 10,
  windowSeconds: 0,
  visibilitySeconds: 30,
});
const arn = (queue: string) => `arn:aws:sqs:us-east-1:000000000000:${queue}`;

let lambda: TestLambda;
let queues: QueuesEmulator;
beforeEach(async () => {
  lambda = await startLambda({
    more: 1,
    eventSources: [source('a', 'tiny'), { ...source('b', 'tiny-2'), concurrency: 5 }],
    queues: {
      receive: (...call) => queues.service.receive(...call),
      send: (...call) => queues.service.send(...call),
      remove: (...call) => queues.service.remove(...call),
      giveBack: (...call) => queues.service.giveBack(...call),
    },
  });
  queues = createQueues({ directory: lambda.directory, credentials: testCredentials });
  queues.service.ensureQueues(
    ['a', 'b'].map((name) => ({ name, visibilitySeconds: 30, retentionSeconds: 3600 })),
  );
});
afterEach(async () => {
  await lambda.remove();
  await queues.close();
});

describe('mappings of event sources', () => {
  it('are listed, by function and by queue, and found by their ids', async () => {
    const list = async (of: {
      FunctionName?: string;
      EventSourceArn?: string;
      MaxItems?: number;
    }) => lambda.client.send(new ListEventSourceMappingsCommand(of));
    const all = await list({});
    expect(all.EventSourceMappings).toMatchObject([
      {
        EventSourceArn: arn('a'),
        FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tiny:$LATEST',
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 0,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        State: 'Enabled',
        LastProcessingResult: 'No records processed',
      },
      { EventSourceArn: arn('b'), ScalingConfig: { MaximumConcurrency: 5 } },
    ]);
    expect((await list({ FunctionName: 'tiny-2' })).EventSourceMappings).toHaveLength(1);
    expect((await list({ EventSourceArn: arn('a') })).EventSourceMappings).toHaveLength(1);
    expect((await list({ MaxItems: 1 })).NextMarker).toBe('1');
    const { UUID } = all.EventSourceMappings?.[1] ?? {};
    const get = (id: string | undefined) =>
      lambda.client.send(new GetEventSourceMappingCommand({ UUID: id }));
    expect(await get(UUID)).toMatchObject({ UUID, EventSourceArn: arn('b') });
    await expect(get('other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('are not made by the API', async () => {
    const command = new CreateEventSourceMappingCommand({
      FunctionName: 'tiny',
      EventSourceArn: arn('a'),
    });
    await expect(lambda.client.send(command)).rejects.toThrow(
      /does not do POST \/2015-03-31\/event-source-mappings/,
    );
  });

  it('give messages to a worker, and say what became of them', async () => {
    lambda.resume();
    queues.service.send('a', { body: 'x' });
    await expect
      .poll(async () => {
        const { EventSourceMappings } = await lambda.client.send(
          new ListEventSourceMappingsCommand({ FunctionName: 'tiny' }),
        );
        return EventSourceMappings?.[0]?.LastProcessingResult;
      })
      .toBe('OK');
  });
});
