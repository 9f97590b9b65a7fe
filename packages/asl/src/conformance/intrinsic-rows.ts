import { type ConformanceRow, only } from './row.ts';

const input = {
  name: 'Foo',
  numbers: [1, 2, 3, 3, 4],
  json: { a: { a1: 1, a2: 2 }, b: 2 },
  other: { a: { a3: 1 }, c: 3 },
  text: '{"number": 20}',
  nothing: null,
};

const call = (
  title: string,
  spec: string,
  expression: string,
  output: unknown,
): ConformanceRow => ({
  title,
  spec: `Appendix B: ${spec}`,
  states: only({ Type: 'Pass', Parameters: { 'x.$': expression } }),
  input,
  expected: { output: { x: output } },
});

const failure = (title: string, spec: string, expression: string): ConformanceRow => ({
  ...call(title, spec, expression, undefined),
  expected: { error: 'States.IntrinsicFailure' },
});

/** The 18 intrinsic functions, and how they are written. */
export const intrinsicRows: readonly ConformanceRow[] = [
  call(
    'Format fills {} in order',
    'States.Format',
    "States.Format('{} in {}', $.name, 2020)",
    'Foo in 2020',
  ),
  call(
    'Format prints null and booleans',
    'States.Format',
    "States.Format('{} {}', $.nothing, true)",
    'null true',
  ),
  call(
    'quotes, braces and backslashes are escaped with a backslash',
    'States.Format',
    "States.Format('It\\'s \\{{}\\} \\\\', $.name)",
    "It's {Foo} \\",
  ),
  call('Format takes its template from a path', 'States.Format', 'States.Format($.name)', 'Foo'),
  failure('Format counts its values', 'States.Format', "States.Format('{} {}', 1)"),
  call('StringToJson parses', 'States.StringToJson', 'States.StringToJson($.text)', { number: 20 }),
  failure(
    'StringToJson refuses what is no JSON',
    'States.StringToJson',
    'States.StringToJson($.name)',
  ),
  call(
    'JsonToString prints JSON',
    'States.JsonToString',
    'States.JsonToString($.json)',
    '{"a":{"a1":1,"a2":2},"b":2}',
  ),
  call(
    'Array gathers its arguments',
    'States.Array',
    "States.Array('Foo', 2020, $.nothing, null)",
    ['Foo', 2020, null, null],
  ),
  call('Array may be empty', 'States.Array', 'States.Array()', []),
  call(
    'ArrayPartition makes chunks, the last one shorter',
    'States.ArrayPartition',
    'States.ArrayPartition($.numbers, 2)',
    [[1, 2], [3, 3], [4]],
  ),
  failure(
    'ArrayPartition refuses a chunk size of 0',
    'States.ArrayPartition',
    'States.ArrayPartition($.numbers, 0)',
  ),
  call(
    'ArrayContains compares values, not references',
    'States.ArrayContains',
    'States.ArrayContains(States.Array($.json), $.json)',
    true,
  ),
  call(
    'ArrayContains may answer false',
    'States.ArrayContains',
    'States.ArrayContains($.numbers, 9)',
    false,
  ),
  call('ArrayRange counts up', 'States.ArrayRange', 'States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]),
  call('ArrayRange counts down', 'States.ArrayRange', 'States.ArrayRange(5, 1, -2)', [5, 3, 1]),
  failure(
    'ArrayRange makes at most 1000 items',
    'States.ArrayRange',
    'States.ArrayRange(1, 1001, 1)',
  ),
  failure('ArrayRange refuses a step of 0', 'States.ArrayRange', 'States.ArrayRange(1, 9, 0)'),
  call('ArrayGetItem counts from 0', 'States.ArrayGetItem', 'States.ArrayGetItem($.numbers, 4)', 4),
  failure(
    'ArrayGetItem refuses an index past the end',
    'States.ArrayGetItem',
    'States.ArrayGetItem($.numbers, 5)',
  ),
  call('ArrayLength', 'States.ArrayLength', 'States.ArrayLength($.numbers)', 5),
  call(
    'ArrayUnique keeps the first of each',
    'States.ArrayUnique',
    'States.ArrayUnique($.numbers)',
    [1, 2, 3, 4],
  ),
  call(
    'Base64Encode',
    'States.Base64Encode',
    "States.Base64Encode('Data to encode')",
    'RGF0YSB0byBlbmNvZGU=',
  ),
  call(
    'Base64Decode',
    'States.Base64Decode',
    "States.Base64Decode('RGF0YSB0byBlbmNvZGU=')",
    'Data to encode',
  ),
  call(
    'Hash of a string',
    'States.Hash',
    "States.Hash('input data', 'SHA-1')",
    'aaff4a450a104cd177d28d18d74485e8cae074b7',
  ),
  failure('Hash refuses an unknown algorithm', 'States.Hash', "States.Hash('x', 'SHA-3')"),
  call(
    'JsonMerge, shallow: the later field wins',
    'States.JsonMerge',
    'States.JsonMerge($.json, $.other, false)',
    { a: { a3: 1 }, b: 2, c: 3 },
  ),
  call(
    'JsonMerge, deep: objects are merged',
    'States.JsonMerge',
    'States.JsonMerge($.json, $.other, true)',
    { a: { a1: 1, a2: 2, a3: 1 }, b: 2, c: 3 },
  ),
  call(
    'MathRandom: the same seed, the same number',
    'States.MathRandom',
    'States.ArrayLength(States.ArrayUnique(States.Array(States.MathRandom(1, 999, 7), States.MathRandom(1, 999, 7))))',
    1,
  ),
  call('MathAdd adds integers', 'States.MathAdd', 'States.MathAdd(111, -1)', 110),
  failure('MathAdd refuses text', 'States.MathAdd', "States.MathAdd('1', 1)"),
  call('StringSplit', 'States.StringSplit', "States.StringSplit('1,2,3', ',')", ['1', '2', '3']),
  call(
    'StringSplit splits at any of several characters',
    'States.StringSplit',
    "States.StringSplit('This.is+a,test', '.+,')",
    ['This', 'is', 'a', 'test'],
  ),
  call(
    'UUID has 5 parts',
    'States.UUID',
    "States.ArrayLength(States.StringSplit(States.UUID(), '-'))",
    5,
  ),
  call(
    'calls nest, with paths in brackets inside',
    'Intrinsic Functions',
    "States.Format('{}', States.ArrayGetItem($['numbers'], States.MathAdd(1, 1)))",
    '3',
  ),
  failure(
    'a path that selects nothing fails the function',
    'Intrinsic Functions',
    'States.Array($.nope)',
  ),
];
