import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createStates } from '../create-states.ts';
import { invoke, startStandard, states } from '../testing/start-standard.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-states-'));
});
afterEach(() => rm(directory, { recursive: true }));

const three = states({
  A: invoke('a', { Next: 'Wait' }),
  Wait: { Type: 'Wait', Seconds: 100, Next: 'B' },
  B: invoke('b', { Next: 'C' }),
  C: invoke('c', { End: true }),
});

it('goes on after a restart with what had not ended, and waits for what was left', async () => {
  const asked: string[] = [];
  const test = await startStandard({
    machines: { three },
    directory,
    answer: (event, name) => {
      asked.push(name);
      return [...(Array.isArray(event) ? event : []), name];
    },
  });
  const arn = await test.start('three');
  await test.reached(arn, 'WaitStateEntered');
  test.clock.advance(60_000);
  await test.restart();
  expect(await test.describe(arn)).toMatchObject({ status: 'RUNNING' });
  test.clock.advance(40_000);
  const { status, output, stopDate } = await test.ended(arn);
  expect({ status, output, asked }).toEqual({
    status: 'SUCCEEDED',
    output: '["a","b","c"]',
    asked: ['a', 'b', 'c'],
  });
  expect(stopDate).toEqual(new Date('2026-01-01T00:01:40Z'));
  const types = (await test.history(arn)).map(({ type }) => type);
  expect(types.filter((type) => type === 'TaskScheduled')).toHaveLength(3);
});

it('runs a task again that was running, in the same attempt', async () => {
  const asked: string[] = [];
  let hangs = true;
  const machines = { one: states({ A: invoke('a', { End: true }) }) };
  const test = await startStandard({
    machines,
    directory,
    answer: (_event, name) => {
      asked.push(name);
      return hangs ? new Promise(() => {}) : 'done';
    },
  });
  const arn = await test.start('one');
  await test.reached(arn, 'TaskStarted');
  hangs = false;
  await test.restart();
  expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  expect(asked).toEqual(['a', 'a']);
  const types = (await test.history(arn)).map(({ type }) => type);
  expect(types).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

it('still knows executions that ended before a restart', async () => {
  const machines = { pass: states({ A: { Type: 'Pass', End: true } }) };
  const test = await startStandard({ machines, directory });
  const arn = await test.start('pass', { a: 1 }, 'named');
  const before = await test.ended(arn);
  const history = await test.history(arn);
  await test.restart();
  const { $metadata: _, ...after } = await test.describe(arn);
  expect(before).toMatchObject(after);
  expect(await test.history(arn)).toEqual(history);
  await expect(test.start('pass', { a: 1 }, 'named')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
});

it('goes on by the definition that the execution was started with', async () => {
  const machines: Record<string, Record<string, unknown>> = {
    changes: states({
      A: { Type: 'Wait', Seconds: 10, Next: 'B' },
      B: { Type: 'Pass', Output: 'old', End: true },
    }),
  };
  const test = await startStandard({ machines, directory });
  const arn = await test.start('changes');
  await test.reached(arn, 'WaitStateEntered');
  machines['changes'] = states({ C: { Type: 'Pass', Output: 'new', End: true } });
  await test.restart();
  test.clock.advance(10_000);
  expect((await test.ended(arn)).output).toBe('"old"');
  expect((await test.ended(await test.start('changes'))).output).toBe('"new"');
});

it('can stop what no process works on yet, without running it', async () => {
  const asked: string[] = [];
  const test = await startStandard({
    machines: { one: states({ A: invoke('a', { End: true }) }) },
    directory,
    answer: (_event, name) => {
      asked.push(name);
      return new Promise(() => {});
    },
  });
  const arn = await test.start('one');
  await test.reached(arn, 'TaskStarted');
  await test.emulator.close();
  const other = await startStandard({ machines: {}, directory });
  await other.emulator.service.executions.stop(arn);
  other.emulator.resume();
  expect(await other.describe(arn)).toMatchObject({ status: 'ABORTED' });
  expect(asked).toEqual(['a']);
});

it('keeps what has ended for 90 days, and lets its name be used again then', async () => {
  const machines = { pass: states({ A: { Type: 'Pass', End: true } }) };
  const test = await startStandard({ machines, directory });
  const day = 24 * 3600 * 1000;
  const arn = await test.start('pass', {}, 'one');
  await test.ended(arn);
  test.clock.advance(89 * day);
  await test.restart();
  expect(await test.describe(arn)).toMatchObject({ status: 'SUCCEEDED' });
  test.clock.advance(2 * day);
  await test.restart();
  await expect(test.describe(arn)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  expect(await test.start('pass', { again: true }, 'one')).toBe(arn);
});

it('does not touch what another version has written', async () => {
  const file = join(directory, 'executions.db');
  const other = new DatabaseSync(file);
  other.exec('PRAGMA user_version = 999');
  other.close();
  await expect(startStandard({ machines: {}, directory })).rejects.toThrow(
    /executions\.db was written by another version/,
  );
});

it('says which file is not one of its own', async () => {
  await writeFile(
    join(directory, 'executions.db'),
    'no database, and longer than a header of one'.repeat(9),
  );
  const options = {
    credentials: testCredentials,
    machines: [],
    lambda: { invoke: () => Promise.reject(new Error('asked')) },
    directory,
  };
  expect(() => createStates(options)).toThrow(/executions\.db is damaged/);
});
