import { type ConformanceRow, only, task } from './row.ts';

const spec = 'Passing data between states with variables (developer guide)';
const language = 'JSONata';
const branch = (state: Readonly<Record<string, unknown>>, name = 'Inner') => ({
  StartAt: name,
  States: { [name]: { ...state, End: true } },
});

/** Assign, the scopes of variables, and when they change. */
export const variableRows: readonly ConformanceRow[] = [
  {
    title: 'an assigned variable can be read in later states',
    spec,
    language,
    states: {
      A: {
        Type: 'Pass',
        Assign: { x: '{% $states.input.a %}', label: '' },
        Output: 'gone',
        Next: 'B',
      },
      B: { Type: 'Pass', Next: 'C' },
      C: { Type: 'Pass', Output: { x: '{% $x %}', label: '{% $label %}' }, End: true },
    },
    input: { a: 1 },
    expected: { output: { x: 1, label: '' } },
  },
  {
    title: 'Assign computes with the values at the entry of the state',
    spec: 'Evaluation order in an assign field (developer guide)',
    language,
    states: {
      A: { Type: 'Pass', Assign: { x: 3, a: 6 }, Next: 'B' },
      B: {
        Type: 'Pass',
        Assign: { x: '{% $a %}', nextX: '{% $x %}' },
        Output: { seen: '{% $x %}' },
        Next: 'C',
      },
      C: {
        Type: 'Pass',
        Output: ['{% $x %}', '{% $nextX %}', '{% $states.input.seen %}'],
        End: true,
      },
    },
    expected: { output: [6, 3, 3] },
  },
  {
    title: 'a variable read before it is assigned is undefined',
    spec,
    language,
    states: only({ Type: 'Pass', Assign: { x: '{% $x %}' } }),
    expected: { error: 'States.QueryEvaluationError' },
  },
  {
    title: 'Assign of a Task reads the result',
    spec,
    language,
    states: {
      A: { ...task(), Assign: { price: '{% $states.result.price %}' }, Next: 'B' },
      B: { Type: 'Pass', Output: '{% $price %}', End: true },
    },
    calls: [{ returns: { price: 5 } }],
    expected: { output: 5 },
  },
  {
    title: 'JSONPath reads variables in paths, templates and intrinsic functions',
    spec: 'Using variables in JSONPath states (developer guide)',
    states: {
      A: { Type: 'Pass', Assign: { 'order.$': '$.order', greeting: 'Hi' }, Next: 'B' },
      B: {
        Type: 'Pass',
        InputPath: '$order.items',
        Parameters: {
          'first.$': '$[0]',
          'total.$': '$order.total',
          'text.$': "States.Format('{} {}', $greeting, $order.total)",
        },
        End: true,
      },
    },
    input: { order: { items: ['x', 'y'], total: 9 } },
    expected: { output: { first: 'x', total: 9, text: 'Hi 9' } },
  },
  {
    title: 'a JSONPath Choice compares variables',
    spec: 'Using variables in JSONPath states (developer guide)',
    states: {
      A: { Type: 'Pass', Assign: { limit: 5 }, Next: 'B' },
      B: {
        Type: 'Choice',
        Choices: [{ Variable: '$.n', NumericLessThanPath: '$limit', Next: 'C' }],
      },
      C: { Type: 'Succeed' },
    },
    input: { n: 4 },
    expected: { output: { n: 4 } },
  },
  {
    title: 'in Assign of a JSONPath Task, $ is the result before ResultSelector',
    spec: 'Using Assign',
    states: {
      A: { ...task({ ResultSelector: { 'y.$': '$.x' } }), Assign: { 'raw.$': '$.x' }, Next: 'B' },
      B: { Type: 'Pass', Parameters: { 'raw.$': '$raw', 'in.$': '$' }, End: true },
    },
    calls: [{ returns: { x: 1 } }],
    expected: { output: { raw: 1, in: { y: 1 } } },
  },
  {
    title: 'in Assign of a JSONPath Pass, $ is the result',
    spec: 'Using Assign',
    states: {
      A: { Type: 'Pass', Result: { x: 1 }, ResultPath: '$.r', Assign: { 'v.$': '$.x' }, Next: 'B' },
      B: { Type: 'Pass', Parameters: { 'v.$': '$v', 'in.$': '$' }, End: true },
    },
    input: { a: 1 },
    expected: { output: { v: 1, in: { a: 1, r: { x: 1 } } } },
  },
  {
    title: 'in Assign of a JSONPath Choice rule, $ is the input after InputPath',
    spec: 'Using Assign',
    states: {
      A: {
        Type: 'Choice',
        InputPath: '$.a',
        Choices: [{ Variable: '$.b', IsPresent: true, Assign: { 'v.$': '$.b' }, Next: 'B' }],
      },
      B: { Type: 'Pass', Parameters: { 'v.$': '$v' }, End: true },
    },
    input: { a: { b: 7 } },
    expected: { output: { v: 7 } },
  },
  {
    title: 'branches read outer variables and keep their own',
    spec: 'Variable scope (developer guide)',
    language,
    states: {
      A: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'P' },
      P: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'X',
            States: {
              X: { Type: 'Pass', Assign: { mine: 1 }, Next: 'Y' },
              Y: { Type: 'Pass', Output: ['{% $outer %}', '{% $mine %}'], End: true },
            },
          },
          branch({ Type: 'Pass', Output: '{% $exists($mine) %}' }),
        ],
        Next: 'Z',
      },
      Z: {
        Type: 'Pass',
        Output: { result: '{% $states.input %}', leaked: '{% $exists($mine) %}' },
        End: true,
      },
    },
    expected: { output: { result: [['o', 1], false], leaked: false } },
  },
  {
    title: 'iterations of a Map do not share variables',
    spec: 'Variable scope (developer guide)',
    language,
    states: only({
      Type: 'Map',
      Items: [1, 2],
      MaxConcurrency: 1,
      ItemProcessor: {
        StartAt: 'X',
        States: {
          X: {
            Type: 'Pass',
            Output: { before: '{% $exists($v) %}' },
            Assign: { v: '{% $states.input %}' },
            Next: 'Y',
          },
          Y: { Type: 'Pass', Output: ['{% $states.input.before %}', '{% $v %}'], End: true },
        },
      },
    }),
    expected: {
      output: [
        [false, 1],
        [false, 2],
      ],
    },
  },
  {
    title: 'Assign of a Catcher around a Parallel sets variables of the outer scope',
    spec: 'Variable scope (developer guide)',
    language,
    states: {
      A: {
        Type: 'Parallel',
        Branches: [branch(task())],
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: { why: '{% $states.errorOutput.Error %}' },
            Output: '{% $states.input %}',
            Next: 'B',
          },
        ],
        End: true,
      },
      B: { Type: 'Pass', Output: { why: '{% $why %}', in: '{% $states.input %}' }, End: true },
    },
    input: 7,
    calls: [{ fails: 'Boom' }],
    expected: { output: { why: 'Boom', in: 7 } },
  },
  {
    title: 'a Wait may assign',
    spec,
    language,
    states: {
      A: { Type: 'Wait', Seconds: 1, Assign: { v: '{% $states.input %}' }, Output: 0, Next: 'B' },
      B: { Type: 'Pass', Output: ['{% $v %}', '{% $states.input %}'], End: true },
    },
    input: 5,
    delays: [1],
    expected: { output: [5, 0] },
  },
];
