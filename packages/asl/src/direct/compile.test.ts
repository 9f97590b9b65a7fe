import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { plainJson } from '../jsonata-result.ts';
import type { ContextObject, QueryData, Variables } from '../query.ts';
import { compileDirect, leftToJsonata } from './compile.ts';

const names = ['a', 'b', 'c', 'length', 'constructor', '__proto__'] as const;

/** Documents of few names and values, so that paths and comparisons often meet something. */
const documents = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, 1, -2, 0.1 + 0.2, 1e21, '', 'a', 'text', '[0]'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.constantFrom(1, 2, 3.5, 0), { maxLength: 4 }),
    fc.array(fc.constantFrom('b', 'a', 'c'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const literal = fc.constantFrom(
  '0',
  '1',
  '2.5',
  '-1',
  '"a"',
  '"text"',
  '""',
  'true',
  'null',
  '{}',
  '[]',
  '(function($x) { $x })',
);
const name = fc.constantFrom('a', 'b', 'c', 'length', 'constructor', '`__proto__`');
const unary = [
  'type',
  'exists',
  'not',
  'boolean',
  'string',
  'count',
  'sum',
  'max',
  'min',
  'average',
  'floor',
  'ceil',
  'abs',
  'keys',
  'distinct',
  'sort',
  'merge',
  'toMillis',
  'join',
];
const binary = ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'in', 'and', 'or'];
const join = (...parts: readonly fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map((each) => each.join(''));
const is = (text: string) => fc.constant(text);

/** Expressions of every kind that is evaluated directly, and a few that are not. */
const expressions = fc.letrec<Record<'expression' | 'step' | 'index', string>>((tie) => ({
  index: fc.oneof(
    fc.constantFrom('[0]', '[1]', '[-1]', '[$ != null]', '[a]', '[[0, 1]]', '[$ > 0]', '[b = "a"]'),
    join(is('['), tie('expression'), is(']')),
  ),
  step: fc.oneof(
    { weight: 6, arbitrary: name },
    { weight: 2, arbitrary: join(name, tie('index')) },
    is('*'),
    fc.constantFrom(
      '$',
      '$keys($)',
      '$count($)',
      '$string($)',
      '($[0])',
      '(a; b)',
      '{"x": $, "y": a}',
      '[$, a]',
      '[$]',
    ),
    join(is('('), tie('expression'), is(')')),
  ),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    fc.constantFrom('$v', '$w', '$states.input', '$states.input.a', '$v[0]', '$w.b', '$'),
    fc
      .tuple(
        fc.constantFrom('$v', '$w', '$states.input', '$'),
        fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
      )
      .map(([from, steps]) => [from, ...steps].join('.')),
    join(is('('), tie('expression'), is(')'), tie('index')),
    join(
      fc.constantFrom(...unary).map((each) => `$${each}(`),
      tie('expression'),
      is(')'),
    ),
    fc
      .tuple(
        fc.constantFrom('zip', 'append', 'lookup', 'contains', 'join'),
        tie('expression'),
        tie('expression'),
      )
      .map(([of, a, b]) => `$${of}(${a}, ${b})`),
    fc
      .tuple(fc.constantFrom('append', 'contains', 'lookup'), tie('expression'))
      .map(([of, a]) => `$${of}(${a}, /a/)`),
    fc
      .tuple(tie('expression'), fc.constantFrom(...binary), tie('expression'))
      .map(([a, of, b]) => `(${a} ${of} ${b})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a} ? ${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `($w := ${a}; ${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a}, ${b}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[$w := ${a}, ${b}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `{"k": $w := ${a}, "l": ${b}}`),
    join(is('{"k": '), tie('expression'), is('}')),
    join(is('-('), tie('expression'), is(')')),
    fc
      .tuple(
        fc.constantFrom('map', 'filter', 'reduce', 'each', 'sort'),
        tie('expression'),
        fc.constantFrom('$x', '$x, $y', '$v, $i, $all', ''),
        tie('expression'),
      )
      .map(
        ([of, items, parameters, body]) => `$${of}(${items}, function(${parameters}) { ${body} })`,
      ),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([body, a, b]) => `($f := function($v, $w) { ${body} }; $f(${a}, ${b}))`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('0', '1', '-1', '-3', '2.5'),
        fc.constantFrom('', ', 1', ', -1', ', 2'),
      )
      .map(([text, start, length]) => `$substring(${text}, ${start}${length})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('', ', 1', ', 4', ', -1'))
      .map(([number, places]) => `$round(${number}${places})`),
    join(is('['), tie('expression'), is('..'), tie('expression'), is(']')),
    join(is('$sort('), tie('expression'), is(', function($l, $r) { $l > $r })')),
  ),
})).expression;

const context = {
  Execution: { StartTime: '2026-11-22T09:30:00.123Z' },
} as unknown as ContextObject;

const direct = (source: string) => compileDirect(jsonata(source).ast());

const dataOf = (input: unknown, variables: Variables): QueryData => ({
  root: undefined,
  states: { input, context },
  variables,
  random: Math.random,
});

/** Tells whether an expression was evaluated directly; the answer then has to be jsonata's. */
async function answersAsJsonata(source: string, input: unknown, variables: Variables) {
  const evaluate = direct(source);
  const answer = evaluate ? evaluate(dataOf(input, variables)) : leftToJsonata;
  if (answer === leftToJsonata) return false;
  const bindings = structuredClone({ ...variables, states: { input, context } });
  expect(answer, source).toEqual(plainJson(await jsonata(source).evaluate(undefined, bindings)));
  return true;
}

describe('an expression that is evaluated directly', () => {
  it('gives what jsonata gives', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        expressions,
        documents,
        documents,
        documents,
        async (source, input, v, w) => {
          if (await answersAsJsonata(source, input, { v, w })) answered += 1;
        },
      ),
      { numRuns: 3000 },
    );
    expect(answered).toBeGreaterThan(400);
  });

  it.each([
    '$type($v) = "array" and $count($v) > 0 ? $v[0] : $error("none")',
    '$count($v.a) = $v[0].b',
    '$not(null in $v.a)',
    '[$zip($v.a, $v.b).{ "first": $[0], "mean": $average($) }]',
    '($names := $v.$keys($); $join($sort($distinct($names)), ","))',
    '$contains($string($v), /"a":[0-9]/)',
    '$merge([$v[0], { "a": 5 }])',
    '$toMillis($states.context.Execution.StartTime) + 1500',
    '$max($v.($[0]).a)',
    '$min($v.*)',
    '$count($keys($v[0])[$not($ in ["a"])])',
    '($f := function($row, $at) { $row.a & "@" & $at }; $join($map($v, $f), ","))',
    '$reduce($v, function($sum, $row) { $sum + $row.a }, 0)',
    '$sort($v, function($l, $r) { $l.a < $r.a })',
    '($deep := function($n) { $n > 0 ? $deep($n - 1) : "end" }; $deep(500))',
    '$round(2.5) & $round(-0.00005, 4) & $round(1.23456, 2)',
    '$substring("naïve 🙂 text", 6, 1)',
    '$each($v[0], function($value, $key) { $key & $value })',
    '($problems := [1..7]; $problems[[0..4]])',
  ])('answers %s', async (source) => {
    const v = [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ];
    expect(await answersAsJsonata(source, {}, { v })).toBe(true);
  });

  it.each([
    ['adds what are no numbers', '$v + "a"'],
    ['divides by zero', '1 / ($v - $v)'],
    ['compares an object', '$states.input < 1'],
    ['reads a function of jsonata', '$sum'],
    ['calls what a variable hides', '($count := 1; $count($v))'],
    ['raises an error', '$v = 3 ? $error("three") : 1'],
    ['gives a function what it does not take', '$sum("a")'],
    ['maps by a function of jsonata', '$map([1], $sum)'],
    ['answers a function', 'function($x) { $x }'],
    ['asks whether a function is true', 'function($x) { $x } ? 1 : 2'],
    ['selects by a function', '[1, 2][function($x) { $x }]'],
    [
      'asks whether one of several functions is true',
      '[function() { 1 }, function() { 2 }] and true',
    ],
    ['makes a text of what holds a function', '{"a": [function($x) { $x }]} & ""'],
    [
      'sorts by a function at the end of one',
      '($f := function($x) { $sort($x, function($l, $r) { $l > $r }) }; $f([2, 1]))',
    ],
    ['calls functions without end', '($f := function($n) { $f($n) + $f($n) }; $f(1))'],
    [
      'calls two for each of many',
      '($f := function($n) { $n = 0 ? 0 : $f($n - 1) + $f($n - 1) }; $f(60))',
    ],
  ])('leaves to jsonata one that %s', (_, source) => {
    expect(direct(source)?.(dataOf({}, { v: 3 }))).toBe(leftToJsonata);
  });

  it('leaves to jsonata what is too deep or too much for the stack', () => {
    const numbers = Array.from({ length: 300_000 }, (_, index) => index);
    expect(direct('$max($v)')?.(dataOf({}, { v: numbers }))).toBe(leftToJsonata);
  });

  it.each([
    '$v[][0]',
    '$v.a{b: c}',
    '$v^(a)',
    '$v@$x.b',
    '$v#$i',
    '$v.**.a',
    '$v.a.%.b',
    '$$.a',
    '$v ~> $sum',
    '$random()',
    '$replace("a", "b", "c")',
    '/a/',
    '$append(1, /a/)',
    '$type(/a/)',
    '($f := function($x) { $type($x) }; $f(/a/))',
    '($contains := function($x, $y) { $type($y) }; $contains("a", /a/))',
    '[$x := 4, $x]',
    '[[$x := 4], $x]',
    '{"a": true ? $x := 4 : 5, "b": $exists($x)}',
  ])('is not %s', (source) => {
    expect(direct(source)).toBeUndefined();
  });

  it('shares the data that only passes through it', () => {
    const row = { a: [1, 2] };
    expect(direct('$v[0]')?.(dataOf({}, { v: [row] }))).toBe(row);
  });
});
