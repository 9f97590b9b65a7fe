import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidPatternError } from '../errors.ts';
import { compilePattern } from './compile-pattern.ts';

type Case = readonly [pattern: unknown, event: unknown, outcome: 'true' | 'false' | 'refused'];

/** What AWS's own Event Ruler (1.7.3) says of random patterns and events. */
const recorded: readonly Case[] = JSON.parse(
  readFileSync(new URL('event-ruler.json', import.meta.url), 'utf8'),
);

function outcomeOf(pattern: unknown, event: unknown): string {
  try {
    return String(compilePattern(pattern)(event));
  } catch (error) {
    if (error instanceof InvalidPatternError) return 'refused';
    throw error;
  }
}

describe('compilePattern', () => {
  it('says what Event Ruler says', () => {
    expect(new Set(recorded.map(([, , outcome]) => outcome)).size).toBe(3);
    for (const [pattern, event, outcome] of recorded)
      expect([pattern, event, outcomeOf(pattern, event)]).toEqual([pattern, event, outcome]);
  });

  it.each([
    [[{ $or: 1 }], 'the pattern must be an object'],
    [{}, 'the pattern is an empty object'],
    [{ source: 'shop' }, 'source must be an object or an array'],
    [{ detail: { total: [] } }, 'detail.total is an empty array'],
    [{ source: [{ contains: 'a' }] }, 'there is no operator "contains": only prefix'],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'prefix and suffix: only one is allowed'],
    [{ source: [{ wildcard: 'a**' }] }, 'two asterisks in a row'],
    [{ source: [{ 'anything-but': ['a', 1] }] }, 'texts only, or numbers only'],
    [{ source: [{ 'anything-but': { numeric: ['>', 1] } }] }, 'anything-but has no numeric'],
    [{ n: [{ numeric: ['>', 6e9] }] }, 'not between -5.0e9 and 5.0e9'],
    [{ n: [{ numeric: ['>', 5, '<', 5] }] }, 'the range from 5 to 5 is empty'],
    [{ ip: [{ cidr: '10.0.0.0/33' }] }, 'is no block of addresses'],
    [{ $or: [{ a: ['b'] }] }, 'at least two objects'],
    [{ $or: [{ a: ['b'] }, { prefix: ['c'] }] }, 'prefix is an operator'],
  ])('refuses %j by name', (pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(InvalidPatternError);
    expect(() => compilePattern(pattern)).toThrow(message);
  });

  it('takes IPv6 blocks', () => {
    const matches = compilePattern({ ip: [{ cidr: '2001:db8::/32' }] });
    expect([matches({ ip: '2001:db8:1::2' }), matches({ ip: '2001:db9::' })]).toEqual([
      true,
      false,
    ]);
  });

  it('matches every event by its own values, and none by another value', () => {
    const values = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(values, (event) => {
        const own = Object.fromEntries(
          Object.entries(event).map(([name, value]) => [name, [value]]),
        );
        expect(compilePattern(own)({ ...event, other: 1 })).toBe(true);
        const not = Object.fromEntries(
          Object.keys(event).map((name) => [name, [{ exists: false }]]),
        );
        expect(compilePattern(not)(event)).toBe(false);
      }),
    );
  });

  it('is done soon with an event of many arrays', () => {
    const many = (of: object) => Array.from({ length: 500 }, () => of);
    const pattern = { a: { x: [1], w: [1] }, b: { y: [1] }, c: { z: [1] } };
    const event = {
      a: [...many({ x: 1 }), ...many({ w: 1 })],
      b: many({ y: 1 }),
      c: many({ z: 1 }),
    };
    const matches = compilePattern(pattern);
    // Looked at one by one, the combinations would take for ever.
    expect(matches(event)).toBe(false);
    expect(matches({ ...event, a: [...event.a, { x: 1, w: 1 }] })).toBe(true);
  });

  it('matches wildcards as regular expressions do', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(texts, texts, (wildcard, text) => {
        fc.pre(!wildcard.includes('**'));
        const expected = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(text);
        expect(compilePattern({ a: [{ wildcard }] })({ a: text })).toBe(expected);
        const literally = text.replaceAll('*', '\\*');
        expect(compilePattern({ a: [{ wildcard: literally }] })({ a: text })).toBe(true);
      }),
    );
  });
});
