import { maxTextBytes } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schema } from './schema.ts';
import { judge } from './serving.ts';
import { fileOf, infer, openStandIn, readManifest } from './testing/open-model.ts';

const model = await openStandIn();

function requestOf(texts: readonly string[], prior: readonly unknown[]) {
  const shape = [texts.length];
  return {
    inputs: [
      { name: 'text', datatype: 'BYTES', shape, data: texts },
      { name: 'prior', datatype: 'FP32', shape, data: prior },
    ],
  } as Parameters<typeof infer>[1];
}

/** Returns label and probability of each text. */
async function ask(texts: readonly string[], prior: readonly unknown[] = texts.map(() => 0.5)) {
  const [label, probability] = (await infer(model, requestOf(texts, prior))).outputs;
  return texts.map((_, row) => [String(label?.data[row]), Number(probability?.data[row])] as const);
}

describe('a text', () => {
  it('is held the more positive the more it was before', async () => {
    const text = 'The plot is thin, but the actors are a delight.';
    const positive: number[] = [];
    for (const prior of [0, 0.1, 0.5, 0.9, 1]) positive.push(await judge(model, { text, prior }));
    expect(positive).toEqual(positive.toSorted((a, b) => a - b));
    expect(new Set(positive).size).toBe(5);
  });

  it('is judged alone, whatever is asked with it', async () => {
    const texts = ['great', 'terrible '.repeat(200), 'فيلم', 'not great'];
    const alone = await Promise.all(texts.map(async (text) => (await ask([text]))[0]));
    expect(await ask(texts)).toEqual(alone);
  });

  it('is read in windows, up to the eighth', async () => {
    const of = (count: number, last: string) =>
      judge(model, { text: `${'word '.repeat(count - 1)}${last}`, prior: 0.5 });
    expect(await of(1008, 'good')).not.toBe(await of(1008, 'bad'));
    expect(await of(1009, 'good')).toBe(await of(1009, 'bad'));
  });

  it('of any characters has an answer or an error that names it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (text, prior) => {
          const answer = await ask([text], [prior]).catch((error: unknown) => error);
          if (answer instanceof Error) {
            expect(answer.name).toBe('InvalidRequestError');
            expect(answer.message).toContain('element [0]');
          } else {
            const [[label, probability] = ['', 0]] = answer as Awaited<ReturnType<typeof ask>>;
            expect(label).toMatch(/^(?:posi|nega)tive$/);
            expect(probability).toBeGreaterThanOrEqual(0.5);
            expect(probability).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('of the largest size is judged, a byte more is not', async () => {
    const largest = 'good '.repeat(maxTextBytes / 5);
    expect(await ask([largest])).toHaveLength(1);
    await expect(ask(['fine', `${largest}!`])).rejects.toMatchObject({
      name: 'PayloadTooLargeError',
      message: `input "text", element [1]: ${maxTextBytes + 1} bytes; at most ${maxTextBytes} in a text`,
    });
  });
});

describe('refused is', () => {
  it.each([
    ['an empty text', ''],
    ['controls only', '\u0000\u0007\u001b\u200b\u202e\ufeff'],
  ])('%s', async (_name, text) => {
    await expect(ask(['fine', text])).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: 'input "text", element [1]: expected a text, got an empty one',
    });
  });

  it.each([-0.1, 1.1])('a prior of %s', async (prior) => {
    await expect(ask(['fine', 'fine'], [0.5, prior])).rejects.toMatchObject({
      name: 'OutOfRangeError',
      message: expect.stringContaining('element [1]: expected a probability from 0 to 1'),
    });
  });

  it('a prior that is missing, or of another number of texts', async () => {
    const [text] = requestOf(['fine'], [0.5]).inputs;
    await expect(infer(model, { inputs: text ? [text] : [] })).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('"prior"'),
    });
    await expect(ask(['fine'], [null])).rejects.toMatchObject({ name: 'InvalidRequestError' });
  });
});

describe('the weights', () => {
  it('are named whole, and their manifest is that of the package', async () => {
    const [manifest, plan] = [await readManifest(), await fileOf('weights/fetch.json')];
    expect(manifest.schema).toEqual(schema);
    expect(manifest.source).toMatchObject({ licence: 'Apache-2.0' });
    expect(JSON.parse(plan.toString())).toMatchObject({
      sha256: manifest.source?.sha256,
      tail: 'tail.onnx',
    });
  });

  it('that are here are small, and the rest is in no commit', async () => {
    const [tail, ignored] = [await fileOf('weights/tail.onnx'), await fileOf('weights/.gitignore')];
    expect(tail.byteLength).toBeLessThan(10_000);
    expect(ignored.toString()).toContain('model.onnx');
  });
});
