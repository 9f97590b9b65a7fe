import { describe, expect, it } from 'vitest';
import { isBucketFacts, isPart, isStoredObject, isUploadFacts } from './records.ts';

const checksum = { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'AAAAAA==' };
const texts = [{}, { a: 'b' }];
const noTexts = [undefined, null, [], 'a', { a: 1 }, { a: 'b', c: null }];
const wholes = [0, 1, Number.MAX_SAFE_INTEGER];
const noWholes = [undefined, null, -1, 0.5, '1', Number.MAX_SAFE_INTEGER + 1];
const noText = [undefined, null, 5, {}];
const noKind = [
  null,
  'CRC32',
  [],
  {},
  { ...checksum, algorithm: 'CRC16' },
  { ...checksum, algorithm: 5 },
  { ...checksum, type: 'HALF' },
];
const noChecksum = [...noKind, { ...checksum, value: undefined }, { ...checksum, value: 5 }];
const checksums = [undefined, checksum, { ...checksum, type: 'COMPOSITE', algorithm: 'SHA256' }];

/** Each kind of record: a good one, and by field the values that are good there and that are not. */
const records: readonly {
  readonly kind: string;
  readonly is: (value: unknown) => boolean;
  readonly record: object;
  readonly fields: Readonly<Record<string, readonly [readonly unknown[], readonly unknown[]]>>;
}[] = [
  {
    kind: 'a bucket',
    is: isBucketFacts,
    record: { created: 1, region: 'us-east-1' },
    fields: { created: [wholes, noWholes], region: [['', 'x'], noText] },
  },
  {
    kind: 'an object',
    is: isStoredObject,
    record: { key: 'k', size: 1, modified: 1, etag: 'e', headers: {}, metadata: {} },
    fields: {
      key: [['k'], noText],
      size: [wholes, noWholes],
      modified: [wholes, noWholes],
      etag: [['e'], noText],
      headers: [texts, noTexts],
      metadata: [texts, noTexts],
      checksum: [checksums, noChecksum],
      uploadId: [
        [undefined, 'u'],
        [null, 5],
      ],
    },
  },
  {
    kind: 'a part',
    is: isPart,
    record: { number: 1, size: 1, etag: 'e', modified: 1 },
    fields: {
      number: [wholes, noWholes],
      size: [wholes, noWholes],
      modified: [wholes, noWholes],
      etag: [['e'], noText],
      checksum: [checksums, noChecksum],
    },
  },
  {
    kind: 'an upload',
    is: isUploadFacts,
    record: { bucket: 'b', key: 'k', initiated: 1, headers: {}, metadata: {} },
    fields: {
      bucket: [['b'], noText],
      key: [['k'], noText],
      initiated: [wholes, noWholes],
      headers: [texts, noTexts],
      metadata: [texts, noTexts],
      // Its value is known when it is complete.
      checksum: [[...checksums, { ...checksum, value: undefined }], noKind],
    },
  },
];

describe.each(records)('the record of $kind', ({ is, record, fields }) => {
  it('is an object', () => {
    expect([record, null, undefined, [], 'x', 5, {}].map(is)).toEqual([
      true,
      ...Array.from({ length: 6 }, () => false),
    ]);
  });

  it.each(Object.entries(fields))('has the right %s', (name, [right, wrong]) => {
    for (const value of right) expect(is({ ...record, [name]: value }), String(value)).toBe(true);
    for (const value of wrong) expect(is({ ...record, [name]: value }), String(value)).toBe(false);
  });
});
