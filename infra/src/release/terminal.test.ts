import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { InterruptedError } from './errors.ts';
import { confirm, interruptible, processTerminal } from './terminal.ts';

/** Starts something that ends when it is interrupted. */
function started() {
  const said: string[] = [];
  const ended = Promise.withResolvers<void>();
  const running = interruptible({ say: (line) => said.push(line) }, async (signal) => {
    await ended.promise;
    return signal;
  });
  return { said, running, end: ended.resolve };
}

describe('something that can be interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is told by %s, and ends when it is done with that; a second one changes nothing',
    async (name) => {
      const { said, running, end } = started();
      process.emit(name, name);
      process.emit(name, name);
      end();
      const signal = await running;
      expect(signal.reason).toBeInstanceOf(InterruptedError);
      expect(said).toEqual([
        `Interrupted (${name}): going back to what was live.`,
        'Going back already; to end this now would leave it half done.',
      ]);
    },
  );

  it('listens no longer than it lasts', async () => {
    const before = process.listenerCount('SIGINT');
    const { running, end } = started();
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    end();
    expect((await running).aborted).toBe(false);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

describe('a question', () => {
  const answered = async (text: string | undefined, expected: string) => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const asked = confirm(processTerminal(false, input), 'Go on? ', expected, 'add --yes');
    if (text !== undefined) input.write(text);
    else input.end();
    await asked;
  };

  it.each(['y\n', 'Yes\n', ' Y \n'])('is answered by %j', async (text) => {
    await expect(answered(text, 'y')).resolves.toBeUndefined();
  });

  it.each([
    ['n\n', 'y'],
    ['\n', 'y'],
    ['y\n', 'staging'],
    ['Staging\n', 'staging'],
  ])('is not by %j, when it is to be %s', async (text, expected) => {
    await expect(answered(text, expected)).rejects.toThrow('nothing was changed');
  });

  it('that is left by the end of the input changes nothing', async () => {
    await expect(answered(undefined, 'y')).rejects.toThrow('nothing was changed');
  });
});
