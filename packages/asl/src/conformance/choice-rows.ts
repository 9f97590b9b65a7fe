import { type ConformanceRow, choose } from './row.ts';

const spec = 'Choice State';
const input = {
  text: 'foo23.log',
  star: 'a*b\\c',
  n: 20,
  limit: 30,
  flag: true,
  no: false,
  none: null,
  when: '2016-03-14T01:59:00Z',
  later: '2016-03-14T02:00:00+00:00',
  object: {},
};

const holds = (title: string, rule: Readonly<Record<string, unknown>>): ConformanceRow => ({
  title,
  spec,
  states: choose(rule),
  input,
  expected: { output: 'yes' },
});
const not = (title: string, rule: Readonly<Record<string, unknown>>): ConformanceRow => ({
  ...holds(title, rule),
  expected: { output: 'no' },
});

/** All comparison operators of JSONPath states, in both senses, and how rules combine. */
export const choiceRows: readonly ConformanceRow[] = [
  holds('IsPresent: true of a field that is', { Variable: '$.n', IsPresent: true }),
  not('IsPresent: true of a field that is not', { Variable: '$.nope', IsPresent: true }),
  holds('IsPresent: false of a field that is not', { Variable: '$.nope', IsPresent: false }),
  not('IsPresent: false of a field that is', { Variable: '$.n', IsPresent: false }),
  holds('IsPresent: a null is present', { Variable: '$.none', IsPresent: true }),
  holds('IsNull: true', { Variable: '$.none', IsNull: true }),
  holds('IsNull: false', { Variable: '$.n', IsNull: false }),
  not('IsNull: false of null', { Variable: '$.none', IsNull: false }),
  holds('IsString: true', { Variable: '$.text', IsString: true }),
  holds('IsString: false of a number', { Variable: '$.n', IsString: false }),
  not('IsString: false of a string', { Variable: '$.text', IsString: false }),
  holds('IsNumeric: true', { Variable: '$.n', IsNumeric: true }),
  holds('IsNumeric: false of a string', { Variable: '$.text', IsNumeric: false }),
  not('IsNumeric: false of a number', { Variable: '$.n', IsNumeric: false }),
  holds('IsBoolean: true', { Variable: '$.no', IsBoolean: true }),
  holds('IsBoolean: false', { Variable: '$.n', IsBoolean: false }),
  holds('IsTimestamp: true', { Variable: '$.when', IsTimestamp: true }),
  holds('IsTimestamp: false', { Variable: '$.text', IsTimestamp: false }),
  holds('StringEquals', { Variable: '$.text', StringEquals: 'foo23.log' }),
  not('StringEquals of a number is false', { Variable: '$.n', StringEquals: '20' }),
  holds('StringEqualsPath', { Variable: '$.text', StringEqualsPath: '$.text' }),
  holds('StringLessThan', { Variable: '$.text', StringLessThan: 'g' }),
  holds('StringGreaterThanEquals', { Variable: '$.text', StringGreaterThanEquals: 'foo23.log' }),
  holds('StringGreaterThanPath', { Variable: '$.text', StringGreaterThanPath: '$.star' }),
  holds('StringLessThanEqualsPath', { Variable: '$.star', StringLessThanEqualsPath: '$.text' }),
  holds('StringMatches: * is anything', { Variable: '$.text', StringMatches: 'foo*.*' }),
  holds('StringMatches: * is also nothing', { Variable: '$.text', StringMatches: 'foo*23.log' }),
  not('StringMatches: a dot is a dot', { Variable: '$.text', StringMatches: 'foo*xlog' }),
  holds('StringMatches: escapes', { Variable: '$.star', StringMatches: 'a\\*b\\\\c' }),
  not('StringMatches: an escaped star is only a star', {
    Variable: '$.text',
    StringMatches: 'foo\\*',
  }),
  {
    ...holds('StringMatches: an open escape is an error', {
      Variable: '$.text',
      StringMatches: 'a\\b',
    }),
    expected: { error: 'States.Runtime' },
  },
  holds('NumericEquals', { Variable: '$.n', NumericEquals: 20.0 }),
  holds('NumericLessThan', { Variable: '$.n', NumericLessThan: 20.5 }),
  not('NumericLessThan of equal numbers', { Variable: '$.n', NumericLessThan: 20 }),
  holds('NumericGreaterThan', { Variable: '$.n', NumericGreaterThan: -1 }),
  holds('NumericLessThanEquals', { Variable: '$.n', NumericLessThanEquals: 20 }),
  holds('NumericGreaterThanEqualsPath', {
    Variable: '$.limit',
    NumericGreaterThanEqualsPath: '$.n',
  }),
  not('NumericEqualsPath of a string is false', { Variable: '$.n', NumericEqualsPath: '$.text' }),
  holds('BooleanEquals', { Variable: '$.no', BooleanEquals: false }),
  holds('BooleanEqualsPath', { Variable: '$.flag', BooleanEqualsPath: '$.flag' }),
  not('BooleanEquals of null is false', { Variable: '$.none', BooleanEquals: false }),
  holds('TimestampEquals compares moments', {
    Variable: '$.when',
    TimestampEquals: '2016-03-14T02:59:00+01:00',
  }),
  holds('TimestampLessThanPath', { Variable: '$.when', TimestampLessThanPath: '$.later' }),
  holds('TimestampGreaterThan', {
    Variable: '$.later',
    TimestampGreaterThan: '2016-03-14T01:59:59Z',
  }),
  not('TimestampEquals of no timestamp is false', {
    Variable: '$.text',
    TimestampEquals: '2016-03-14T01:59:00Z',
  }),
  holds('And', {
    And: [
      { Variable: '$.n', IsNumeric: true },
      { Variable: '$.n', NumericLessThan: 30 },
    ],
  }),
  holds('And stops at the first that does not hold, before an error', {
    Not: {
      And: [
        { Variable: '$.nope', IsPresent: true },
        { Variable: '$.nope', NumericEquals: 1 },
      ],
    },
  }),
  holds('Or', {
    Or: [
      { Variable: '$.n', NumericEquals: 1 },
      { Variable: '$.flag', BooleanEquals: true },
    ],
  }),
  not('Not', { Not: { Variable: '$.n', NumericEquals: 20 } }),
  {
    ...holds('a Variable that selects nothing is an error', {
      Variable: '$.nope',
      NumericEquals: 1,
    }),
    expected: { error: 'States.Runtime' },
  },
  {
    ...holds('a path to compare with that selects nothing is an error', {
      Variable: '$.n',
      NumericEqualsPath: '$.nope',
    }),
    expected: { error: 'States.Runtime' },
  },
  holds('Variable may be in the Context Object', { Variable: '$$.State.Name', StringEquals: 'A' }),
  {
    title: 'the first rule that holds is taken',
    spec,
    states: {
      A: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.n', NumericEquals: 1, Next: 'No' },
          { Variable: '$.n', NumericEquals: 20, Next: 'Yes' },
          { Variable: '$.n', IsNumeric: true, Next: 'No' },
        ],
      },
      Yes: { Type: 'Succeed' },
      No: { Type: 'Fail' },
    },
    input,
    expected: { output: input },
  },
  {
    title: 'no rule and no Default is States.NoChoiceMatched',
    spec,
    states: {
      A: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'B' }] },
      B: { Type: 'Succeed' },
    },
    input,
    expected: { error: 'States.NoChoiceMatched' },
  },
  {
    title: 'a Choice applies InputPath and OutputPath',
    spec,
    states: {
      A: {
        Type: 'Choice',
        InputPath: '$.a',
        OutputPath: '$.b',
        Choices: [{ Variable: '$.b', NumericEquals: 1, Next: 'B' }],
      },
      B: { Type: 'Succeed' },
    },
    input: { a: { b: 1 } },
    expected: { output: 1 },
  },
];
