import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { type Blueprint, bus, type ScheduleSpec } from '@chorus/blueprint';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { openFolder } from './access/folder.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { invokeFunctions, sendMessages, startExecutions } from './events.ts';
import { processes } from './hosts/processes.ts';
import { arnOf, workflow } from './testing/task-cloud.ts';

const told = {
  ...workflow('told', { Keep: { Type: 'Pass', End: true } }, 'standard'),
  links: [],
};

/** Puts an event with what it is started with. */
const tell = {
  ...workflow(
    'tell',
    {
      Tell: {
        Type: 'Task',
        Resource: 'arn:aws:states:::events:putEvents',
        Arguments: {
          Entries: [
            {
              EventBusName: `\${NEWS_BUS}`,
              Source: 'test',
              DetailType: 'told',
              Detail: '{% $states.input %}',
            },
          ],
        },
        End: true,
      },
    },
    'standard',
  ),
  links: [bus('news')],
};

const blueprintWith = (more: Partial<Blueprint> = {}): Blueprint => ({
  functions: [],
  routes: [],
  buckets: [],
  workflows: [told, tell],
  queues: [{ name: 'kept', purpose: '' }],
  buses: [
    {
      name: 'news',
      purpose: '',
      rules: [
        { name: 'tell', pattern: { source: ['test'] }, target: { workflow: 'told' } },
        { name: 'keep', pattern: { source: ['test'] }, target: { queue: 'kept' } },
      ],
    },
  ],
  ...more,
});

const often: ScheduleSpec = {
  name: 'often',
  purpose: 'tries it',
  expression: 'rate(1 day)',
  target: { workflow: 'told', input: { by: 'often' } },
};

let directory: string;
let stop: () => Promise<void>;
afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true, force: true });
});

/** A running cloud and clients of its services. */
interface Running {
  readonly cloud: Cloud;
  readonly sfn: SFNClient;
  readonly events: EventBridgeClient;
  readonly scheduler: SchedulerClient;
}

async function start(blueprint: Blueprint, given?: string): Promise<Running> {
  directory = given ?? (await mkdtemp(join(tmpdir(), 'chorus-events-')));
  const folder = await openFolder(directory);
  stop = async () => folder.release();
  const host = processes({ root: directory, path: '', compileCache: directory });
  const cloud = await startCloud({ blueprint, host, folder, port: 0 });
  const client = { endpoint: cloud.url, region: 'us-east-1', credentials: cloud.credentials };
  const clients = {
    sfn: new SFNClient(client),
    events: new EventBridgeClient(client),
    scheduler: new SchedulerClient(client),
  };
  stop = async () => {
    for (const each of Object.values(clients)) each.destroy();
    await cloud.close(0);
    folder.release();
  };
  return { cloud, ...clients };
}

/** Inputs of the executions of `told` that have ended. */
async function inputs({ sfn }: Running): Promise<readonly unknown[]> {
  const { executions = [] } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn: arnOf('told'), statusFilter: 'SUCCEEDED' }),
  );
  const described = executions.map(async ({ executionArn }) => {
    const { input = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return JSON.parse(input);
  });
  return Promise.all(described);
}

/** Asks SQS for an operation on the queue. */
async function askQueue(
  { cloud: { url, credentials } }: Running,
  operation: string,
  parameters: object,
): Promise<{ readonly Messages?: readonly { readonly MessageAttributes: object }[] }> {
  const response = await signedFetch({
    url: `${url}/`,
    service: 'sqs',
    credentials,
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
    },
    body: JSON.stringify({ QueueUrl: `${url}/000000000000/chorus-kept`, ...parameters }),
  });
  return JSON.parse(await response.text());
}

/** How many messages the queue has. */
const kept = (running: Running): Promise<unknown> =>
  askQueue(running, 'GetQueueAttributes', { AttributeNames: ['ApproximateNumberOfMessages'] });

