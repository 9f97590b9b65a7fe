import { type ConformanceRow, only, task } from './row.ts';

const spec = 'Transforming data with JSONata (developer guide)';
const language = 'JSONata';

const output = (
  title: string,
  expression: unknown,
  expected: ConformanceRow['expected'],
  input: unknown = { a: 1, list: [1, 2, 3], one: [{ x: 1 }] },
): ConformanceRow => ({
  title,
  spec,
  language,
  states: only({ Type: 'Pass', Output: expression }),
  input,
  expected,
});

/** Expressions, templates, $states, and the functions Step Functions adds. */
export const jsonataRows: readonly ConformanceRow[] = [
  output('Output may be an expression', '{% $states.input.a + 1 %}', { output: 2 }),
  output(
    'Output may be an object with expressions anywhere',
    { x: ['{% $states.input.a %}', { y: '{% 2 %}' }], z: '' },
    { output: { x: [1, { y: 2 }], z: '' } },
  ),
  output('Output may be any JSON value', 42, { output: 42 }),
  output('Output may be an array', [1, '{% 2 %}'], { output: [1, 2] }),
  output(
    'a string without delimiters is itself',
    { x: '$states.input.a' },
    { output: { x: '$states.input.a' } },
  ),
  output(
    'an expression may span lines and needs no spaces',
    '{%(\n  $x := $states.input.a;\n  $x * 10\n)%}',
    { output: 10 },
  ),
  output('an array of one item read by its name stays an array', '{% $states.input.one %}', {
    output: [{ x: 1 }],
  }),
  output('a path through an array of one item is unwrapped', '{% $states.input.one.x %}', {
    output: 1,
  }),
  output(
    'a path through an array gathers',
    '{% $states.input.rows.x %}',
    { output: [1, 2] },
    { rows: [{ x: 1 }, { y: 0 }, { x: 2 }] },
  ),
  output('an undefined result is States.QueryEvaluationError', '{% $states.input.nope %}', {
    error: 'States.QueryEvaluationError',
    cause: /'\$states\.input\.nope'.*'Output'.*returned nothing \(undefined\)/,
  }),
  output(
    'undefined inside a template is the same error',
    { x: '{% $states.input.nope.deep %}' },
    { error: 'States.QueryEvaluationError', cause: /'Output\/x'/ },
  ),
  output(
    'an undefined field of an object constructor is left out',
    "{% {'x': $states.input.nope, 'y': 1} %}",
    { output: { y: 1 } },
  ),
  output('a type error is States.QueryEvaluationError', "{% 'a' + 1 %}", {
    error: 'States.QueryEvaluationError',
  }),
  output('an infinite number is States.QueryEvaluationError', '{% 1/0 %}', {
    error: 'States.QueryEvaluationError',
  }),
  output('a function is no result', '{% $sum %}', { error: 'States.QueryEvaluationError' }),
  output('null is a result', '{% null %}', { output: null }),
  output('an unknown variable is undefined', '{% $nope %}', {
    error: 'States.QueryEvaluationError',
  }),
  output('$partition', '{% $partition([1,2,3,4], 3) %}', { output: [[1, 2, 3], [4]] }),
  output('$range', '{% $range(0, 10, 5) %}', { output: [0, 5, 10] }),
  output('$hash', "{% $hash('input data', 'SHA-1') %}", {
    output: 'aaff4a450a104cd177d28d18d74485e8cae074b7',
  }),
  output(
    '$random is in [0, 1) and repeats with a seed',
    '{% [$random() < 1, $random(7) = $random(7)] %}',
    { output: [true, true] },
  ),
  output('$uuid', "{% $count($split($uuid(), '-')) %}", { output: 5 }),
  output('$parse', '{% $parse(\'{"a": [1]}\').a[0] %}', { output: 1 }),
  output('$parse of no JSON is States.QueryEvaluationError', "{% $parse('{') %}", {
    error: 'States.QueryEvaluationError',
  }),
  output(
    'calls inside each other without an end are States.QueryEvaluationError',
    '{% ($f := function($n) { $f($n + 1) + 1 }; $f(0)) %}',
    { error: 'States.QueryEvaluationError', cause: /[Ss]tack/ },
  ),
  output('filters and sums', '{% $sum($states.input.list[$ > 1]) %}', { output: 5 }),
  {
    title: 'without Output a state hands on its result, or its input',
    spec,
    language,
    states: { A: { ...task({ Arguments: { x: 1 } }), Next: 'B' }, B: { Type: 'Pass', End: true } },
    input: { a: 1 },
    arguments: [{ x: 1 }],
    calls: [{ returns: { r: 1 } }],
    expected: { output: { r: 1 } },
  },
  {
    title: 'Arguments are computed from the input; without them the input is passed',
    spec,
    language,
    states: {
      A: {
        ...task({ Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' } }),
        Output: '{% $states.input %}',
        Next: 'B',
      },
      B: { ...task(), End: true },
    },
    input: { a: 1 },
    arguments: [{ FunctionName: 'f', Payload: { a: 1 } }, { a: 1 }],
    expected: { output: { a: 1 } },
  },
  {
    title: '$states.input is the raw input also in Output, next to $states.result',
    spec: 'Reserved variable: $states (developer guide)',
    language,
    states: only({
      ...task({ Arguments: 1 }),
      Output: { in: '{% $states.input %}', out: '{% $states.result %}' },
    }),
    input: { a: 1 },
    calls: [{ returns: null }],
    expected: { output: { in: { a: 1 }, out: null } },
  },
  {
    title: 'a failing Output can be caught',
    spec: 'Handling expression errors (developer guide)',
    language,
    states: {
      A: {
        ...task(),
        Output: '{% $states.result.nope %}',
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'B' }],
        End: true,
      },
      B: { Type: 'Pass', Output: '{% $states.input.Error %}', End: true },
    },
    expected: { output: 'States.QueryEvaluationError' },
  },
  {
    title: 'Choice takes the first Condition that is true, with its own Output and Assign',
    spec: 'Choice state (developer guide)',
    language,
    states: {
      A: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.a > 5 %}', Next: 'B' },
          {
            Condition: '{% $states.input.a = 1 %}',
            Output: { was: '{% $states.input.a %}' },
            Assign: { v: 'rule' },
            Next: 'B',
          },
        ],
        Default: 'B',
        Output: 'default',
        Assign: { v: 'default' },
      },
      B: { Type: 'Pass', Output: { in: '{% $states.input %}', v: '{% $v %}' }, End: true },
    },
    input: { a: 1 },
    expected: { output: { in: { was: 1 }, v: 'rule' } },
  },
  {
    title: "the Default of a Choice takes the state's Output and Assign",
    spec: 'Choice state (developer guide)',
    language,
    states: {
      A: {
        Type: 'Choice',
        Choices: [{ Condition: '{% false %}', Next: 'B' }],
        Default: 'B',
        Output: 'default',
        Assign: { v: 1 },
      },
      B: { Type: 'Pass', Output: { in: '{% $states.input %}', v: '{% $v %}' }, End: true },
    },
    expected: { output: { in: 'default', v: 1 } },
  },
  {
    title: 'a Condition that is no boolean is States.QueryEvaluationError',
    spec: 'Choice state (developer guide)',
    language,
    states: {
      A: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'B' }], Default: 'B' },
      B: { Type: 'Succeed' },
    },
    expected: { error: 'States.QueryEvaluationError' },
  },
  {
    title: 'one state of a JSONPath machine may be JSONata',
    spec: 'QueryLanguage field (developer guide)',
    states: {
      A: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.a * 2 %}', Next: 'B' },
      B: { Type: 'Pass', Parameters: { 'x.$': '$' }, End: true },
    },
    input: { a: 4 },
    expected: { output: { x: 8 } },
  },
  {
    title: 'Succeed has an Output',
    spec: 'JSONata examples (developer guide)',
    language,
    states: {
      A: { Type: 'Succeed', Output: { lastName: "{% 'Last=>' & $states.input.lastName %}" } },
    },
    input: { lastName: 'Rivera' },
    expected: { output: { lastName: 'Last=>Rivera' } },
  },
];
