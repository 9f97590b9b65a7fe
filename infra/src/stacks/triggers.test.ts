import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, cleanUp, ofType, synthesise, written } from '../testing/assembly.ts';
import { withMessages } from '../testing/messages.ts';

let assembly: Assembly;
beforeAll(() => {
  assembly = synthesise({ name: 'staging' }, { blueprint: withMessages });
});
afterAll(cleanUp);

const arnOf = (service: string, name: string) =>
  `arn:aws:${service}:us-east-1:<AWS::AccountId>:${name}`;
const properties = (type: string, stack = 'Triggers') =>
  ofType(assembly.resources(stack), type).map(([, each]) => each.Properties);
const live = (name: string) => arnOf('lambda', `function:chorus-staging-${name}:live`);

/** What a role may do, one action on one resource a line. */
function rights(description: string, stack = 'Triggers'): readonly string[] {
  const role = properties('AWS::IAM::Role', stack).find((each) =>
    String(each['Description']).startsWith(description),
  );
  if (role === undefined) throw new Error(`no role ${description}`);
  const policies = role['Policies'] as readonly {
    readonly PolicyName: string;
    readonly PolicyDocument: {
      readonly Statement: readonly { readonly Action: unknown; readonly Resource: unknown }[];
    };
  }[];
  return policies
    .filter(({ PolicyName }) => PolicyName !== 'observe')
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((each) => `${action} ${written(each)}`)),
    );
}

describe('consumers', () => {
  it('are the live versions, get batches, and say which messages failed', () => {
    // The service's own queues have others.
    const mappings = properties('AWS::Lambda::EventSourceMapping')
      .map((each) => ({
        ...each,
        EventSourceArn: written(each['EventSourceArn']),
        FunctionName: written(each['FunctionName']),
      }))
      .filter(({ EventSourceArn }) => EventSourceArn.includes('-asked'));
    expect(mappings).toMatchObject([
      {
        EventSourceArn: arnOf('sqs', 'chorus-staging-asked'),
        FunctionName: live('run-requests'),
        BatchSize: 50,
        MaximumBatchingWindowInSeconds: 2,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        // Those of the function, so that no message is received for an environment that there is not.
        ScalingConfig: { MaximumConcurrency: 8 },
      },
      {
        FunctionName: live('run-requests'),
        BatchSize: 10,
        ScalingConfig: { MaximumConcurrency: 3 },
      },
      { FunctionName: live('write-dead'), ScalingConfig: { MaximumConcurrency: 8 } },
    ]);
    expect(mappings[1]).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });

  it('are in Serving alone, so that they change with what answers and go back with it', () => {
    const elsewhere = assembly
      .names()
      .filter((name) => name.endsWith('template.json') && !name.includes('Triggers'))
      .filter((name) => assembly.file(name)?.includes('AWS::Lambda::EventSourceMapping'));
    expect(elsewhere).toEqual([]);
    expect(assembly.names().some((name) => /Serving.*Triggers/.test(name))).toBe(true);
    expect(JSON.stringify(assembly.resources('Triggers'))).not.toContain(':next');
  });

  it('have a role that takes messages of their own queues', () => {
    const own = rights('Of the function chorus-staging-run-requests', 'Models').filter((each) =>
      each.startsWith('sqs:'),
    );
    const queues = ['asked', 'asked-too'].map((name) => arnOf('sqs', `chorus-staging-${name}`));
    expect([...own].sort()).toEqual(
      ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].flatMap(
        (action) => queues.map((queue) => `sqs:${action} ${queue}`),
      ),
    );
  });

  it('get asynchronous events again as often as said, and what fails goes to its queue', () => {
    expect(properties('AWS::Lambda::EventInvokeConfig')).toMatchObject([
      {
        FunctionName: 'chorus-staging-hear',
        Qualifier: 'live',
        MaximumRetryAttempts: 1,
        MaximumEventAgeInSeconds: 21_600,
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      },
    ]);
    expect(rights('Of the function chorus-staging-hear', 'Models')).toEqual([
      `sqs:SendMessage ${arnOf('sqs', 'chorus-staging-unheard')}`,
    ]);
  });
});

