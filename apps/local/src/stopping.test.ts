import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { StateMachineSpec } from '@chorus/blueprint';
import { stateMachineArn } from '@chorus/emulator-aws';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Folder, openFolder } from './access/folder.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { processes } from './hosts/processes.ts';

const root = resolve(import.meta.dirname, '../../..');
const moody = {
  name: 'moody',
  kind: 'http',
  source: 'apps/local/e2e/functions/moody',
  memoryMb: 128,
  timeoutSeconds: 60,
  concurrency: 2,
} as const;

const hanging: StateMachineSpec = {
  name: 'hanging',
  functions: [moody],
  timeoutSeconds: 60,
  definition: {
    StartAt: 'Hang',
    States: {
      Hang: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'chorus-moody:live', Payload: { do: 'hang' } },
        End: true,
      },
    },
  },
};

const addresses = { databaseUrl: 'postgres://127.0.0.1/none', cacheUrl: 'redis://127.0.0.1' };
const closing = Promise.withResolvers<void>();
const goOn = Promise.withResolvers<void>();
let directory: string;
let folder: Folder;
let cloud: Cloud;
let stopped: Promise<void> | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-stopping-'));
  folder = await openFolder(directory);
  cloud = await startCloud({
    blueprint: {
      functions: [moody],
      workflows: [],
      machines: [hanging],
      routes: [{ method: 'POST', path: '/moody', function: 'moody' }],
      buckets: [{ name: 'models', purpose: '' }],
    },
    host: processes({ root, path: '', compileCache: join(tmpdir(), 'node-compile-cache') }),
    folder,
    port: 0,
    // It is the last that is closed: when it is asked to, every service is closed and the port is open.
    featureStore: Promise.resolve({
      here: addresses,
      forFunctions: addresses,
      ready: Promise.resolve(),
      close: () => {
        closing.resolve();
        return goOn.promise;
      },
    }),
  });
});

afterEach(async () => {
  goOn.resolve();
  await (stopped ?? cloud.close(0));
  folder.release();
  await rm(directory, { recursive: true, force: true });
});

it('a cloud that stops says so to all that ask, and complains of none of them', async () => {
  const complaints = vi.spyOn(console, 'error');
  const ask = (service: string, target: string, body: object = {}, path = '/') =>
    signedFetch({
      url: `${cloud.url}${path}`,
      service,
      credentials: cloud.credentials,
      ...(service !== 's3' && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    });
  const unanswered = [
    ask('states', 'AWSStepFunctions.StartSyncExecution', {
      stateMachineArn: stateMachineArn('chorus-hanging'),
    }),
    ask('lambda', '', { do: 'hang' }, '/2015-03-31/functions/chorus-moody:live/invocations'),
  ];
  await expect.poll(() => cloud.lambda.busy('chorus-moody'), { interval: 5 }).toBe(2);
  stopped = cloud.close(0);
  await closing.promise;
  const asked = await Promise.all([
    ...unanswered,
    fetch(`${cloud.url}/moody`, { method: 'POST', body: '{}' }),
    ask('states', 'AWSStepFunctions.ListStateMachines'),
    ask('states', 'AWSStepFunctions.DescribeMapRun', { mapRunArn: 'arn:any' }),
    ask('dynamodb', 'DynamoDB_20120810.ListTables'),
    ask('sqs', 'AmazonSQS.ListQueues'),
    ask('events', 'AWSEvents.ListEventBuses'),
    ask('s3', '', {}, '/chorus-models?list-type=2'),
  ]);
  for (const each of asked) {
    expect(each.status, each.url).toBe(503);
    expect(await each.text()).toContain('the local cloud is stopping');
  }
  expect(complaints.mock.calls).toEqual([]);
});
