import { describe, expect, it } from 'vitest';
import { findFaultTarget } from '../chaos-cloud.ts';
import { runCommand } from '../testing/run-command.ts';

const chaos = (...argv: readonly string[]) =>
  runCommand(['chaos', ...argv], { CHORUS_DIRECTORY: '/nowhere' });

describe('chorus chaos', () => {
  it.each([
    [['fail', 'svr', '--aws'], '--aws: chorus chaos is for the local cloud only'],
    [['list', '--aws'], '--aws: chorus chaos is for the local cloud only'],
    [['stop', '--aws=true'], '--aws: chorus chaos is for the local cloud only'],
    [['fail'], 'Missing: <name>'],
    [['fail', 'svr', 'forest'], 'One argument too many: forest'],
    [['stop', 'svr', 'forest'], 'One argument too many: forest'],
    [['list', 'svr'], 'One argument too many: svr'],
    [['kill', 'svr', '--by', '2s'], '--by is of chaos slow only, not of kill'],
    [['slow', 'svr', '--by', '0s'], "--by has to be more than 0, got '0s'"],
    [['slow', 'svr', '--by', 'long'], '--by takes a duration such as 30s'],
    [['slow', 'svr', '--for', '0m'], "--for has to be more than 0, got '0m'"],
    [['slow', 'svr', '--share', '0%'], "--share has to be more than 0, got '0%'"],
    [['slow', 'svr', '--share', '101%'], '--share is at most 100%'],
    [['slow', 'svr', '--seed', '-1'], '--seed has no value'],
    [['slow', 'svr', '--seed=-1'], '--seed takes a whole number from 0 up'],
    [['slow', 'svr', '--seed', '9'.repeat(20)], '--seed takes a whole number from 0 up'],
    [['slwo', 'svr'], 'Did you mean chaos slow?'],
    [[], 'chorus chaos what? There is: slow, fail, kill, throttle, corrupt, list, stop'],
  ])('%j is wrong usage', async (argv, message) => {
    const { code, stdout, stderr } = await chaos(...argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('needs a local cloud that runs', async () => {
    const { code, stderr } = await chaos('list');
    expect(code).toBe(1);
    expect(stderr).toContain('No local cloud is running');
  });

  it('helps', async () => {
    const { stdout } = await chaos('slow', '--help');
    expect(stdout).toMatch(/^Usage: chorus chaos slow <name> \[flags\]$/m);
    expect(stdout).toContain('--by <duration>');
    expect((await chaos('kill', '--help')).stdout).not.toContain('--by');
  });
});

describe('a name', () => {
  const targets = [
    { kind: 'function', name: 'store' },
    { kind: 'table', name: 'store' },
    { kind: 'table', name: 'reviews' },
  ];

  it('is that of a function, a table or a queue, with its kind where it is several', () => {
    expect(findFaultTarget('reviews', targets)).toEqual(targets[2]);
    expect(findFaultTarget('table:reviews', targets)).toEqual(targets[2]);
    expect(findFaultTarget('table:store', targets)).toEqual(targets[1]);
    expect(() => findFaultTarget('store', targets)).toThrow(
      'store is several: say function:store or table:store',
    );
  });

  it.each([
    ['revews', 'Did you mean reviews?'],
    ['table:reviws', 'Did you mean table:reviews?'],
    ['queue:reviews', 'only: store, table:store, table:reviews.'],
  ])('%s, which nothing has, is refused with the nearest', (word, message) => {
    expect(() => findFaultTarget(word, targets)).toThrow(message);
  });
});