describe('rules of a bus', () => {
  it('start each its target, and no role or function lets another one in', () => {
    const rules = properties('AWS::Events::Rule').map((each) => {
      const [target] = each['Targets'] as readonly Readonly<Record<string, unknown>>[];
      return [
        each['Name'],
        each['EventBusName'],
        written(target?.['Arn']),
        target?.['Input'],
        target !== undefined && 'RoleArn' in target,
      ];
    });
    const rows = arnOf('states', 'stateMachine:chorus-staging-rows');
    const pipeline = arnOf('states', 'stateMachine:chorus-staging-house-price-pipeline');
    const webhook = arnOf('states', 'stateMachine:chorus-staging-tell-webhook');
    expect(rules).toEqual([
      ['chorus-staging-tell-webhook', 'chorus-staging-predictions', webhook, undefined, true],
      ['chorus-staging-house-price-drift', 'chorus-staging-drift', pipeline, undefined, true],
      ['chorus-staging-hear', 'chorus-staging-news', live('hear'), undefined, false],
      [
        'chorus-staging-keep',
        'chorus-staging-news',
        arnOf('sqs', 'chorus-staging-unheard'),
        '{"a":1}',
        false,
      ],
      ['chorus-staging-run', 'chorus-staging-news', rows, undefined, true],
      ['chorus-staging-house-price-data', undefined, pipeline, undefined, true],
    ]);
    expect(rights('Of the rules of buses')).toEqual([
      `states:StartExecution ${pipeline}`,
      `states:StartExecution ${rows}`,
      `states:StartExecution ${webhook}`,
    ]);
    expect(
      properties('AWS::Lambda::Permission').map((each) => [
        written(each['FunctionName']),
        each['Principal'],
        written(each['SourceArn']),
      ]),
    ).toEqual([
      [
        live('hear'),
        'events.amazonaws.com',
        arnOf('events', 'rule/chorus-staging-news/chorus-staging-hear'),
      ],
    ]);
  });
});

describe('a bucket whose new objects start something', () => {
  it('tells EventBridge of them, without a function of the CDK, and a rule picks those below the prefix', () => {
    const buckets = ofType(assembly.resources('Storage'), 'AWS::S3::Bucket').filter(
      ([, { Properties }]) => 'NotificationConfiguration' in Properties,
    );
    expect(
      buckets.map(([, { Properties }]) => [
        written(Properties['BucketName']).startsWith('chorus-staging-training-'),
        Properties['NotificationConfiguration'],
      ]),
    ).toEqual([[true, { EventBridgeConfiguration: { EventBridgeEnabled: true } }]]);
    const rule = properties('AWS::Events::Rule').find(
      (each) => each['Name'] === 'chorus-staging-house-price-data',
    );
    expect(rule?.['EventPattern']).toMatchObject({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: 'training-data/house-price/' }] } },
    });
    const [bucket] = Object(rule?.['EventPattern']).detail.bucket.name;
    expect(written(bucket)).toMatch(/^chorus-staging-training-/);
  });
});

it('what a rule or a schedule could not start goes to the queue that it names, which takes it from them alone', () => {
  const dead = arnOf('sqs', 'chorus-staging-unstarted');
  const deadPipelines = arnOf('sqs', 'chorus-staging-pipelines-unstarted');
  const withDeadLetters = [
    ...properties('AWS::Events::Rule').map(({ Name, Targets }) => [Name, Object(Targets)[0]]),
    ...properties('AWS::Scheduler::Schedule').map(({ Name, Target }) => [Name, Target]),
  ].flatMap(([name, target]) => {
    const { DeadLetterConfig: config } = Object(target);
    return config === undefined ? [] : [[name, written(config.Arn)]];
  });
  expect(withDeadLetters).toEqual([
    ['chorus-staging-tell-webhook', arnOf('sqs', 'chorus-staging-predictions-unreadable')],
    ['chorus-staging-house-price-drift', deadPipelines],
    ['chorus-staging-run', dead],
    ['chorus-staging-house-price-data', deadPipelines],
    ['chorus-staging-nightly', dead],
  ]);
  const policy = properties('AWS::SQS::QueuePolicy', 'Messaging').find((each) =>
    JSON.stringify(each).includes(':chorus-staging-unstarted'),
  );
  const [, fromRules, ...others] = Object(policy?.['PolicyDocument']).Statement;
  expect(others).toEqual([]);
  expect(fromRules.Principal).toEqual({ Service: 'events.amazonaws.com' });
  expect([fromRules.Condition.ArnEquals['aws:SourceArn']].flat().map(written)).toEqual([
    arnOf('events', 'rule/chorus-staging-news/chorus-staging-run'),
  ]);
});

