import { describe, expect, it } from 'vitest';
import { remembering } from './remember.ts';

describe('remembering', () => {
  it('reads once for each key, and again what it has forgotten or what failed', async () => {
    const read: string[] = [];
    const remember = remembering<string>(2);
    const ask = (key: string): Promise<string> =>
      remember(key, async () => {
        read.push(key);
        if (key === 'broken') throw new Error('no');
        return `${key}!`;
      });
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a!', 'a!', 'b!']);
    expect(read).toEqual(['a', 'b']);
    await ask('c');
    await ask('a');
    expect(read).toEqual(['a', 'b', 'c', 'a']);
    await expect(ask('broken')).rejects.toThrow('no');
    await expect(ask('broken')).rejects.toThrow('no');
    expect(read.slice(4)).toEqual(['broken', 'broken']);
  });
});
