import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { HttpAnswer } from '@chorus/runtime/proxy-event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compress, decompress, maxBodyBytes } from './compression.ts';

function answer(length: number): HttpAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body: Buffer.alloc(length, 'x') };
}

describe('decompress', () => {
  it('gives back what was compressed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(Buffer.from(await decompress(gzipSync(bytes), 'gzip'))).toEqual(Buffer.from(bytes));
        expect(Buffer.from(await decompress(deflateSync(bytes), ' Deflate '))).toEqual(
          Buffer.from(bytes),
        );
        expect(await decompress(bytes, undefined)).toBe(bytes);
      }),
    );
  });

  it('holds at most the limit, exactly', async () => {
    const fits = gzipSync(Buffer.alloc(maxBodyBytes));
    expect(await decompress(fits, 'gzip')).toHaveLength(maxBodyBytes);
    const bomb = gzipSync(Buffer.alloc(maxBodyBytes + 1));
    await expect(decompress(bomb, 'gzip')).rejects.toMatchObject({ status: 413 });
    await expect(decompress(Buffer.alloc(maxBodyBytes + 1), '')).rejects.toMatchObject({
      status: 413,
    });
  });

  it.each(['br', 'gzip, gzip', 'constructor'])('refuses the coding %s', async (coding) => {
    await expect(decompress(Buffer.from('x'), coding)).rejects.toMatchObject({ status: 415 });
  });
});

describe('compress', () => {
  it.each([
    ['gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['GZIP, deflate, br', 'gzip'],
    ['gzip;q=0.2, deflate;q=0.8', 'deflate'],
    ['*', 'gzip'],
    ['gzip;q=0, *', 'deflate'],
    ['identity, gzip;q=0.5', undefined],
    ['gzip;q=0', undefined],
    ['br', undefined],
    ['gzip;q=high', undefined],
    [undefined, undefined],
  ])('for Accept-Encoding %s chooses %s', async (header, coding) => {
    const { headers } = await compress(answer(5000), header);
    expect(headers['content-encoding']).toBe(coding);
    expect(headers['vary']).toBe('accept-encoding');
  });

  it('makes what its header says', async () => {
    const gzipped = await compress(answer(5000), 'gzip');
    expect(gunzipSync(gzipped.body)).toEqual(answer(5000).body);
    const deflated = await compress(answer(5000), 'deflate');
    expect(inflateSync(deflated.body)).toEqual(answer(5000).body);
    expect(deflated.body.length).toBeLessThan(100);
  });

  it('leaves small answers alone', async () => {
    expect(await compress(answer(1023), 'gzip')).toEqual(answer(1023));
  });
});