describe('a queue that is asked at times', () => {
  it('has a schedule that starts the live version of its consumer, and no mapping; the function may take messages', () => {
    const [schedule] = properties('AWS::Scheduler::Schedule').filter(
      ({ Name }) => Name === 'chorus-staging-take-predictions-lost',
    );
    expect(schedule).toMatchObject({
      ScheduleExpression: 'rate(2 minutes)',
      Target: { Input: '{"chorus":"take"}' },
    });
    expect(written(Object(schedule?.['Target']).Arn)).toBe(live('bury-prediction'));
    const mapped = properties('AWS::Lambda::EventSourceMapping').map((each) =>
      written(each['EventSourceArn']),
    );
    expect(mapped).toContain(arnOf('sqs', 'chorus-staging-predictions'));
    expect(mapped).not.toContain(arnOf('sqs', 'chorus-staging-predictions-lost'));
    const lost = arnOf('sqs', 'chorus-staging-predictions-lost');
    expect(rights('Of the function chorus-staging-bury-prediction', 'Models')).toEqual(
      expect.arrayContaining([`sqs:ReceiveMessage ${lost}`, `sqs:DeleteMessage ${lost}`]),
    );
  });
});

describe('schedules', () => {
  it('are in a group of the stage, with their time zone and input', () => {
    expect(properties('AWS::Scheduler::ScheduleGroup')).toMatchObject([
      { Name: 'chorus-staging-schedules' },
    ]);
    // The service's own starts the function that counts.
    expect(properties('AWS::Scheduler::Schedule')).toMatchObject([
      { Name: 'chorus-staging-count-drift', ScheduleExpressionTimezone: 'UTC' },
      {
        Name: 'chorus-staging-nightly',
        GroupName: 'chorus-staging-schedules',
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Input: '{"of":"night"}' },
      },
      { ScheduleExpressionTimezone: 'UTC', Target: { Input: '{}' } },
      { Name: 'chorus-staging-take-predictions-lost' },
    ]);
  });

  it('start their targets by a role that only this group may take, and keep what they could not', () => {
    expect(rights('Of the schedules')).toEqual([
      `lambda:InvokeFunction ${live('bury-prediction')}`,
      `lambda:InvokeFunction ${live('count-drift')}`,
      `lambda:InvokeFunction ${live('hear')}`,
      `states:StartExecution ${arnOf('states', 'stateMachine:chorus-staging-rows')}`,
      `sqs:SendMessage ${arnOf('sqs', 'chorus-staging-unstarted')}`,
    ]);
    const role = properties('AWS::IAM::Role').find(
      (each) => each['Description'] === 'Of the schedules: starts their targets',
    );
    const [statement] = Object(role?.['AssumeRolePolicyDocument']).Statement;
    expect(statement.Principal).toEqual({ Service: 'scheduler.amazonaws.com' });
    expect(written(statement.Condition.ArnEquals['aws:SourceArn'])).toBe(
      arnOf('scheduler', 'schedule-group/chorus-staging-schedules'),
    );
  });
});

describe('state machines', () => {
  const machine = (name: string) =>
    rights(`Of the state machine chorus-staging-${name}`, 'Workflows');
  const execution = (name: string) => arnOf('states', `execution:chorus-staging-${name}:*`);

  it('with a Distributed Map start, follow and redrive themselves, and write large results', () => {
    const own = arnOf('states', 'stateMachine:chorus-staging-rows');
    const batches =
      'arn:<AWS::Partition>:s3:::chorus-staging-batches-<AWS::AccountId>-<AWS::Region>';
    expect(machine('rows')).toEqual([
      `s3:GetObject ${batches}/in/*`,
      `s3:ListBucket ${batches}`,
      `s3:PutObject ${batches}/out/*`,
      `states:StartExecution ${own}`,
      ...['DescribeExecution', 'RedriveExecution', 'StopExecution'].flatMap((action) =>
        ['rows/*', 'rows'].map((name) => `states:${action} ${execution(name)}`),
      ),
      ...['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts'].map(
        (action) => `${action} ${batches}/out/*`,
      ),
    ]);
  });

  it('that wait for others follow those, and hear of their ends', () => {
    const rule = arnOf('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');
    expect(machine('wait-for-rows')).toEqual([
      `states:StartExecution ${arnOf('states', 'stateMachine:chorus-staging-rows')}`,
      `states:DescribeExecution ${execution('rows')}`,
      `states:StopExecution ${execution('rows')}`,
      ...['DescribeRule', 'PutRule', 'PutTargets'].map((action) => `events:${action} ${rule}`),
    ]);
  });

  it('that only start others for their answers may do no more', () => {
    const [first] = withMessages.workflows;
    const started = arnOf('states', `stateMachine:chorus-staging-${first?.name}`);
    expect(machine('take')).toEqual([
      `sns:Publish ${arnOf('sns', 'chorus-staging-orders')}`,
      `states:StartSyncExecution ${started}`,
    ]);
  });
});
