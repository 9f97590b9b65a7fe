import { type ConformanceRow, only, task } from './row.ts';

const parallel = 'Parallel State';
const map = 'Map State';
const tolerance = 'Map State Failure Tolerance';
const all = ['States.ALL'];

const branch = (name: string, state: Readonly<Record<string, unknown>>) => ({
  StartAt: name,
  States: { [name]: { ...state, End: true } },
});
const each = (state: Readonly<Record<string, unknown>>) => branch('Work', state);
const failIfTwo = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Two' }],
      Default: 'Fine',
    },
    Two: { Type: 'Fail', Error: 'Two', Cause: 'it is two' },
    Fine: { Type: 'Succeed' },
  },
};

/** Parallel and Map. */
export const fanOutRows: readonly ConformanceRow[] = [
  {
    title: 'branches get the same input and their outputs make an array in their order',
    spec: parallel,
    states: only({
      Type: 'Parallel',
      Branches: [
        branch('Slow', { Type: 'Wait', Seconds: 5 }),
        branch('Fast', { Type: 'Pass', Result: 'fast' }),
      ],
    }),
    input: [3, 2],
    expected: { output: [[3, 2], 'fast'] },
  },
  {
    title: 'Parameters, ResultSelector and ResultPath of a Parallel',
    spec: parallel,
    states: only({
      Type: 'Parallel',
      Parameters: { 'x.$': '$.a' },
      Branches: [branch('B', { Type: 'Pass' })],
      ResultSelector: { 'first.$': '$[0]' },
      ResultPath: '$.out',
    }),
    input: { a: 1 },
    expected: { output: { a: 1, out: { first: { x: 1 } } } },
  },
  {
    title: 'Arguments and Output of a JSONata Parallel',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: only({
      Type: 'Parallel',
      Arguments: { x: '{% $states.input + 1 %}' },
      Branches: [
        branch('B', { Type: 'Pass', Output: '{% $states.input.x %}' }),
        branch('C', { Type: 'Pass' }),
      ],
      Output: '{% $states.result[0] %}',
    }),
    input: 1,
    expected: { output: 2 },
  },
  {
    title: 'the first branch to fail fails the Parallel with its error and stops the others',
    spec: parallel,
    states: {
      A: {
        Type: 'Parallel',
        Branches: [branch('Hang', task()), branch('Break', { ...task() })],
        Catch: [{ ErrorEquals: ['Boom'], Next: 'B' }],
        End: true,
      },
      B: { Type: 'Pass', End: true },
    },
    calls: [{ hangs: true }, { fails: 'Boom', cause: 'why' }],
    expected: { output: { Error: 'Boom', Cause: 'why' } },
  },
  {
    title: 'States.BranchFailed names any failure of a branch',
    spec: 'Appendix A: Predefined Error Codes',
    states: {
      A: {
        Type: 'Parallel',
        Branches: [branch('F', task())],
        Catch: [{ ErrorEquals: ['States.BranchFailed'], ResultPath: null, Next: 'B' }],
        End: true,
      },
      B: { Type: 'Pass', End: true },
    },
    input: 1,
    calls: [{ fails: 'Boom' }],
    expected: { output: 1 },
  },
  {
    title: 'a Parallel retries as a whole',
    spec: 'Retrying after error',
    states: only({
      Type: 'Parallel',
      Branches: [branch('F', task()), branch('G', task())],
      Retry: [{ ErrorEquals: ['Boom'], IntervalSeconds: 2 }],
    }),
    calls: [{ fails: 'Boom' }, { returns: 1 }, { returns: 'f' }, { returns: 'g' }],
    delays: [2],
    expected: { output: ['f', 'g'] },
  },
  {
    title: 'a Succeed in a branch ends only that branch',
    spec: parallel,
    states: {
      A: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'S', States: { S: { Type: 'Succeed' } } }],
        Next: 'B',
      },
      B: { Type: 'Pass', Parameters: { 'x.$': '$[0]' }, End: true },
    },
    input: 4,
    expected: { output: { x: 4 } },
  },
  {
    title: 'a Parallel in a branch of a Parallel',
    spec: parallel,
    states: only({
      Type: 'Parallel',
      Branches: [
        branch('Inner', { Type: 'Parallel', Branches: [branch('X', { Type: 'Pass', Result: 1 })] }),
        branch('Y', { Type: 'Pass', Result: 2 }),
      ],
    }),
    expected: { output: [[1], 2] },
  },
  {
    title: "the specification's Map: InputPath, ItemsPath and ResultPath",
    spec: map,
    states: only({
      Type: 'Map',
      InputPath: '$.detail',
      ItemsPath: '$.shipped',
      MaxConcurrency: 0,
      ItemProcessor: each({ Type: 'Pass', Parameters: { 'p.$': '$.prod' } }),
      ResultPath: '$.detail.shipped',
    }),
    input: { date: 'd', detail: { shipped: [{ prod: 'R31' }, { prod: 'S39' }] } },
    expected: { output: { date: 'd', detail: { shipped: [{ p: 'R31' }, { p: 'S39' }] } } },
  },
  {
    title: 'ItemSelector reads the item and its index from the Context Object',
    spec: map,
    states: only({
      Type: 'Map',
      InputPath: '$.detail',
      ItemsPath: '$.shipped',
      ItemSelector: {
        'parcel.$': '$$.Map.Item.Value',
        'n.$': '$$.Map.Item.Index',
        'courier.$': '$.partner',
      },
      ItemProcessor: each({ Type: 'Pass' }),
    }),
    input: { detail: { partner: 'UQS', shipped: ['a', 'b'] } },
    expected: {
      output: [
        { parcel: 'a', n: 0, courier: 'UQS' },
        { parcel: 'b', n: 1, courier: 'UQS' },
      ],
    },
  },
  {
    title: 'Iterator and Parameters are the old names',
    spec: map,
    states: only({
      Type: 'Map',
      Parameters: { 'v.$': '$$.Map.Item.Value' },
      Iterator: each({ Type: 'Pass' }),
    }),
    input: [1],
    expected: { output: [{ v: 1 }] },
  },
  {
    title: 'MaxConcurrency 1 runs the items one after the other',
    spec: 'Map State concurrency',
    states: only({
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: each({ Type: 'Wait', SecondsPath: '$' }),
    }),
    input: [3, 1, 2],
    delays: [3, 1, 2],
    expected: { output: [3, 1, 2] },
  },
  {
    title: 'MaxConcurrencyPath',
    spec: 'Map State concurrency',
    states: only({
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrencyPath: '$.most',
      ItemProcessor: each({ Type: 'Pass' }),
    }),
    input: { items: [1, 2, 3], most: 2 },
    expected: { output: [1, 2, 3] },
  },
  {
    title: 'an empty array of items yields an empty array',
    spec: map,
    states: only({ Type: 'Map', ItemProcessor: each(task()) }),
    input: [],
    arguments: [],
    expected: { output: [] },
  },
  {
    title: 'items that are no array are States.Runtime',
    spec: map,
    states: only({ Type: 'Map', ItemProcessor: each({ Type: 'Pass' }) }),
    input: { a: 1 },
    expected: { error: 'States.Runtime' },
  },
  {
    title: 'a JSONata Map has Items and an ItemSelector with $states.context.Map',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: only({
      Type: 'Map',
      Items: '{% $states.input.rows %}',
      ItemSelector: {
        v: '{% $states.context.Map.Item.Value * $states.input.by %}',
        i: '{% $states.context.Map.Item.Index %}',
      },
      MaxConcurrency: '{% 2 %}',
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...each({ Type: 'Pass' }) },
      Output: '{% $sum($states.result.v) %}',
    }),
    input: { rows: [1, 2, 3], by: 10 },
    expected: { output: 60 },
  },
  {
    title: 'Items may be written out, with expressions',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: only({
      Type: 'Map',
      Items: [1, '{% $states.input %}', 3],
      ItemProcessor: each({ Type: 'Pass' }),
    }),
    input: 2,
    expected: { output: [1, 2, 3] },
  },
  {
    title: 'Items that are an object are States.QueryEvaluationError, as on AWS',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: only({
      Type: 'Map',
      Items: '{% $states.input %}',
      ItemProcessor: each({ Type: 'Pass' }),
    }),
    input: { a: 1, b: 2 },
    expected: {
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$states.input' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'object' for value: {\"a\":1,\"b\":2}",
    },
  },
  {
    title: 'Items that are a number are States.QueryEvaluationError',
    spec: 'Transforming data with JSONata (developer guide)',
    language: 'JSONata',
    states: only({ Type: 'Map', Items: '{% 7 %}', ItemProcessor: each({ Type: 'Pass' }) }),
    expected: { error: 'States.QueryEvaluationError' },
  },
  {
    title: 'without tolerance the first failed item fails the Map with its error',
    spec: map,
    states: only({ Type: 'Map', ItemProcessor: failIfTwo }),
    input: [1, 2, 3],
    expected: { error: 'Two', cause: 'it is two' },
  },
  {
    title: 'ToleratedFailureCount: an item that failed leaves its Error Output',
    spec: tolerance,
    states: only({ Type: 'Map', ToleratedFailureCount: 1, ItemProcessor: failIfTwo }),
    input: [1, 2, 3],
    expected: { output: [1, { Error: 'Two', Cause: 'it is two' }, 3] },
  },
  {
    title: 'more failures than ToleratedFailureCount are States.ExceedToleratedFailureThreshold',
    spec: tolerance,
    states: only({ Type: 'Map', ToleratedFailureCount: 1, ItemProcessor: failIfTwo }),
    input: [2, 2, 3],
    expected: { error: 'States.ExceedToleratedFailureThreshold' },
  },
  {
    title: 'ToleratedFailurePercentage within its threshold',
    spec: tolerance,
    states: only({
      Type: 'Map',
      ToleratedFailurePercentage: 50,
      ItemProcessor: failIfTwo,
      ResultSelector: { 'n.$': 'States.ArrayLength($)' },
    }),
    input: [1, 2],
    expected: { output: { n: 2 } },
  },
  {
    title: 'ToleratedFailurePercentage beyond its threshold',
    spec: tolerance,
    states: only({ Type: 'Map', ToleratedFailurePercentage: 49, ItemProcessor: failIfTwo }),
    input: [1, 2],
    expected: { error: 'States.ExceedToleratedFailureThreshold' },
  },
  {
    title: 'either threshold is enough',
    spec: tolerance,
    states: only({
      Type: 'Map',
      ItemsPath: '$.items',
      ToleratedFailureCountPath: '$.most',
      ToleratedFailurePercentagePath: '$.percent',
      ItemProcessor: failIfTwo,
    }),
    input: { items: [1, 2], most: 5, percent: 10 },
    expected: { error: 'States.ExceedToleratedFailureThreshold' },
  },
  {
    title: 'a Map retries and catches',
    spec: 'Fallback states',
    states: {
      A: {
        Type: 'Map',
        ItemProcessor: each(task()),
        Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: all, Next: 'B' }],
        End: true,
      },
      B: { Type: 'Pass', Parameters: { 'e.$': '$.Error' }, End: true },
    },
    input: [1],
    calls: [{ fails: 'E' }, { fails: 'E' }],
    delays: [1],
    expected: { output: { e: 'E' } },
  },
];
