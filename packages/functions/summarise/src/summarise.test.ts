import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSummariseHandler, maxCompared, maxTextBytes, type Summary } from './handler.ts';
import { lexRank } from './lex-rank.ts';
import { chosenOf, summarise, wordsOf } from './summarise.ts';

const handler = createSummariseHandler();

async function ask(event: unknown): Promise<Summary> {
  const context = { requestId: 'r', deadlineMs: Infinity, functionArn: 'arn', notes: {} };
  return (await handler(event, context)) as Summary;
}

const recorded: readonly {
  readonly sentences: readonly (readonly string[])[];
  readonly ranks: readonly number[];
}[] = JSON.parse(readFileSync(new URL('../fixtures/lex-rank.json', import.meta.url), 'utf8'));

describe('LexRank', () => {
  it.each(recorded)('has the ranks of sumy, text $#', ({ sentences, ranks }) => {
    const own = lexRank(sentences);
    expect(own).toHaveLength(ranks.length);
    for (const [index, rank] of ranks.entries()) expect(own[index]).toBeCloseTo(rank, 12);
    for (const count of [1, 3, 5]) expect(chosenOf(own, count)).toEqual(chosenOf(ranks, count));
  });

  it('prefers a sentence that is like the others', () => {
    const sentences = [
      'the red car',
      'a blue boat',
      'the red car and a blue boat sail',
      'ok',
      'no',
    ];
    expect(summarise(sentences, 1)).toEqual([2]);
  });

  it('takes no notice of a text without words, or with one sentence', () => {
    expect(summarise(['!', '?', '...'], 2)).toEqual([0, 1]);
    expect(summarise(['one sentence'], 3)).toEqual([0]);
    expect(summarise([], 3)).toEqual([]);
  });

  it('chooses as many as there are, in their order, and the same again', () => {
    const sentence = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(sentence, { maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        (some, count) => {
          const chosen = summarise(some, count);
          expect(chosen).toHaveLength(Math.min(some.length, count));
          expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
          expect(summarise(some, count)).toEqual(chosen);
        },
      ),
    );
  });

  it('compares words of any alphabet, whatever their case', () => {
    expect(wordsOf("Don’t STOP: l'été, well-made 3x فيلم 良い!")).toEqual([
      'don’t',
      'stop',
      "l'été",
      'well-made',
      'x',
      'فيلم',
      '良い',
    ]);
  });
});

describe('the function', () => {
  const sentences = recorded[0]?.sentences.map((words) => words.join(' ')) ?? [];

  it('answers with three sentences as they are, in their order', async () => {
    const answer = await ask({ sentences });
    expect(answer).toMatchObject({ algorithm: 'lexrank', sentences: 10, compared: 10 });
    expect(answer.summary).toEqual(answer.indices.map((index) => sentences[index]));
    expect(answer.summary).toHaveLength(3);
  });

  it('answers with as many as it is asked for', async () => {
    expect((await ask({ sentences, count: 1 })).summary).toHaveLength(1);
    expect((await ask({ sentences, count: 20 })).summary).toEqual(sentences);
  });

  it('compares the first sentences of a long text only, and says so', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `sentence ${'abcde'[index % 5]}`);
    const answer = await ask({ sentences: many });
    expect(answer).toMatchObject({ sentences: 5000, compared: maxCompared });
    expect(Math.max(...answer.indices)).toBeLessThan(maxCompared);
  });

  it('takes a text of the largest size', async () => {
    const one = 'a b '.repeat(Math.floor(maxTextBytes / maxCompared / 4));
    const answer = await ask({ sentences: Array.from({ length: maxCompared }, () => one) });
    expect(answer.indices).toEqual([0, 1, 2]);
  });

  it('takes a sentence of more words than a call takes arguments', async () => {
    const letters = (index: number): string =>
      index.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
    const words = Array.from({ length: 200_000 }, (_, index) => letters(index));
    expect(new Set(words).size).toBe(words.length);
    expect((await ask({ sentences: [words.join(' '), 'z'] })).indices).toEqual([0, 1]);
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', null, 'InvalidRequestError', 'sentences: expected a list of texts'],
    ['a text', { sentences: 'a' }, 'InvalidRequestError', 'sentences: expected a list of texts'],
    ['a number', { sentences: ['a', 1] }, 'InvalidRequestError', 'sentences: expected a list of'],
    ['none', { sentences: [] }, 'InvalidRequestError', 'sentences: expected at least one'],
    ['a count of 0', { sentences: ['a'], count: 0 }, 'InvalidRequestError', 'from 1 to 20'],
    ['a count of 21', { sentences: ['a'], count: 21 }, 'InvalidRequestError', 'from 1 to 20'],
    ['a part', { sentences: ['a'], count: 1.5 }, 'InvalidRequestError', 'from 1 to 20'],
    ['much', { sentences: ['a'.repeat(maxTextBytes), 'b'] }, 'PayloadTooLargeError', 'at most'],
  ])('refuses %s', async (_name, event, name, message) => {
    await expect(ask(event)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('says that it is ready', async () => {
    expect(await ask({ chorus: 'ready' })).toEqual({ ready: true });
  });
});
