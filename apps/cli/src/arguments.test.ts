import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments, parsePairs, takeArguments } from './arguments.ts';
import { UsageError } from './errors.ts';

const flags = {
  file: { type: 'string', description: '' },
  set: { type: 'string', multiple: true, description: '' },
  json: { type: 'boolean', description: '' },
} as const;

describe('parseArguments', () => {
  it('tells flags from operands, in any order', () => {
    expect(parseArguments(flags, ['a', '--json', '--set', 'x=1', 'b', '--set=y=-2'])).toEqual({
      values: { json: true, set: ['x=1', 'y=-2'] },
      positionals: ['a', 'b'],
    });
  });

  it('takes what follows -- for operands', () => {
    expect(parseArguments(flags, ['--', '--json']).positionals).toEqual(['--json']);
  });

  it.each([
    [['--flie', 'x'], 'Unknown flag --flie. Did you mean --file?'],
    [['--jsn'], 'Unknown flag --jsn. Did you mean --json?'],
    [['--colour'], 'Unknown flag --colour.'],
    [['-x'], 'Unknown flag -x.'],
    [['--file'], "Option '--file <value>' argument missing"],
    [['--json=yes'], "Option '--json' does not take an argument"],
    [
      ['--file', '-3.1,-60'],
      '--file has no value. One that begins with a dash needs an equals sign: --file=-3.1,-60',
    ],
    [
      ['--json', '--set', '-x'],
      '--set has no value. One that begins with a dash needs an equals sign: --set=-x',
    ],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(flags, argv)).toThrow(new UsageError(message));
  });
});

describe('takeArguments', () => {
  it('gives each operand by its place', () => {
    expect(takeArguments(['name', 'version'], ['svr', 'v2'])).toEqual(['svr', 'v2']);
  });

  it('names those that are missing', () => {
    expect(() => takeArguments(['name', 'version'], ['svr'])).toThrow('Missing: <version>');
    expect(() => takeArguments(['name', 'version'], [])).toThrow('Missing: <name> <version>');
  });

  it('names the first that is too many', () => {
    expect(() => takeArguments(['name'], ['svr', 'v2', 'v3'])).toThrow('too many: v2');
  });
});

describe('parsePairs', () => {
  it('splits at the first = and lets the last one of a name count', () => {
    expect(parsePairs('set', ['a=1', 'b=x=y', 'c=', 'a=2'])).toEqual({ a: '2', b: 'x=y', c: '' });
  });

  it.each(['a', '=1', ''])('refuses %j', (pair) => {
    expect(() => parsePairs('set', [pair])).toThrow(`--set takes name=value, got '${pair}'`);
  });

  it('gives back every name and value', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('='));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.string()), { selector: ([key]) => key }),
        (all) => {
          const pairs = all.map(([key, value]) => `${key}=${value}`);
          expect(Object.entries(parsePairs('set', pairs)).sort()).toEqual([...all].sort());
        },
      ),
    );
  });
});