describe('events in the local cloud', () => {
  it('start a workflow once for each that a program or a task puts, also after a restart', async () => {
    const running = await start(blueprintWith());
    const Entries = [
      { EventBusName: 'chorus-news', Source: 'test', DetailType: 'x', Detail: '{"by":"program"}' },
      { EventBusName: 'chorus-news', Source: 'other', DetailType: 'x', Detail: '{}' },
    ];
    await running.events.send(new PutEventsCommand({ Entries }));
    await running.cloud.states.start(arnOf('tell'), '{"by":"task"}', { name: 'one' });
    await expect.poll(() => inputs(running).then((all) => all.length)).toBe(2);
    await expect
      .poll(() => kept(running))
      .toEqual({ Attributes: { ApproximateNumberOfMessages: '2' } });
    const all = await inputs(running);
    expect(all).toContainEqual(
      expect.objectContaining({ source: 'test', detail: { by: 'program' } }),
    );
    expect(all).toContainEqual(
      expect.objectContaining({
        'detail-type': 'told',
        detail: { by: 'task' },
        resources: [expect.stringContaining(':execution:chorus-tell:one'), arnOf('tell')],
      }),
    );
    await stop();
    expect(await inputs(await start(blueprintWith(), directory))).toHaveLength(2);
  });

  it('that cannot be started go to the queue that a rule, a schedule or new objects name', async () => {
    const deadLetters = { queue: 'kept' };
    // A model of which there are no weights: nothing of it is live.
    const absent = {
      name: 'absent',
      kind: 'model' as const,
      source: 'packages/models/absent',
      memoryMb: 128,
      timeoutSeconds: 5,
      concurrency: 1,
    };
    const target = { function: 'absent' };
    const rule = { name: 'tell', pattern: { source: ['test'] }, target, deadLetters };
    const running = await start({
      ...blueprintWith({
        functions: [absent],
        buses: [{ name: 'news', purpose: '', rules: [rule] }],
        buckets: [
          {
            name: 'papers',
            purpose: '',
            created: [{ name: 'arrived', prefix: 'in/', target, deadLetters }],
          },
        ],
        schedules: [{ ...often, target, deadLetters }],
      }),
    });
    const Entries = [
      { EventBusName: 'chorus-news', Source: 'test', DetailType: 'x', Detail: '{}' },
    ];
    await running.events.send(new PutEventsCommand({ Entries }));
    const { url: endpoint, credentials } = running.cloud;
    const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: 'chorus-papers', Key: 'in/a', Body: 'a' }));
    s3.destroy();
    await expect
      .poll(() => kept(running))
      .toEqual({ Attributes: { ApproximateNumberOfMessages: '3' } });
    const { Messages = [] } = await askQueue(running, 'ReceiveMessage', {
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    const said = Messages.map(({ MessageAttributes }) =>
      Object.keys(MessageAttributes)
        .filter((name) => name.endsWith('_ARN'))
        .toSorted()
        .join(),
    );
    expect(said.toSorted()).toEqual([
      'RULE_ARN,TARGET_ARN',
      'RULE_ARN,TARGET_ARN',
      'SCHEDULE_ARN,TARGET_ARN',
    ]);
  });

  it('are started by schedules of the blueprint and of the API', async () => {
    const running = await start(blueprintWith({ schedules: [often] }));
    await expect.poll(() => inputs(running)).toEqual([{ by: 'often' }]);
    const { scheduler } = running;
    expect(await scheduler.send(new GetScheduleCommand({ Name: 'chorus-often' }))).toMatchObject({
      Description: 'tries it',
      Target: { Arn: arnOf('told') },
    });
    const made = {
      Name: 'mine',
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' as const },
      Target: {
        Arn: arnOf('told'),
        RoleArn: 'arn:aws:iam::000000000000:role/any',
        Input: '{"by":"mine"}',
      },
    };
    await scheduler.send(new CreateScheduleCommand(made));
    await expect.poll(() => inputs(running)).toContainEqual({ by: 'mine' });
    await scheduler.send(new DeleteScheduleCommand({ Name: 'mine' }));
    await stop();
    // A rate of a day that has begun is not begun again.
    expect(
      await inputs(await start(blueprintWith({ schedules: [often] }), directory)),
    ).toHaveLength(2);
  });

  it('tell of objects that are written below a prefix, also where the cloud ends at once', async () => {
    const created = [{ name: 'arrived', prefix: 'in/', target: { workflow: 'told' } }];
    const blueprint = blueprintWith({ buckets: [{ name: 'files', purpose: '', created }] });
    const running = await start(blueprint);
    const { url: endpoint, credentials } = running.cloud;
    const s3 = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
    const put = (Key: string) =>
      s3.send(new PutObjectCommand({ Bucket: 'chorus-files', Key, Body: 'rows' }));
    await put('out/b.csv');
    const { ETag = '' } = await put('in/a.csv');
    s3.destroy();
    await stop();
    const again = await start(blueprint, directory);
    await expect.poll(() => inputs(again)).toHaveLength(1);
    expect(await inputs(again)).toMatchObject([
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        resources: ['arn:aws:s3:::chorus-files'],
        detail: {
          bucket: { name: 'chorus-files' },
          object: { key: 'in/a.csv', size: 4, etag: JSON.parse(ETag) },
          reason: 'PutObject',
        },
      },
    ]);
  });

  it('are refused at start where the blueprint contradicts itself', async () => {
    await expect(
      start(blueprintWith({ schedules: [{ ...often, expression: 'daily' }] })),
    ).rejects.toThrow('schedule often: "daily" is no schedule');
  });
});

describe('a target', () => {
  const delivery = {
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:f:live',
    body: '{}',
    id: 'one',
  };
  const failing = (name: string) => () => {
    throw Object.assign(new Error('no'), { name });
  };

  it('is asked once for each delivery', async () => {
    const asked: unknown[] = [];
    const note = (...all: unknown[]) => asked.push(all);
    await invokeFunctions({ invokeLater: note })(delivery);
    await sendMessages({ send: note as never })({
      ...delivery,
      arn: 'arn:aws:sqs:a:1:q.fifo',
      group: 'g',
    });
    await startExecutions({ start: note as never })(delivery);
    expect(asked).toEqual([
      [{ functionName: delivery.arn, payload: Buffer.from('{}'), requestId: 'one' }],
      ['q.fifo', { body: '{}', groupId: 'g', deduplicationId: 'one' }],
      [delivery.arn, '{}', { name: 'one' }],
    ]);
  });

  it('that is not there is given up, and any other failure is tried again', async () => {
    const gone = { name: 'UndeliverableError' };
    const invoke = invokeFunctions({ invokeLater: failing('ResourceNotFoundException') });
    await expect(invoke(delivery)).rejects.toMatchObject(gone);
    await expect(
      sendMessages({ send: failing('QueueDoesNotExist') })(delivery),
    ).rejects.toMatchObject(gone);
    const start = startExecutions({ start: failing('StateMachineDoesNotExist') });
    await expect(start(delivery)).rejects.toMatchObject(gone);
    await expect(invokeFunctions({ invokeLater: failing('EIO') })(delivery)).rejects.toMatchObject({
      name: 'EIO',
    });
    // A Standard workflow that was started by an attempt without an answer.
    await startExecutions({ start: failing('ExecutionAlreadyExists') })(delivery);
  });
});
