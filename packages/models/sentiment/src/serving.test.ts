import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { maxTextBytes } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schema } from './schema.ts';
import { infer, openModel } from './testing/open-model.ts';

const model = await openModel();
const weights = new URL('../weights/model.onnx', import.meta.url);

/** Returns label and probability of each text. */
async function ask(...texts: readonly string[]): Promise<readonly (readonly [string, number])[]> {
  const [label, probability] = (await infer(model, texts)).outputs;
  return texts.map((_, row) => [String(label?.data[row]), Number(probability?.data[row])]);
}

describe('a text', () => {
  it.each([
    ['A delight from start to finish.', 'positive'],
    ['A dull and lifeless mess.', 'negative'],
    ['This is good.', 'positive'],
    ['This is not good.', 'negative'],
    ['It broke after a week and I want my money back.', 'negative'],
    ['😍', 'positive'],
    ['😭', 'negative'],
    ['\u202e\u0007bad\u0000terrible\u001b[31m\u202c', 'negative'],
  ])('%j is %s', async (text, label) => {
    const [answer] = await ask(text);
    expect(answer?.[0]).toBe(label);
    expect(answer?.[1]).toBeGreaterThan(0.5);
    expect(answer?.[1]).toBeLessThanOrEqual(1);
  });

  it.each(['فيلم رائع جدا', 'これは素晴らしい映画です', 'zzyzx', '—', '\u{1fae8}', '1234567'])(
    'without a word that the model knows has no label: %j',
    async (text) => {
      expect(await ask(text)).toEqual([['', 0]]);
    },
  );

  it('is judged alone, whatever is asked with it', async () => {
    const texts = ['great', 'terrible', 'فيلم', 'not great'];
    const alone = await Promise.all(texts.map(async (text) => (await ask(text))[0]));
    expect(await ask(...texts)).toEqual(alone);
  });

  it('of any characters has an answer or an error that names it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const answer = await ask(text).catch((error: unknown) => error);
        if (answer instanceof Error) {
          expect(answer.name).toBe('InvalidRequestError');
          expect(answer.message).toContain('inputs[0] "text", element [0]');
        } else expect(answer).toHaveLength(1);
      }),
    );
  });

  it('of the largest size is judged, a byte more is not', async () => {
    const largest = 'good '.repeat(maxTextBytes / 5);
    expect(await ask(largest)).toMatchObject([['positive', expect.any(Number)]]);
    await expect(ask('fine', `${largest}!`)).rejects.toMatchObject({
      name: 'PayloadTooLargeError',
      message: `inputs[0] "text", element [1]: ${maxTextBytes + 1} bytes; at most ${maxTextBytes} in a text`,
    });
  });
});

describe('refused is', () => {
  it.each([
    ['an empty text', ''],
    ['spaces', ' \t\r\n\u00a0\u3000'],
    ['controls only', '\u0000\u0007\u001b\u200b\u202e\ufeff'],
  ])('%s', async (_name, text) => {
    await expect(ask('fine', text)).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: 'inputs[0] "text", element [1]: expected a text, got an empty one',
    });
  });

  it.each(['\ud83dgood', 'good\ud83d', 'a\ude00\ud83d'])(
    'half of a surrogate pair in %j',
    async (text) => {
      await expect(ask(text)).rejects.toMatchObject({
        name: 'InvalidRequestError',
        message: expect.stringContaining('element [0]: expected a string of well-formed Unicode'),
      });
    },
  );

  it('a text in base64', async () => {
    const changes = { parameters: { content_type: 'base64' } };
    await expect(infer(model, ['Z29vZA=='], changes)).rejects.toMatchObject({
      name: 'UnsupportedError',
    });
  });

  it('more texts than a batch has', async () => {
    await expect(ask(...Array.from({ length: 65 }, () => 'fine'))).rejects.toMatchObject({
      message: 'input "text": 65 rows; at most 64 per request',
    });
  });
});

describe('the weights', () => {
  it('are those of their manifest, and below a megabyte', () => {
    const { file, schema: described, source, training } = model.manifest;
    const bytes = readFileSync(weights);
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(statSync(weights).size).toBe(file.bytes);
    expect(file.bytes).toBeLessThan(1_000_000);
    expect(described).toEqual(schema);
    expect(source?.licence).toBe('MIT');
    expect(training?.metrics).toMatchObject({
      movie_accuracy: { value: expect.any(Number), better: 'higher' },
      movie_rows: { value: 2484 },
      nyt_accuracy: { value: expect.any(Number), better: 'higher' },
      nyt_rows: { value: 2970 },
    });
  });
});
