import { describe, expect, it } from 'vitest';
import { within } from './within.ts';

const never = new Promise<never>(() => {});
const late = () => new RangeError('too late');

describe('within', () => {
  it('gives what the work gives, and fails as it fails', async () => {
    await expect(within(60_000, Promise.resolve('done'), late)).resolves.toBe('done');
    const broken = Promise.reject(new TypeError('broken'));
    await expect(within(60_000, broken, late)).rejects.toThrow('broken');
  });

  it.each([-5, 0, 1])('gives up after %d ms on work that does not end', async (milliseconds) => {
    await expect(within(milliseconds, never, late)).rejects.toThrow(RangeError);
  });

  it('takes an answer that came while the process was paused beyond the time', async () => {
    const answer = Promise.withResolvers<string>();
    const waiting = within(1, answer.promise, late);
    setTimeout(() => answer.resolve('in time'), 1);
    const paused = Date.now() + 20;
    while (Date.now() < paused);
    await expect(waiting).resolves.toBe('in time');
  });

  it.each([2 ** 31, 1e15, Number.POSITIVE_INFINITY])(
    'does not give up at once when %d ms are more than a timer takes',
    async (milliseconds) => {
      const work = new Promise((resolve) => setTimeout(resolve, 20, 'done'));
      await expect(within(milliseconds, work, late)).resolves.toBe('done');
    },
  );

  it('lets work fail later without ending the process', async () => {
    const work = Promise.withResolvers<never>();
    const stray: unknown[] = [];
    const note = (reason: unknown) => stray.push(reason);
    process.on('unhandledRejection', note);
    try {
      await expect(within(0, work.promise, late)).rejects.toThrow('too late');
      work.reject(new Error('later'));
      await new Promise((resolve) => setImmediate(resolve));
      expect(stray).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
