import { describe, expect, it } from 'vitest';
import { globPattern } from './glob.ts';
import { talk } from './testing/talk.ts';

describe('what is remembered', () => {
  it('is told by INFO: hits, misses, what expired and what had to go', () => {
    const { say, pass, sessions, session } = talk();
    say('SET a 1 PX 5; GET a; GET x; GET y');
    pass(5);
    say(`GET a; SET b ${'x'.repeat(6000)}; SET c ${'x'.repeat(6000)}`);
    sessions.add({ ...session, id: 8 });
    const info = say('INFO');
    for (const line of [
      'connected_clients:2',
      'used_memory:6101',
      'keyspace_hits:1',
      'keyspace_misses:3',
      'expired_keys:1',
      'evicted_keys:1',
      'db0:keys=1',
    ])
      expect(`${info} `).toContain(` ${line} `);
  });

  it('is as much as fits exactly, and a byte more is refused', () => {
    const { say } = talk();
    expect(say(`SET a ${'x'.repeat(9899)}; STRLEN a`)).toBe('+OK; :9899');
    expect(say(`SET a ${'x'.repeat(9900)}; STRLEN a`)).toBe(
      "-OOM command not allowed when used memory > 'maxmemory'.; :9899",
    );
  });

  it('goes when there is more: what was written longest ago, by its last value', () => {
    const { say } = talk();
    const half = (letter: string) => letter.repeat(4899);
    expect(say(`SET a ${half('x')}; SET b ${half('x')}; DBSIZE`)).toBe('+OK; +OK; :2');
    expect(say(`SET a ${half('y')}; DBSIZE; SET c 1; KEYS *`)).toBe('+OK; :2; +OK; *2 $1 a $1 c');
  });

  it('goes in a sweep when it is over, and not before', () => {
    const { say, pass, keyspace } = talk();
    say('SET a 1 PX 5; SET b 1');
    pass(4);
    keyspace.sweep();
    expect(keyspace.statistics.expired).toBe(0);
    pass(1);
    keyspace.sweep();
    expect(keyspace.statistics.expired).toBe(1);
    expect(say('DBSIZE')).toBe(':1');
  });
});

it.each([
  ['*', ['', 'a', '\n'], []],
  ['a?c', ['abc', 'a\nc'], ['ac', 'abbc', 'xabc']],
  ['a*', ['a', 'ab'], ['ba']],
  ['[a-c]', ['a', 'b', 'c'], ['d', '-', 'ab']],
  ['[c-a]', ['a', 'b', 'c'], ['d']],
  ['[^a-c]', ['d', '^'], ['a', 'b', 'c']],
  ['[a^]', ['a', '^'], ['b']],
  ['[\\]]', [']'], ['\\', '[']],
  ['[[]', ['['], [']', '[[']],
  ['[\\--z]', ['-', 'z', 'a'], ['+']],
  ['\\*', ['*'], ['a', '\\*']],
  ['a\\', ['a\\'], ['a']],
  ['[a', ['[a'], ['a']],
  ['a.c', ['a.c'], ['abc']],
] as const)('the pattern %j', (pattern, fits, others) => {
  expect([...fits, ...others].filter((key) => globPattern(pattern).test(key))).toEqual([...fits]);
});
