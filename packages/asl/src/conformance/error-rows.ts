import { type ConformanceRow, only, task } from './row.ts';

const retrying = 'Retrying after error';
const catching = 'Fallback states';
const names = 'Error names (developer guide)';
const all = ['States.ALL'];
const recovered = { Recovered: { Type: 'Pass', End: true } };

/** Retry, Catch, timeouts, Fail, and what the reserved names match. */
export const errorRows: readonly ConformanceRow[] = [
  {
    title: 'an error no one handles fails the execution with its name and cause',
    spec: 'Errors',
    states: only(task()),
    calls: [{ fails: 'ModelLoadError', cause: 'no weights' }],
    expected: { error: 'ModelLoadError', cause: 'no weights' },
  },
  {
    title: 'the default Retrier tries 3 times more, after 1, 2 and 4 seconds',
    spec: retrying,
    states: only(task({ Retry: [{ ErrorEquals: all }] })),
    calls: [{ fails: 'E' }, { fails: 'E' }, { fails: 'E' }, { fails: 'E' }],
    delays: [1, 2, 4],
    expected: { error: 'E' },
  },
  {
    title: 'a retried task that succeeds is a success',
    spec: retrying,
    states: only(task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 3, BackoffRate: 1 }] })),
    calls: [{ fails: 'E' }, { fails: 'E' }, { returns: 'ok' }],
    delays: [3, 3],
    expected: { output: 'ok' },
  },
  {
    title: 'MaxDelaySeconds bounds the growing interval',
    spec: retrying,
    states: only(
      task({
        Retry: [{ ErrorEquals: all, IntervalSeconds: 3, MaxAttempts: 3, MaxDelaySeconds: 5 }],
      }),
    ),
    calls: [{ fails: 'E' }, { fails: 'E' }, { fails: 'E' }, { returns: 1 }],
    delays: [3, 5, 5],
    expected: { output: 1 },
  },
  {
    title: 'JitterStrategy FULL draws from 0 to the interval (the test draws one half)',
    spec: 'Retrying after an error (developer guide)',
    states: only(
      task({ Retry: [{ ErrorEquals: all, IntervalSeconds: 2, JitterStrategy: 'FULL' }] }),
    ),
    calls: [{ fails: 'E' }, { fails: 'E' }, { returns: 1 }],
    delays: [1, 2],
    expected: { output: 1 },
  },
  {
    title: 'MaxAttempts 0 never retries',
    spec: retrying,
    states: only(task({ Retry: [{ ErrorEquals: ['E'], MaxAttempts: 0 }, { ErrorEquals: all }] })),
    calls: [{ fails: 'E' }],
    delays: [],
    expected: { error: 'E' },
  },
  {
    title: "the specification's complex scenario: each Retrier counts its own attempts",
    spec: 'Complex retry scenarios',
    states: {
      X: {
        ...task({
          Retry: [
            {
              ErrorEquals: ['ErrorA', 'ErrorB'],
              IntervalSeconds: 1,
              BackoffRate: 2,
              MaxAttempts: 2,
            },
            { ErrorEquals: ['ErrorC'], IntervalSeconds: 5 },
          ],
          Catch: [{ ErrorEquals: all, Next: 'Recovered' }],
        }),
        End: true,
      },
      ...recovered,
    },
    calls: [
      { fails: 'ErrorA' },
      { fails: 'ErrorB' },
      { fails: 'ErrorC' },
      { fails: 'ErrorB', cause: 'last' },
    ],
    delays: [1, 2, 5],
    expected: { output: { Error: 'ErrorB', Cause: 'last' } },
  },
  {
    title: '$$.State.RetryCount counts the retries',
    spec: 'Context object (developer guide)',
    states: only(
      task({ Parameters: { 'n.$': '$$.State.RetryCount' }, Retry: [{ ErrorEquals: all }] }),
    ),
    calls: [{ fails: 'E' }, { fails: 'E' }],
    expected: { output: { n: 2 } },
  },
  {
    title: 'a Catcher hands the Error Output to its next state',
    spec: catching,
    states: {
      A: { ...task({ Catch: [{ ErrorEquals: ['E'], Next: 'Recovered' }] }), End: true },
      ...recovered,
    },
    input: { a: 1 },
    calls: [{ fails: 'E', cause: 'why' }],
    expected: { output: { Error: 'E', Cause: 'why' } },
  },
  {
    title: "a Catcher's ResultPath adds the Error Output to the raw input",
    spec: catching,
    states: {
      A: {
        ...task({
          InputPath: '$.a',
          Catch: [{ ErrorEquals: all, ResultPath: '$.error', Next: 'Recovered' }],
        }),
        End: true,
      },
      ...recovered,
    },
    input: { a: 1 },
    calls: [{ fails: 'E', cause: 'why' }],
    expected: { output: { a: 1, error: { Error: 'E', Cause: 'why' } } },
  },
  {
    title: "a Catcher's ResultPath null keeps the raw input",
    spec: catching,
    states: {
      A: {
        ...task({ Catch: [{ ErrorEquals: all, ResultPath: null, Next: 'Recovered' }] }),
        End: true,
      },
      ...recovered,
    },
    input: { a: 1 },
    calls: [{ fails: 'E' }],
    expected: { output: { a: 1 } },
  },
  {
    title: 'the first Catcher that names the error is taken',
    spec: catching,
    states: {
      A: {
        ...task({
          Catch: [
            { ErrorEquals: ['D'], Next: 'Wrong' },
            { ErrorEquals: ['E', 'F'], Next: 'Recovered' },
            { ErrorEquals: all, Next: 'Wrong' },
          ],
        }),
        End: true,
      },
      Wrong: { Type: 'Fail' },
      ...recovered,
    },
    calls: [{ fails: 'F' }],
    expected: { output: { Error: 'F', Cause: '' } },
  },
  {
    title: 'in JSONata a Catcher has Output and Assign with $states.errorOutput',
    spec: 'Reserved variable: $states (developer guide)',
    language: 'JSONata',
    states: {
      A: {
        ...task({
          Catch: [
            {
              ErrorEquals: all,
              Output: { in: '{% $states.input %}', why: '{% $states.errorOutput.Cause %}' },
              Assign: { e: '{% $states.errorOutput.Error %}' },
              Next: 'B',
            },
          ],
        }),
        End: true,
      },
      B: { Type: 'Pass', Output: { in: '{% $states.input %}', e: '{% $e %}' }, End: true },
    },
    input: 1,
    calls: [{ fails: 'E', cause: 'why' }],
    expected: { output: { in: { in: 1, why: 'why' }, e: 'E' } },
  },
  {
    title: 'an error in what a Catcher computes fails the execution',
    spec: catching,
    language: 'JSONata',
    states: {
      A: {
        ...task({
          Catch: [
            { ErrorEquals: all, Output: '{% $states.errorOutput.nope %}', Next: 'Recovered' },
          ],
        }),
        End: true,
      },
      ...recovered,
    },
    calls: [{ fails: 'E' }],
    expected: { error: 'States.QueryEvaluationError' },
  },
  {
    title: 'States.TaskFailed matches any error of a task',
    spec: names,
    states: {
      A: {
        ...task({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Recovered' }] }),
        End: true,
      },
      ...recovered,
    },
    calls: [{ fails: 'E' }],
    expected: { output: { Error: 'E', Cause: '' } },
  },
  {
    title: 'States.TaskFailed does not match States.Timeout',
    spec: names,
    states: {
      A: {
        ...task({
          TimeoutSeconds: 1,
          Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Recovered' }],
        }),
        End: true,
      },
      ...recovered,
    },
    calls: [{ hangs: true }],
    expected: { error: 'States.Timeout' },
  },
  {
    title: 'a task that runs longer than TimeoutSeconds is States.Timeout',
    spec: 'Task State',
    states: {
      A: {
        ...task({
          TimeoutSeconds: 7,
          Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
        }),
        End: true,
      },
    },
    calls: [{ hangs: true }, { returns: 'second' }],
    expected: { output: 'second' },
  },
  {
    title: 'TimeoutSecondsPath',
    spec: 'Task State',
    states: only(task({ TimeoutSecondsPath: '$.t', HeartbeatSecondsPath: '$.h' })),
    input: { t: 2, h: 1 },
    calls: [{ hangs: true }],
    delays: [2],
    expected: { error: 'States.Timeout', cause: '' },
  },
  {
    title: 'TimeoutSeconds may be a JSONata expression',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: only(task({ TimeoutSeconds: '{% $states.input.t * 2 %}', HeartbeatSeconds: 1 })),
    input: { t: 2 },
    calls: [{ hangs: true }],
    delays: [4],
    expected: { error: 'States.Timeout', cause: '' },
  },
  {
    title: 'TimeoutSeconds of the wrong type is States.QueryEvaluationError',
    spec: 'Handling expression errors (developer guide)',
    language: 'JSONata',
    states: only(task({ TimeoutSeconds: "{% 'soon' %}" })),
    expected: { error: 'States.QueryEvaluationError' },
  },
  {
    title: 'TimeoutSeconds of the machine ends the execution as TIMED_OUT, whatever is caught',
    spec: 'Top-level fields',
    timeoutSeconds: 3,
    states: {
      A: { ...task({ Catch: [{ ErrorEquals: all, Next: 'Recovered' }] }), End: true },
      ...recovered,
    },
    calls: [{ hangs: true }],
    expected: { status: 'TIMED_OUT' },
  },
  {
    title: 'an Express execution lasts five minutes at most',
    type: 'EXPRESS',
    spec: 'Quotas (developer guide)',
    states: only({ Type: 'Wait', Seconds: 301 }),
    expected: { status: 'TIMED_OUT' },
  },
  {
    title: 'a machine that only loops is timed out as well',
    spec: 'Top-level fields',
    timeoutSeconds: 1,
    states: {
      A: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'B' }], Default: 'A' },
      B: { Type: 'Succeed' },
    },
    expected: { status: 'TIMED_OUT' },
  },
  {
    title: 'States.ALL does not match States.Runtime',
    spec: names,
    states: {
      A: {
        ...task({
          InputPath: '$.nope',
          Retry: [{ ErrorEquals: all }],
          Catch: [{ ErrorEquals: all, Next: 'Recovered' }],
        }),
        End: true,
      },
      ...recovered,
    },
    delays: [],
    expected: { error: 'States.Runtime' },
  },
  {
    title: 'States.ALL matches an error in Parameters',
    spec: names,
    states: {
      A: {
        ...task({
          Parameters: { 'x.$': "States.MathAdd('a', 1)" },
          Catch: [{ ErrorEquals: all, ResultPath: null, Next: 'Recovered' }],
        }),
        End: true,
      },
      ...recovered,
    },
    input: 1,
    expected: { output: 1 },
  },
  {
    title: 'Fail ends the execution with its Error and Cause',
    spec: 'Fail State',
    states: { A: { Type: 'Fail', Error: 'ErrorA', Cause: 'Kaiju attack' } },
    expected: { error: 'ErrorA', cause: 'Kaiju attack' },
  },
  {
    title: 'Fail needs neither',
    spec: 'Fail State',
    states: { A: { Type: 'Fail' } },
    expected: { error: '', cause: '' },
  },
  {
    title: 'ErrorPath and CausePath read the input',
    spec: 'Fail State',
    states: { A: { Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' } },
    input: { Error: 'E', Cause: 'C' },
    expected: { error: 'E', cause: 'C' },
  },
  {
    title: 'ErrorPath and CausePath may be intrinsic functions',
    spec: 'Fail State',
    states: {
      A: {
        Type: 'Fail',
        ErrorPath: "States.Format('{}Error', $.kind)",
        CausePath: "States.Format('in {} of {}', $$.State.Name, States.JsonToString($))",
      },
    },
    input: { kind: 'Model' },
    expected: { error: 'ModelError', cause: 'in A of {"kind":"Model"}' },
  },
  {
    title: 'a CausePath that is no string is States.Runtime',
    spec: 'Fail State',
    states: { A: { Type: 'Fail', Error: 'E', CausePath: '$' } },
    expected: { error: 'States.Runtime' },
  },
  {
    title: 'Error and Cause may be JSONata expressions',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: {
      A: {
        Type: 'Fail',
        Error: "{% $states.input & 'Error' %}",
        Cause: '{% $states.context.State.Name %}',
      },
    },
    input: 'Model',
    expected: { error: 'ModelError', cause: 'A' },
  },
];
