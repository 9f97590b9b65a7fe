import { describe, expect, it } from 'vitest';
import { announcedLength, announcedSha256, maxBodyBytes } from './announced.ts';

describe('the announced length', () => {
  it.each([
    [{ 'content-length': '0' }, 0],
    [{ 'content-length': String(maxBodyBytes) }, maxBodyBytes],
    [{}, 0],
  ])('of %j is %i', (headers, length) => {
    expect(announcedLength(headers, false)).toBe(length);
  });

  it('is that of the body without its framing', () => {
    const headers = { 'content-length': '99', 'x-amz-decoded-content-length': '7' };
    expect(announcedLength(headers, true)).toBe(7);
    expect(announcedLength(headers, false)).toBe(99);
  });

  it.each<[Readonly<Record<string, string>>, boolean, string]>([
    [{ 'content-length': String(maxBodyBytes + 1) }, false, 'EntityTooLarge'],
    [{ 'content-length': '-1' }, false, 'InvalidArgument'],
    [{ 'content-length': '1e3' }, false, 'InvalidArgument'],
    [{ 'content-length': '1234567890123456' }, false, 'InvalidArgument'],
    [{ 'transfer-encoding': 'chunked' }, false, 'MissingContentLength'],
    [{ 'content-length': '9' }, true, 'MissingContentLength'],
  ])('of %j (chunked: %s) is refused as %s', (headers, chunked, code) => {
    expect(() => announcedLength(headers, chunked)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the announced SHA-256', () => {
  const sha256 = 'a'.repeat(64);

  it.each([
    [undefined, undefined],
    ['UNSIGNED-PAYLOAD', undefined],
    ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', undefined],
    [sha256, sha256],
  ])('%s is %s', (text, expected) => {
    expect(announcedSha256(text === undefined ? {} : { 'x-amz-content-sha256': text })).toBe(
      expected,
    );
  });

  it.each(['', 'A'.repeat(64), `${sha256}a`, 'UNSIGNED'])('"%s" is refused', (text) => {
    expect(() => announcedSha256({ 'x-amz-content-sha256': text })).toThrow('valid sha256 value');
  });
});
