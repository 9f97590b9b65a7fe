import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleave, roundOrder } from './interleave.ts';

const counts = fc.integer({ min: 1, max: 12 });

describe('the order of a round', () => {
  it('has every variant once', () => {
    fc.assert(
      fc.property(counts, fc.nat({ max: 100 }), (count, round) => {
        expect(roundOrder(count, round).sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
      }),
    );
  });

  it('gives every variant every place equally often', () => {
    fc.assert(
      fc.property(counts, (count) => {
        const rounds = Array.from({ length: 2 * count }, (_, round) => roundOrder(count, round));
        for (let place = 0; place < count; place += 1) {
          const seen = rounds.map((order) => order[place]).sort((a, b) => Number(a) - Number(b));
          expect(seen).toEqual([...Array(count).keys()].flatMap((index) => [index, index]));
        }
      }),
    );
  });

  it('puts a variant after different neighbours', () => {
    expect([0, 1, 2, 3].map((round) => roundOrder(3, round))).toEqual([
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [0, 2, 1],
    ]);
  });
});

describe('interleaving', () => {
  it('measures one variant at a time and forgets the discarded rounds', async () => {
    const log: string[] = [];
    let running = 0;
    const variant = (name: string) => ({
      name,
      measure: async () => {
        running += 1;
        await Promise.resolve();
        expect(running).toBe(1);
        running -= 1;
        return log.push(name);
      },
    });
    const rounds: number[] = [];
    const measured = await interleave([variant('a'), variant('b')], 2, 1, (round) =>
      rounds.push(round),
    );
    expect(log).toEqual(['a', 'b', 'b', 'a', 'b', 'a']);
    expect(Object.fromEntries(measured)).toEqual({ a: [4, 6], b: [3, 5] });
    expect(rounds).toEqual([-1, 0, 1]);
  });

  it('fails with the variant that fails', async () => {
    const broken = {
      name: 'broken',
      measure: () => {
        throw new Error('no answer');
      },
    };
    await expect(interleave([broken], 1, 0, () => {})).rejects.toThrow('no answer');
  });
});
