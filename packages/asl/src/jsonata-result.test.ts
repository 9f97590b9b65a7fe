import jsonata from 'jsonata';
import { expect, it } from 'vitest';
import { NotJsonError, plainJson } from './jsonata-result.ts';

const evaluate = (source: string, bindings = {}) => jsonata(source).evaluate(undefined, bindings);

it.each(['$x.a', '[$x.a]', "{'k': [$x.a, [$x[a>1].a]]}", '$map([1,2,3], function($v){$v})'])(
  'leaves no mark of jsonata on the result of %s',
  async (source) => {
    const marked = await evaluate(source, { x: [{ a: 1 }, { a: 2 }, { a: 3 }] });
    const plain = plainJson(marked);
    expect(plain).toStrictEqual(JSON.parse(JSON.stringify(marked)));
    expect(marksOf(plain)).toEqual([]);
  },
);

it('shares data that only passed through', async () => {
  const large = { rows: [[1], [2]] };
  const result = plainJson(await evaluate("{'kept': $x, 'made': [1]}", { x: large }));
  expect(result).toHaveProperty('kept', large);
  expect((result as { kept: unknown }).kept).toBe(large);
});

it.each(['1/0', '[0/0]', "{'f': $sum}", 'function($x){$x}', '/a+/'])(
  'refuses %s, which is no JSON',
  async (source) => {
    const result = await evaluate(source);
    expect(() => plainJson(result)).toThrow(NotJsonError);
  },
);

/** Own properties of arrays beside their items, at any depth. */
function marksOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value)
    ? Object.getOwnPropertyNames(value).filter((name) => !/^(\d+|length)$/.test(name))
    : [];
  return [...own, ...Object.values(value).flatMap(marksOf)];
}
