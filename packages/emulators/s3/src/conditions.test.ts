import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { checkReadConditions, writeCondition } from './conditions.ts';
import { S3Error } from './errors.ts';
import { startS3 } from './testing/start-s3.ts';

describe('conditions of reads', () => {
  it('take a date to the second, as it is told', async () => {
    const date = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
    const dated = await startS3({ now: () => date.getTime() + 400 });
    const key = { Bucket: 'box', Key: 'k' };
    await dated.client.send(new PutObjectCommand({ ...key, Body: 'x' }));
    const ask = (more: object) =>
      dated.client.send(new HeadObjectCommand({ ...key, ...more })).then(
        () => 200,
        (error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode,
      );
    const before = new Date(date.getTime() - 1000);
    expect(await ask({ IfUnmodifiedSince: date })).toBe(200);
    expect(await ask({ IfUnmodifiedSince: before })).toBe(412);
    expect(await ask({ IfModifiedSince: date })).toBe(304);
    expect(await ask({ IfModifiedSince: before })).toBe(200);
    await dated.remove();
  });
});

const object = {
  key: 'k',
  size: 1,
  etag: 'e1',
  modified: Date.parse('2026-01-02T03:04:05.600Z'),
  headers: {},
  metadata: {},
};
const [before, then, after] = [4, 5, 6].map((second) =>
  new Date(Date.UTC(2026, 0, 2, 3, 4, second)).toUTCString(),
);

/** The name of the error that a check throws; `passes` when it throws none. */
function outcomeOf(check: () => void): string {
  try {
    check();
    return 'passes';
  } catch (error) {
    return error instanceof S3Error ? error.code : String(error);
  }
}

describe.each(['', 'x-amz-copy-source-'])('a read with conditions named %s…', (prefix) => {
  const notModified = prefix === '' ? 'NotModified' : 'PreconditionFailed';

  it.each([
    [{}, 'passes'],
    [{ 'if-match': '"e1"' }, 'passes'],
    [{ 'if-match': 'e1' }, 'passes'],
    [{ 'if-match': '"e0", W/"e1"' }, 'passes'],
    [{ 'if-match': '*' }, 'passes'],
    [{ 'if-match': '"e2"' }, 'PreconditionFailed'],
    [{ 'if-none-match': '"e2"' }, 'passes'],
    [{ 'if-none-match': '"e1"' }, notModified],
    [{ 'if-none-match': '*' }, notModified],
    [{ 'if-unmodified-since': after }, 'passes'],
    [{ 'if-unmodified-since': then }, 'passes'],
    [{ 'if-unmodified-since': before }, 'PreconditionFailed'],
    [{ 'if-modified-since': before }, 'passes'],
    [{ 'if-modified-since': then }, notModified],
    [{ 'if-modified-since': after }, notModified],
    [{ 'if-unmodified-since': 'soon', 'if-modified-since': 'soon' }, 'passes'],
    // RFC 9110 section 13.2.2: a tag goes before a date.
    [{ 'if-match': '"e1"', 'if-unmodified-since': before }, 'passes'],
    [{ 'if-none-match': '"e2"', 'if-modified-since': then }, 'passes'],
    [{ 'if-none-match': '"e1"', 'if-modified-since': before }, notModified],
    [{ 'if-match': '"e2"', 'if-none-match': '"e1"' }, 'PreconditionFailed'],
  ])('%j: %s', (headers, outcome) => {
    const named = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`${prefix}${name}`, String(value)]),
    );
    expect(outcomeOf(() => checkReadConditions(named, object, prefix))).toBe(outcome);
  });
});

describe('a write with conditions', () => {
  it.each([
    [{}, 'passes', 'passes'],
    [{ 'if-none-match': '*' }, 'PreconditionFailed', 'passes'],
    [{ 'if-match': '"e1"' }, 'passes', 'NoSuchKey'],
    [{ 'if-match': '"e2"' }, 'PreconditionFailed', 'NoSuchKey'],
    [{ 'if-match': '*' }, 'passes', 'NoSuchKey'],
    [{ 'if-none-match': '"e1"' }, 'NotImplemented', 'NotImplemented'],
  ])('%j: over an object %s, over none %s', (headers, over, without) => {
    const named = Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)]));
    const outcome = (current: typeof object | undefined) =>
      outcomeOf(() => writeCondition(named, 'k')(current));
    expect([outcome(object), outcome(undefined)]).toEqual([over, without]);
  });
});
