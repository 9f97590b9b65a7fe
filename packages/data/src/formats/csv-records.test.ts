import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords } from './csv-records.ts';

/** The text in pieces that end at random places. */
async function* inPieces(text: string, ends: readonly number[]): AsyncGenerator<string> {
  const places = [...new Set(ends.map((end) => end % (text.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, text.length]) {
    yield text.slice(from, to);
    from = to;
  }
}

async function recordsOf(text: string, ends: readonly number[] = []) {
  const found: (readonly string[])[] = [];
  for await (const records of csvRecords(inPieces(text, ends))) found.push(...records);
  return found;
}

const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;

describe('csvRecords', () => {
  it('reads back what was written by RFC 4180, wherever the pieces end', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '1', ' ', ',', '"', '\n', '\r', 'é') });
    const record = fc.array(fc.tuple(field, fc.boolean()), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 6 }),
        async (records, feed, isClosed, ends) => {
          const lines = records.map((fields) =>
            fields
              .map(([text, inQuotes]) =>
                inQuotes || /[",\n\r]/.test(text) || fields.length === 1 ? quoted(text) : text,
              )
              .join(','),
          );
          const text = lines.join(feed) + (isClosed ? feed : '');
          const expected = records
            .map((fields) => fields.map(([content]) => content))
            .filter((fields) => fields.length > 1 || fields[0] !== '');
          expect(await recordsOf(text, ends)).toEqual(expected);
        },
      ),
    );
  });

  it('takes a quote within a field that has none around it for itself', async () => {
    expect(await recordsOf('a,b\n6" pipe,"x"\n')).toEqual([
      ['a', 'b'],
      ['6" pipe', 'x'],
    ]);
  });

  it.each([
    ['a,b\n1,"2\n3,4\n', 'The quotes that row 1 opens are not closed'],
    ['a,b\n1,2\n"1"x,2\n', 'Row 2 goes on behind its closing quotes'],
    [`a\n${'1'.repeat(1_000_001)}`, 'longer than a million letters'],
    [`a\n"${'1'.repeat(1_000_001)}`, 'longer than a million letters'],
  ])('refuses %.20j', async (text, message) => {
    await expect(recordsOf(text)).rejects.toThrow(message);
  });
});
