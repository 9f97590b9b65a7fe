import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const commands = ['predict', 'models list', 'models train', 'models push', 'models swap', 'help'];

describe('nearest', () => {
  it.each([
    ['predcit', 'predict'],
    ['modles list', 'models list'],
    ['models spaw', 'models swap'],
    ['HELP', 'help'],
    ['hepl', 'help'],
  ])('takes %s for %s', (word, expected) => {
    expect(nearest(word, commands)).toBe(expected);
  });

  it.each(['', 'xyzzy', 'kubernetes', 'p'])('has no guess for %j', (word) => {
    expect(nearest(word, commands)).toBeUndefined();
    expect(didYouMean(word, commands)).toBe('');
  });

  it.each([
    ['one letter more', ['envx', 'xenv', 'exnv']],
    ['one letter less', ['nv', 'ev', 'en']],
    ['another letter', ['xnv', 'exv', 'enx']],
    ['two neighbours swapped', ['nev', 'evn']],
  ])('counts %s as one mistake, and a short word may have no second', (_, words) => {
    for (const word of words) {
      expect(nearest(word, ['env'])).toBe('env');
      expect(nearest(`q${word}q`, ['env'])).toBeUndefined();
    }
  });

  it('prefers the fewest mistakes', () => {
    expect(nearest('modes', ['model', 'moves', 'modest'])).toBe('model');
    expect(nearest('predicts', ['products', 'predict'])).toBe('predict');
  });

  it('finds a command again when one letter of it is lost', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.nat(), (command, at) => {
        const index = at % command.length;
        const typed = command.slice(0, index) + command.slice(index + 1);
        expect(nearest(typed, commands)).toBe(command);
      }),
    );
  });

  it('prefers the candidate that was typed exactly', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (words) => {
        for (const word of words) expect(nearest(word, words)).toBe(word);
      }),
    );
  });
});
