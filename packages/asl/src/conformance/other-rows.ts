import { type ConformanceRow, only, task } from './row.ts';

const big = 'x'.repeat(262_142); // and its two quotes: exactly the limit
const context = 'Context object (developer guide)';
const wait = 'Wait State';

const integration = (resource: string): ConformanceRow => ({
  title: `a task of ${resource} is handed to runTask with its arguments`,
  spec: 'Task State',
  language: 'JSONata',
  states: only({ Type: 'Task', Resource: resource, Arguments: { Key: '{% $states.input.k %}' } }),
  input: { k: 1 },
  arguments: [{ Key: 1 }],
  expected: { output: { Key: 1 } },
});

/** Tasks, the Context Object, Wait, and the limit on data. */
export const otherRows: readonly ConformanceRow[] = [
  integration('arn:aws:lambda:us-east-1:000000000000:function:chorus-svr:live'),
  integration('arn:aws:states:::lambda:invoke'),
  integration('arn:aws:states:::dynamodb:putItem'),
  integration('arn:aws:states:::aws-sdk:s3:getObject'),
  integration('arn:aws:states:::sqs:sendMessage'),
  {
    title: 'a task that answers nothing answers null',
    spec: 'Task State',
    states: only(task()),
    calls: [{ returns: undefined }],
    expected: { output: null },
  },
  {
    title: '$$.Execution',
    spec: context,
    states: only({
      Type: 'Pass',
      Parameters: {
        'id.$': '$$.Execution.Id',
        'name.$': '$$.Execution.Name',
        'input.$': '$$.Execution.Input.a',
        'role.$': '$$.Execution.RoleArn',
        'start.$': '$$.Execution.StartTime',
      },
    }),
    input: { a: 1 },
    expected: {
      output: {
        id: 'arn:aws:states:us-east-1:000000000000:express:conformance:run-1',
        name: 'run-1',
        input: 1,
        role: 'arn:aws:iam::000000000000:role/conformance',
        start: '2026-01-01T00:00:00.000Z',
      },
    },
  },
  {
    title: '$$.State and $$.StateMachine',
    spec: context,
    states: {
      First: { Type: 'Wait', Seconds: 90, Next: 'Second' },
      Second: {
        Type: 'Pass',
        Parameters: {
          'name.$': '$$.State.Name',
          'entered.$': '$$.State.EnteredTime',
          'machine.$': '$$.StateMachine.Name',
          'arn.$': '$$.StateMachine.Id',
        },
        End: true,
      },
    },
    expected: {
      output: {
        name: 'Second',
        entered: '2026-01-01T00:01:30.000Z',
        machine: 'conformance',
        arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:conformance',
      },
    },
  },
  {
    title: 'InputPath may select the Context Object',
    spec: context,
    states: only({ Type: 'Pass', InputPath: '$$.Execution.Input' }),
    input: { a: 1 },
    expected: { output: { a: 1 } },
  },
  {
    title: 'JSONata reads it as $states.context',
    spec: context,
    language: 'JSONata',
    states: only({
      Type: 'Pass',
      Output: "{% $states.context.State.Name & '/' & $states.context.StateMachine.Name %}",
    }),
    expected: { output: 'A/conformance' },
  },
  {
    title: 'Wait for seconds',
    spec: wait,
    states: only({ Type: 'Wait', Seconds: 10 }),
    input: 1,
    delays: [10],
    expected: { output: 1 },
  },
  {
    title: 'Wait until a timestamp',
    spec: wait,
    states: only({ Type: 'Wait', Timestamp: '2026-01-01T00:00:30Z' }),
    delays: [30],
    expected: { output: {} },
  },
  {
    title: 'a timestamp in the past does not wait',
    spec: wait,
    states: only({ Type: 'Wait', TimestampPath: '$.expirydate' }),
    input: { expirydate: '2016-03-14T01:59:00Z' },
    delays: [],
    expected: { output: { expirydate: '2016-03-14T01:59:00Z' } },
  },
  {
    title: 'SecondsPath',
    spec: wait,
    states: only({ Type: 'Wait', SecondsPath: '$.s', OutputPath: '$.s' }),
    input: { s: 2 },
    delays: [2],
    expected: { output: 2 },
  },
  {
    title: 'SecondsPath to a string is States.Runtime',
    spec: wait,
    states: only({ Type: 'Wait', SecondsPath: '$.s' }),
    input: { s: 'soon' },
    expected: { error: 'States.Runtime' },
  },
  {
    title: 'TimestampPath to no timestamp is States.Runtime',
    spec: wait,
    states: only({ Type: 'Wait', TimestampPath: '$.t' }),
    input: { t: '2026-02-30T00:00:00Z' },
    expected: { error: 'States.Runtime' },
  },
  {
    title: 'Seconds and Timestamp may be JSONata expressions',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: {
      A: { Type: 'Wait', Seconds: '{% $states.input.s * 2 %}', Next: 'B' },
      B: { Type: 'Wait', Timestamp: '{% $states.input.t %}', End: true },
    },
    input: { s: 3, t: '2026-01-01T00:00:10Z' },
    delays: [6, 4],
    expected: { output: { s: 3, t: '2026-01-01T00:00:10Z' } },
  },
  {
    title: 'data of exactly 256 KiB fits',
    spec: 'Quotas (developer guide)',
    states: only({ Type: 'Pass', OutputPath: '$.text' }),
    input: { text: big.slice(11) },
    expected: { output: big.slice(11) },
  },
  {
    title: 'an execution input above 256 KiB is States.DataLimitExceeded',
    spec: 'Quotas (developer guide)',
    states: only({ Type: 'Pass' }),
    input: `${big}x`,
    expected: { error: 'States.DataLimitExceeded', cause: /262145 bytes/ },
  },
  {
    title: 'bytes are counted, not characters',
    spec: 'Quotas (developer guide)',
    states: only({ Type: 'Pass' }),
    input: 'é'.repeat(131_072),
    expected: { error: 'States.DataLimitExceeded', cause: /262146 bytes/ },
  },
  {
    title: 'a state output above 256 KiB is States.DataLimitExceeded',
    spec: 'Quotas (developer guide)',
    states: only({ Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' } }),
    input: 'x'.repeat(131_072),
    expected: { error: 'States.DataLimitExceeded' },
  },
  {
    title: 'States.ALL catches States.DataLimitExceeded, as on AWS',
    spec: 'Error names (developer guide)',
    states: {
      A: {
        ...task({
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
        }),
        End: true,
      },
      B: { Type: 'Succeed' },
    },
    calls: [{ returns: `${big}x` }],
    expected: {
      output: {
        Error: 'States.DataLimitExceeded',
        Cause:
          "The state/task 'arn:aws:lambda:us-east-1:000000000000:function:task' returned a result with a size exceeding the maximum number of bytes service limit.",
      },
    },
  },
  {
    title: 'its own name does',
    spec: 'Error names (developer guide)',
    states: {
      A: {
        ...task({
          Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], ResultPath: null, Next: 'B' }],
        }),
        End: true,
      },
      B: { Type: 'Succeed' },
    },
    input: 1,
    calls: [{ returns: `${big}x` }],
    expected: { output: 1 },
  },
  {
    title: 'variables of one Assign above 256 KiB are States.DataLimitExceeded',
    spec: 'Passing data between states with variables: Limits (developer guide)',
    states: only({ Type: 'Pass', Assign: { 'a.$': '$', 'b.$': '$' } }),
    input: 'x'.repeat(131_072),
    expected: { error: 'States.DataLimitExceeded' },
  },
];
