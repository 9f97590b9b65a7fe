import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';
import { withMessages } from '../testing/messages.ts';

let assembly: Assembly;
beforeAll(() => {
  // With the queues that a stage leaves out unless it says otherwise.
  assembly = synthesise({ fanOut: true }, { blueprint: withMessages });
});
afterAll(cleanUp);

const arnOf = (service: string, name: string) =>
  `arn:aws:${service}:us-east-1:<AWS::AccountId>:${name}`;

/** Resources of a type in the stack of messages, by their physical names. */
function byName(type: string, property: string, from = assembly): ReadonlyMap<string, Resource> {
  return new Map(
    ofType(from.resources('Messaging'), type).map(([, each]) => [
      String(each.Properties[property]),
      each,
    ]),
  );
}

const queueNamed = (name: string, from = assembly): Resource => {
  const found = byName('AWS::SQS::Queue', 'QueueName', from).get(name);
  if (found === undefined) throw new Error(`no queue ${name}`);
  return found;
};

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of the policy of a queue or topic, by the id of what it is of. */
function policies(type: string, property: string): ReadonlyMap<string, readonly Statement[]> {
  return new Map(
    ofType(assembly.resources('Messaging'), type).map(([, { Properties }]) => {
      const [of] = Properties[property] as readonly { readonly Ref: string }[];
      return [of?.Ref ?? '', Object(Properties['PolicyDocument']).Statement];
    }),
  );
}

function policyOfQueue(name: string): readonly Statement[] {
  const [id = ''] =
    ofType(assembly.resources('Messaging'), 'AWS::SQS::Queue').find(
      ([, { Properties }]) => Properties['QueueName'] === name,
    ) ?? [];
  return policies('AWS::SQS::QueuePolicy', 'Queues').get(id) ?? [];
}

