import {
  type Blueprint,
  bucket,
  bus,
  executions,
  type FunctionSpec,
  queue,
  table,
  topic,
} from '@chorus/blueprint';
import { blueprint } from '@chorus/service';

const spec = (name: string, others: Partial<FunctionSpec> = {}): FunctionSpec => ({
  name,
  kind: 'task',
  source: 'packages/functions/of-tests',
  memoryMb: 256,
  timeoutSeconds: 20,
  concurrency: 8,
  ...others,
});

const distributed = {
  QueryLanguage: 'JSONata',
  StartAt: 'Rows',
  States: {
    Rows: {
      Type: 'Map',
      Label: 'Rows',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Arguments: { Bucket: `\${BATCHES_BUCKET}`, Key: 'in/rows.csv' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Row',
        States: { Row: { Type: 'Pass', End: true } },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Arguments: { Bucket: `\${BATCHES_BUCKET}`, Prefix: 'out/' },
      },
      End: true,
    },
  },
};

const waiting = {
  QueryLanguage: 'JSONata',
  StartAt: 'Run',
  States: {
    Run: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: `\${ROWS_WORKFLOW}`, Input: {} },
      End: true,
    },
  },
};

const accepting = {
  QueryLanguage: 'JSONata',
  StartAt: 'Publish',
  States: {
    Publish: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Arguments: { TopicArn: `\${ORDERS_TOPIC}`, Message: '{}' },
      End: true,
    },
  },
};

const [first] = blueprint.workflows;
if (first === undefined) throw new Error('the service has no workflow');

const machine = { functions: [], timeoutSeconds: 5 } as const;

/**
 * The service with all that sends messages and takes them: a topic that fans out to two queues, dead letters, a queue in order,
 * a bus with a rule for each kind of target, schedules, a Distributed Map, and machines that start others.
 */
export const withMessages: Blueprint = {
  ...blueprint,
  functions: [
    ...blueprint.functions,
    spec('run-requests', { links: [table('answers', { access: 'read-write' })] }),
    spec('write-dead', { links: [queue('kept', { access: 'send' }), bus('news')] }),
    spec('hear', { asynchronous: { retries: 1, onFailure: { queue: 'unheard' } } }),
  ],
  buckets: [
    ...blueprint.buckets.filter(({ name }) => name !== 'batches'),
    { name: 'batches', purpose: 'files of rows' },
  ],
  tables: [
    ...(blueprint.tables ?? []),
    { name: 'answers', purpose: 'answers by id', key: { name: 'id', type: 'S' } },
  ],
  machines: [
    ...(blueprint.machines ?? []),
    {
      ...machine,
      name: 'take',
      of: first.name,
      definition: accepting,
      links: [topic('orders'), executions(first.name)],
    },
    {
      ...machine,
      name: 'rows',
      type: 'standard',
      definition: distributed,
      links: [
        bucket('batches', { access: 'read', prefix: 'in/' }),
        bucket('batches', { access: 'write', prefix: 'out/' }),
      ],
    },
    {
      ...machine,
      name: 'wait-for-rows',
      type: 'standard',
      definition: waiting,
      links: [executions('rows')],
    },
  ],
  queues: [
    ...(blueprint.queues ?? []),
    {
      name: 'asked',
      purpose: 'requests of all kinds',
      visibilitySeconds: 120,
      retentionDays: 4,
      deadLetters: { queue: 'asked-dead', receives: 3 },
      consumer: { function: 'run-requests', batchSize: 50, windowSeconds: 2 },
    },
    {
      name: 'asked-too',
      purpose: 'the same once more',
      visibilitySeconds: 120,
      deadLetters: { queue: 'asked-dead', receives: 5 },
      consumer: { function: 'run-requests', concurrency: 3 },
    },
    {
      name: 'asked-dead',
      purpose: 'what killed its consumer',
      visibilitySeconds: 20,
      consumer: { function: 'write-dead' },
    },
    { name: 'kept', purpose: 'dead letters', fifo: true, alarm: true },
    { name: 'unheard', purpose: 'events that failed', alarm: true },
    { name: 'unstarted', purpose: 'what could not be started', alarm: true },
  ],
  topics: [
    ...(blueprint.topics ?? []),
    {
      name: 'orders',
      purpose: 'requests',
      subscriptions: [
        { queue: 'asked', filter: { kind: ['plain', 'large'] } },
        { queue: 'asked-too' },
      ],
    },
  ],
  buses: [
    ...(blueprint.buses ?? []),
    {
      name: 'news',
      purpose: 'what has happened',
      rules: [
        { name: 'hear', pattern: { source: ['chorus'] }, target: { function: 'hear' } },
        {
          name: 'keep',
          pattern: { source: ['chorus'] },
          target: { queue: 'unheard', input: { a: 1 } },
        },
        {
          name: 'run',
          pattern: { source: ['chorus'] },
          target: { workflow: 'rows' },
          deadLetters: { queue: 'unstarted' },
        },
      ],
    },
  ],
  schedules: [
    ...(blueprint.schedules ?? []),
    {
      name: 'nightly',
      purpose: 'a batch each night',
      expression: 'cron(0 3 * * ? *)',
      timeZone: 'Europe/Berlin',
      target: { workflow: 'rows', input: { of: 'night' } },
      deadLetters: { queue: 'unstarted' },
    },
    {
      name: 'hourly',
      purpose: 'a call each hour',
      expression: 'rate(1 hour)',
      target: { function: 'hear' },
    },
  ],
};
