import { type ConformanceRow, only, task } from './row.ts';

const paths = 'recorded on AWS: paths as Jayway’s JsonPath has them';
const values = 'recorded on AWS, where the specification says otherwise or nothing';

const select = (title: string, path: string, input: unknown, output: unknown): ConformanceRow => ({
  title: `${title}: ${path}`,
  spec: paths,
  states: only({ Type: 'Pass', Parameters: { 'x.$': path } }),
  input,
  expected: { output: { x: output } },
});

const call = (expression: string, output: unknown, input: unknown = {}): ConformanceRow => ({
  title: `${expression} of ${JSON.stringify(input)}`,
  spec: values,
  states: only({ Type: 'Pass', Parameters: { 'x.$': expression } }),
  input,
  expected: { output: { x: output } },
});

const wait = (title: string, fields: object, input: unknown, cause: string): ConformanceRow => ({
  title,
  spec: values,
  states: only({ Type: 'Wait', ...fields }),
  input,
  expected: {
    error: 'States.Runtime',
    cause: `An error occurred while executing the state 'A' (entered at the event id #2). ${cause}`,
  },
});

const people = [
  { name: 'a', age: 3, of: { city: 'x' } },
  { name: 'b', age: 5, of: { city: 'y' } },
  { name: 'c' },
];

/** Rows that AWS itself was recorded with, where the specification says otherwise, or nothing. */
export const recordedRows: readonly ConformanceRow[] = [
  select('a dot before an index', '$.[0]', [7], 7),
  select('and in the middle', '$.list.[1].age', { list: people }, 5),
  select('a filter of the root', '$.[?(@.age > 3)]', people, [people[1]]),
  select('a filter that compares with the root', '$.l[?(@.age == $.y)].name', { l: people, y: 3 }, [
    'a',
  ]),
  select('and, or, not', "$[?(@.age && !(@.age < 4 || @.name == 'z'))].name", people, ['b']),
  select('one of a list', "$[?(@.name in ['a', 'c'])].name", people, ['a', 'c']),
  select('a filter that nothing passes', '$[?(@.age > 9)]', people, []),
  select('several fields make one object', "$['a','c']", { a: 1, b: 2, c: 3 }, { a: 1, c: 3 }),
  select('of every item', "$.[*].['name','age']", people, [
    { name: 'a', age: 3 },
    { name: 'b', age: 5 },
    { name: 'c' },
  ]),
  select('several indexes', '$[0,2].name', people, ['a', 'c']),
  select('a slice', '$[-2:].name', people, ['b', 'c']),
  select('any depth', '$..city', people, ['x', 'y']),
  select('the length of an array', '$.l.length()', { l: people }, 3),
  select('a backslash before another mark stays', String.raw`$['a\"b"']`, { 'a\\"b"': 1 }, 1),
  call("States.Format('{}', $.l.length())", '2', { l: [1, 2] }),
  call('States.MathAdd(1.5, 0)', 2),
  call('States.MathAdd(2.5, 1.51)', 5),
  call('States.MathAdd(-1.5, 0)', -1),
  call('States.MathAdd(-0.5, 0)', 0),
  call('States.MathRandom(1.5, 2.6)', 2),
  call("States.StringToJson('')", null),
  call("States.StringToJson(' ')", null),
  call("States.Format('{}', $.x)", '{a=1, b=[], c={d=e}, f=[1, g]}', {
    x: { a: 1, b: [], c: { d: 'e' }, f: [1, 'g'] },
  }),
  {
    title: 'a range of one number is that number',
    spec: values,
    language: 'JSONata',
    states: only({ Type: 'Pass', Output: ['{% $range(1, 9, 9) %}', '{% $range(1, 2, 1) %}'] }),
    expected: { output: [1, [1, 2]] },
  },
  {
    title: 'only a state that can be retried knows of retries',
    spec: values,
    states: {
      A: { Type: 'Pass', Parameters: { 'state.$': '$$.State' }, Next: 'B' },
      B: { ...task({ Parameters: { 'retries.$': '$$.State.RetryCount' } }), End: true },
    },
    arguments: [{ retries: 0 }],
    expected: { output: { retries: 0 } },
  },
  {
    title: 'a Pass without retries',
    spec: values,
    states: only({ Type: 'Pass', Parameters: { 'x.$': '$$.State.RetryCount' } }),
    input: 1,
    expected: { error: 'States.Runtime', cause: /'\$\$\.State\.RetryCount'.*in the input '1'$/ },
  },
  {
    title: 'MaxConcurrencyPath may find a number’s text',
    spec: values,
    states: only({
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrencyPath: '$.most',
      ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } },
    }),
    input: { items: [1, 2], most: '1' },
    expected: { output: [1, 2] },
  },
  wait(
    'SecondsPath takes no fraction',
    { SecondsPath: '$.s' },
    { s: 1.5 },
    'The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5',
  ),
  wait(
    'a Wait of 68 years is too long',
    { TimestampPath: '$.t' },
    { t: '2094-12-17T00:00:00Z' },
    'Wait state delay is too long.',
  ),
  wait(
    'TimestampPath takes a timestamp',
    { TimestampPath: '$.t' },
    { t: 'soon' },
    'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == soon',
  ),
  {
    title: 'the cause counts events: three of a Task, two more of each state',
    spec: values,
    states: {
      A: { ...task(), Next: 'B' },
      B: { Type: 'Pass', Next: 'C' },
      C: { Type: 'Pass', InputPath: '$.nope.x', End: true },
    },
    expected: {
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'C' (entered at the event id #9). Invalid path '$.nope.x' : No results for path: $['nope']['x']",
    },
  },
  {
    title: 'an error in a branch names the state in the branch, once',
    spec: values,
    language: 'JSONata',
    states: only({
      Type: 'Parallel',
      Branches: [
        { StartAt: 'B', States: { B: { Type: 'Pass', Output: '{% $nope %}', End: true } } },
      ],
    }),
    expected: {
      error: 'States.QueryEvaluationError',
      cause:
        /^An error occurred while executing the state 'B' \(entered at the event id #\d+\)\. The JSONata/,
    },
  },
  {
    title: 'so does one in a Catch',
    spec: values,
    language: 'JSONata',
    states: {
      A: {
        ...task({ Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $nope %}', Next: 'B' }] }),
        End: true,
      },
      B: { Type: 'Pass', End: true },
    },
    calls: [{ fails: 'Oops' }],
    expected: {
      error: 'States.QueryEvaluationError',
      cause:
        /^An error occurred while executing the state 'A' \(entered at the event id #2\)\. The/,
    },
  },
];