describe('queues', () => {
  it('are encrypted, keep messages, wait for them, and outlast the functions', () => {
    expect(byName('AWS::SQS::Queue', 'QueueName').size).toBe(withMessages.queues?.length);
    expect(queueNamed('chorus-asked')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        SqsManagedSseEnabled: true,
        VisibilityTimeout: 120,
        MessageRetentionPeriod: 4 * 86_400,
        ReceiveMessageWaitTimeSeconds: 20,
      },
    });
    expect(queueNamed('chorus-unheard').Properties).toMatchObject({
      VisibilityTimeout: 30,
      MessageRetentionPeriod: 14 * 86_400,
    });
    expect(queueNamed('chorus-unheard').Properties).not.toHaveProperty('FifoQueue');
    expect(queueNamed('chorus-kept.fifo').Properties['FifoQueue']).toBe(true);
  });

  it('send their dead letters to one that takes them from these alone, and is made before', () => {
    const [id] =
      ofType(assembly.resources('Messaging'), 'AWS::SQS::Queue').find(
        ([, { Properties }]) => Properties['QueueName'] === 'chorus-asked-dead',
      ) ?? [];
    expect(queueNamed('chorus-asked').Properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [id, 'Arn'] },
      maxReceiveCount: 3,
    });
    const { redrivePermission, sourceQueueArns } = Object(
      queueNamed('chorus-asked-dead').Properties['RedriveAllowPolicy'],
    );
    expect(redrivePermission).toBe('byQueue');
    const source = `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:`;
    expect(sourceQueueArns).toEqual([
      { 'Fn::Sub': `${source}chorus-asked` },
      { 'Fn::Sub': `${source}chorus-asked-too` },
    ]);
    expect(queueNamed('chorus-asked').Properties['RedriveAllowPolicy']).toEqual({
      redrivePermission: 'denyAll',
    });
  });

  it('are reached by TLS only, and get messages of the services from their own topics and rules', () => {
    for (const name of byName('AWS::SQS::Queue', 'QueueName').keys())
      expect(policyOfQueue(name)[0]).toMatchObject({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    const senders = (name: string) =>
      policyOfQueue(name)
        .filter(({ Effect }) => Effect === 'Allow')
        .map(({ Principal, Action, Condition }) => [
          Object(Principal).Service,
          Action,
          [Condition['ArnEquals']?.['aws:SourceArn']].flat().map(written),
        ]);
    const topic = arnOf('sns', 'chorus-orders');
    expect(senders('chorus-asked')).toEqual([['sns.amazonaws.com', 'sqs:SendMessage', [topic]]]);
    expect(senders('chorus-unheard')).toEqual([
      [
        'events.amazonaws.com',
        'sqs:SendMessage',
        [arnOf('events', 'rule/chorus-news/chorus-keep')],
      ],
    ]);
    expect(senders('chorus-asked-dead')).toEqual([]);
    expect(senders('chorus-kept.fifo')).toEqual([]);
  });

  it('go with a stage that keeps no data', () => {
    const preview = synthesise({ name: 'staging', keepsData: false }, { blueprint: withMessages });
    const all = ofType(preview.resources('Messaging'), 'AWS::SQS::Queue');
    expect(all.length).toBeGreaterThan(4);
    expect(new Set(all.map(([, each]) => each.DeletionPolicy))).toEqual(new Set(['Delete']));
    for (const stack of ['Messaging', 'Triggers'])
      expect(JSON.stringify(preview.resources(stack))).not.toMatch(/"Retain|RetainExceptOnCreate/);
  });
});

describe('topics', () => {
  it('are published to by TLS only, and give queues the message as it is, by its attributes', () => {
    const all = [...policies('AWS::SNS::TopicPolicy', 'Topics').values()];
    expect(all).toHaveLength(withMessages.topics?.length ?? 0);
    for (const policy of all)
      expect(policy).toEqual([
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'sns:Publish',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]);
    // The service's own topics have others.
    const subscriptions = ofType(assembly.resources('Messaging'), 'AWS::SNS::Subscription').map(
      ([, { Properties }]) => [
        Properties['Protocol'],
        written(Properties['Endpoint']),
        Properties['RawMessageDelivery'],
        Properties['FilterPolicy'],
      ],
    );
    const asked = subscriptions.filter(([, endpoint]) => String(endpoint).includes('asked'));
    // References, so that the queues are made first.
    expect(asked).toEqual([
      ['sqs', '<{"Fn::GetAtt":["Queueasked","Arn"]}>', true, { kind: ['plain', 'large'] }],
      ['sqs', '<{"Fn::GetAtt":["Queueaskedtoo","Arn"]}>', true, undefined],
    ]);
    expect(subscriptions.every(([, , isRaw]) => isRaw === true)).toBe(true);
  });
});

describe('an alarm of dead letters', () => {
  const alarms = (from: Assembly) =>
    new Map(
      ofType(from.resources('Monitoring'), 'AWS::CloudWatch::Alarm').map(([, each]) => [
        each.Properties['AlarmName'],
        each.Properties,
      ]),
    );

  it('goes off with the first one, and stays while nothing is heard of the queue', () => {
    expect(alarms(assembly).get('chorus-kept-waiting')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'chorus-kept.fifo' }],
      Statistic: 'Maximum',
      Threshold: 0,
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
    });
    expect(alarms(assembly).has('chorus-unheard-waiting')).toBe(true);
    expect(alarms(assembly).has('chorus-asked-waiting')).toBe(false);
  });

  it('holds up no release: what waits may have waited before', () => {
    const groups = JSON.stringify(
      ofType(assembly.resources('Canary'), 'AWS::CodeDeploy::DeploymentGroup'),
    );
    expect(groups).toContain('api-errors');
    expect(groups).not.toContain('waiting');
  });
});

it('a service that sends no messages has no stack of them', () => {
  const { queues, topics, buses, schedules, machines, ...others } = withMessages;
  if ((queues?.length ?? 0) === 0 || machines === undefined)
    throw new Error('there are no messages');
  const names = synthesise(
    {},
    {
      blueprint: {
        ...others,
        buckets: others.buckets.map(({ created: _, ...bucket }) => bucket),
        // Its workflows answer at once, and no more than that.
        routes: others.routes.map((route) =>
          'workflow' in route
            ? { method: route.method, path: route.path, workflow: route.workflow }
            : route,
        ),
        functions: others.functions.filter(
          ({ links = [], asynchronous }) =>
            asynchronous === undefined &&
            !links.some(({ kind }) => ['queue', 'topic', 'bus', 'executions'].includes(kind)),
        ),
      },
    },
  ).names();
  expect(names.join()).not.toMatch(/Messaging|Triggers/);
  expect(serviceAssembly().names().join()).toContain('Workflows');
});
