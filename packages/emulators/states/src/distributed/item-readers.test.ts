import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatcher } from './batches.ts';
import { csvDelimiters, csvItems } from './csv-items.ts';
import { csvRecords } from './csv-records.ts';
import { jsonArrayItems, jsonLinesItems } from './json-items.ts';
import { textChunks } from './text-chunks.ts';

/** Bytes in pieces of these lengths, and then the rest. */
async function* inPieces(text: string | Uint8Array, lengths: readonly number[]) {
  let rest = Buffer.from(text);
  for (const length of lengths) {
    yield rest.subarray(0, length);
    rest = rest.subarray(length);
  }
  yield rest;
}

async function all<Of>(groups: AsyncIterable<readonly Of[]>): Promise<Of[]> {
  const items: Of[] = [];
  for await (const group of groups) items.push(...group);
  return items;
}

const pieces = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 30 });
const csv = (text: string, options = {}) => all(csvItems(textChunks(inPieces(text, [])), options));

describe('CSV', () => {
  it('comes back as it was quoted, however it is cut into pieces', async () => {
    const fields = fc.array(
      fc.array(
        fc.string({
          unit: fc.constantFrom('a', 'ä', '😀', ' ', ',', '|', ';', '\t', '"', '\n', '\r'),
        }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      { maxLength: 5 },
    );
    const delimiters = fc.constantFrom(...Object.values(csvDelimiters));
    const ends = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(fields, delimiters, ends, pieces, async (records, delimiter, end, cuts) => {
        const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
        const text = records.map((record) => record.map(quoted).join(delimiter) + end).join('');
        const read = csvRecords(textChunks(inPieces(text, cuts)), delimiter);
        expect(await all(read)).toEqual(records);
      }),
    );
  });

  it.each([
    ['no rows', 'a,b\n', []],
    ['nothing at all', '', []],
    ['no newline at its end', 'a,b\n1,2', [{ a: '1', b: '2' }]],
    ['a byte order mark', '\ufeffa\n1', [{ a: '1' }]],
    ['Windows newlines', 'a,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
    ['empty lines', 'a,b\n\n1,2\n\n', [{ a: '1', b: '2' }]],
    ['too few fields', 'a,b\n1\n', [{ a: '1', b: '' }]],
    ['too many fields', 'a,b\n1,2,3\n', [{ a: '1', b: '2' }]],
    ['empty fields', 'a,b\n,\n', [{ a: '', b: '' }]],
    ['a quote within a field', 'a\n1"2\n', [{ a: '1"2' }]],
    ['escapes', 'a,b\nC:\\\\x,1\\,2\n', [{ a: 'C:\\x', b: '1,2' }]],
    ['a backslash before anything else', 'a\n1\\n2\n', [{ a: '1n2' }]],
  ])('with %s', async (_what, text, items) => {
    expect(await csv(text)).toEqual(items);
  });

  it('has the headers that are given', async () => {
    expect(await csv('1|2', { headers: ['a', 'b'], delimiter: 'PIPE' })).toEqual([
      { a: '1', b: '2' },
    ]);
  });

  it.each([
    ['quotes that are not closed', 'a\n"1\n', /record 2/],
    ['a record without end', `a\n"${'x'.repeat(300_000)}`, /longer than/],
    ['headers over 10 KiB', `${'x'.repeat(10_241)}\n1`, /10241 bytes/],
    ['a header twice', 'a,b,a\n1,2,3', /"a" twice/],
  ])('is refused for %s', async (_what, text, message) => {
    await expect(csv(text)).rejects.toMatchObject({
      name: 'States.ItemReaderFailed',
      message: expect.stringMatching(message),
    });
  });

  it('is refused if it is not UTF-8', async () => {
    await expect(
      all(csvItems(textChunks(inPieces(Buffer.of(0x61, 0xff), [])))),
    ).rejects.toMatchObject({ name: 'States.ItemReaderFailed' });
  });
});

const values = fc.array(fc.jsonValue());

it('a JSON array comes back as it was, however it is cut into pieces and spaced', async () => {
  await fc.assert(
    fc.asyncProperty(values, pieces, fc.constantFrom(0, 2), async (items, cuts, space) => {
      const text = ` ${JSON.stringify(items, undefined, space)}\n`;
      const expected = JSON.parse(text);
      expect(await all(jsonArrayItems(textChunks(inPieces(text, cuts))))).toEqual(expected);
    }),
  );
});

it('JSON Lines come back as they were, however they are cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      values,
      pieces,
      fc.constantFrom('\n', '\r\n', '\n\n'),
      async (items, cuts, end) => {
        const text = items.map((item) => JSON.stringify(item) + end).join('');
        const expected = JSON.parse(JSON.stringify(items));
        expect(await all(jsonLinesItems(textChunks(inPieces(text, cuts))))).toEqual(expected);
      },
    ),
  );
});

it.each(['', '{}', '1', '[1', '[1,]', '[,1]', '[1 2]', '[1]]', '[1] 2', '["a]', '[{]}]', '[}]'])(
  'what is no JSON array is refused: %s',
  async (text) => {
    await expect(all(jsonArrayItems(textChunks(inPieces(text, []))))).rejects.toMatchObject({
      name: 'States.ItemReaderFailed',
    });
  },
);

it('a value or line without end is never held whole', async () => {
  async function* endless() {
    for (;;) yield Buffer.alloc(65_536, 'x');
  }
  async function* after(start: string) {
    yield Buffer.from(start);
    yield* endless();
  }
  for (const read of [jsonArrayItems, jsonLinesItems])
    await expect(all(read(textChunks(after('["'))))).rejects.toThrow('longer than');
});

it('batches hold every item once, in order, and are as large as their bounds let them', () => {
  const bounds = fc.record({
    mostItems: fc.integer({ min: 1, max: 5 }),
    mostBytes: fc.integer({ min: 20, max: 60 }),
  });
  fc.assert(
    fc.property(
      values,
      bounds,
      fc.option(fc.constant({ a: 1 }), { nil: undefined }),
      (items, limits, batchInput) => {
        const batcher = createBatcher({ ...limits, ...(batchInput && { input: batchInput }) });
        const texts = items.flatMap((item) => batcher.add(JSON.stringify(item)) ?? []);
        const made = [...texts, batcher.rest() ?? []].flat().map(({ input }) => JSON.parse(input));
        expect(made.flatMap(({ Items }) => Items)).toEqual(JSON.parse(JSON.stringify(items)));
        for (const [index, batch] of made.entries()) {
          const bytes = Buffer.byteLength(JSON.stringify(batch));
          expect(batch.Items.length === 1 || bytes <= limits.mostBytes).toBe(true);
          expect(batch.Items.length).toBeLessThanOrEqual(limits.mostItems);
          const next = made[index + 1]?.Items[0];
          if (next === undefined) continue;
          const fuller = Buffer.byteLength(
            JSON.stringify({ ...batch, Items: [...batch.Items, next] }),
          );
          expect(batch.Items.length === limits.mostItems || fuller > limits.mostBytes).toBe(true);
        }
      },
    ),
  );
});
