import { describe, expect, it } from 'vitest';
import { describeLock, isStale, type LockRecord, lockKey, parseLock } from './lock.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const lock = (change: Partial<LockRecord> = {}): LockRecord => ({
  format: 1,
  token: 't',
  purpose: 'promote to v7',
  host: 'laptop',
  pid: 4711,
  started: '2026-01-01T11:59:00.000Z',
  expires: '2026-01-01T12:00:30.000Z',
  ...change,
});
const here = (host: string, alive: boolean) => ({ host, isAlive: () => alive });

describe('a lock', () => {
  it('binds until it expires', () => {
    expect(isStale(lock(), now, here('other', false))).toBe(false);
    expect(isStale(lock(), now + 30_000, here('other', false))).toBe(true);
  });

  it('of a process of this machine binds as long as that runs', () => {
    expect(isStale(lock(), now, here('laptop', true))).toBe(false);
    expect(isStale(lock(), now, here('laptop', false))).toBe(true);
  });

  it('of no process in particular binds until it expires', () => {
    const { pid: _, ...deploy } = lock({ host: 'laptop' });
    expect(isStale(deploy, now, here('laptop', false))).toBe(false);
  });

  it('says who has it', () => {
    expect(describeLock(lock())).toBe(
      '"promote to v7" by process 4711 on laptop, since 2026-01-01T11:59:00.000Z',
    );
  });

  it('is of a model', () => {
    expect(lockKey('random-forest')).toBe('locks/random-forest.json');
    expect(() => lockKey('../etc')).toThrow('not a model name');
  });
});

describe('a lock as it is stored', () => {
  const { pid: _, ...deploy } = lock();

  it.each([lock(), deploy])('is read back as it was written: %j', (record) => {
    expect(parseLock(JSON.stringify(record), 's3://b/k')).toEqual(record);
  });

  it.each([
    ['token', undefined],
    ['purpose', 5],
    ['host', null],
    ['pid', '4711'],
    ['started', undefined],
    ['expires', undefined],
    ['expires', 'soon'],
  ])('is none when its %s is %j', (field, value) => {
    const text = JSON.stringify({ ...lock(), [field]: value });
    expect(() => parseLock(text, 's3://b/k')).toThrow('s3://b/k is not a lock (it begins with');
  });

  it('is none when it is empty', () => {
    expect(() => parseLock('', 's3://b/k')).toThrow('s3://b/k is not a lock (it is empty)');
  });
});
