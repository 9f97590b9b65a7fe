import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { forbiddenNames } from './jsonata-names.ts';

const unavailable = new Set(['result', 'errorOutput']);
const check = (source: string) => forbiddenNames(jsonata(source).ast(), { unavailable });

describe('names at the top level', () => {
  it.each([
    '$states.input.price',
    '$states.input.rows[price > 1]',
    '$states.input.rows[$ > 1]',
    "$states.input.rows.{ 'p': price, 'n': name }",
    '$states.input.rows{ name: $sum(price) }',
    '$states.input.rows^(price, >name)',
    '$states.input.rows.(price * 2)',
    '$states.input.rows.$uppercase(name)',
    '($x := $states.input; $x.price)',
    '$map($states.input.rows, function($row, $i) { $row.price * $i })',
    "$states.input ~> |rows|{ 'price': price * 2 }, ['name']|",
    '$sort($states.input.rows, function($l, $r) { $l.price > $r.price })',
    '$match($states.input.text, /a(b)/)[0].groups',
    '$states.input.rows@$r.$states.input.other[id = $r.id].name',
    "{ 'a': 1, $states.input.key: 2 }",
    'true and null = null',
    '$states.context.Execution.Id & $quorum',
    '$states.input.result',
  ])('accepts %s', (source) => {
    expect(check(source)).toEqual([]);
  });

  it.each([
    ['price', 'price'],
    ['1 + price.net', 'price'],
    ["{ 'a': price }", 'price'],
    ['{ price: 1 }', 'price'],
    ['[1, price]', 'price'],
    ['-price', 'price'],
    ['$sum(price)', 'price'],
    ['true ? price : 1', 'price'],
    ['($x := price; $x)', 'price'],
    ['$map($states.input, function($v) { price })', 'price'],
    ['$states.input ~> $append(price)', 'price'],
    ['$', '$'],
    ['$.price', '$'],
    ['$states.input[$$.price = 1]', '$$'],
  ])('refuses %s', (source, name) => {
    expect(check(source)).toEqual([expect.stringContaining(`'${name}'`)]);
  });
});

it.each([
  '$states.result',
  '$states.result.x',
  '$sum($states.result[0])',
  '$states.errorOutput.Error',
])('refuses %s where there is none', (source) => {
  expect(check(source)).toEqual([expect.stringContaining('is not available here')]);
});

it.each(["$eval('1')", "'1' ~> $eval"])('refuses %s', (source) => {
  expect(check(source)).toEqual([expect.stringContaining('$parse')]);
});
