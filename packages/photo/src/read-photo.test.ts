import { type FaultyS3, startFaultyS3, stubS3 } from '@chorus/emulator-s3/testing';
import {
  InvalidRequestError,
  NotFoundError,
  PayloadTooLargeError,
  UnavailableError,
} from '@chorus/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PhotoReference, type ReadOptions, readPhoto } from './read-photo.ts';

const key = 'uploads/2026-11-22/photo.jpg';
let uploads: FaultyS3;

beforeEach(async () => {
  uploads = await startFaultyS3(['photos']);
  await uploads.put(`photos/${key}`, Buffer.from('bytes of a photo'));
  stubS3(uploads);
  vi.stubEnv('UPLOADS_BUCKET', 'photos');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await uploads.close();
});

function read(reference: PhotoReference, options: Partial<ReadOptions> = {}): Promise<Buffer> {
  return readPhoto(reference, { deadlineMs: Date.now() + 10_000, ...options });
}

describe('a photo that was uploaded', () => {
  it('is read whole with one request', async () => {
    expect((await read({ key })).toString()).toBe('bytes of a photo');
    expect(uploads.requests).toEqual([`GET /photos/${key}`]);
  });

  it('is read in part where its start is enough', async () => {
    expect((await read({ key }, { firstBytes: 5 })).toString()).toBe('bytes');
    expect(uploads.requests).toEqual([`GET /photos/${key} bytes=0-4`]);
  });

  it('is asked for again when S3 fails', async () => {
    uploads.troubles.push(...Array.from({ length: 2 }, () => ({ status: 503, code: 'SlowDown' })));
    expect(await read({ key })).toHaveLength(16);
    expect(uploads.requests).toHaveLength(3);
  });

  it('is given up in time to say so before the deadline', async () => {
    uploads.troubles.push(
      ...Array.from({ length: 1000 }, () => ({ status: 503, code: 'SlowDown' })),
    );
    const deadlineMs = Date.now() + 700;
    const thrown = await read({ key }, { deadlineMs }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UnavailableError);
    expect(thrown).toMatchObject({
      message: 'uploaded photos cannot be read right now; try again',
      cause: { reason: 'unreachable' },
    });
    expect(Date.now()).toBeLessThan(deadlineMs + 5_000);
  });

  it('and is not there is named, with what may have happened', async () => {
    const missing = read({ key: 'uploads/2026-01-01/gone.jpg' });
    await expect(missing).rejects.toThrow(NotFoundError);
    await expect(missing).rejects.toThrow(
      'no photo at uploads/2026-01-01/gone.jpg: it was never uploaded or has expired',
    );
  });

  it('of 0 bytes is refused, read whole or in part', async () => {
    await uploads.put(`photos/${key}`, Buffer.alloc(0));
    await expect(read({ key })).rejects.toThrow(InvalidRequestError);
    await expect(read({ key })).rejects.toThrow('0 bytes');
  });

  it('of more than 20 MB is refused without being downloaded, also in part', async () => {
    await uploads.put(`photos/${key}`, Buffer.alloc(20_000_001));
    await expect(read({ key })).rejects.toThrow(PayloadTooLargeError);
    await expect(read({ key }, { firstBytes: 10 })).rejects.toThrow('more than 20000000 bytes');
    await uploads.put(`photos/${key}`, Buffer.alloc(20_000_000));
    expect(await read({ key })).toHaveLength(20_000_000);
  });

  it('outside of the uploads is not even asked for', async () => {
    await expect(read({ key: 'uploads/../models/a' })).rejects.toThrow(InvalidRequestError);
    expect(uploads.requests).toEqual([]);
  });

  it('needs to be told the bucket', async () => {
    vi.stubEnv('UPLOADS_BUCKET', '');
    await expect(read({ key })).rejects.toThrow('UPLOADS_BUCKET is not set');
  });
});

describe('a photo in base64', () => {
  it('is decoded, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
        const image = Buffer.from(bytes).toString('base64');
        expect(new Uint8Array(await read({ image }))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['has line breaks', 'AAAA\nAAA=\n'],
    ['is of the alphabet for URLs', 'AAAAAAA'],
    ['is a data: URL', 'data:image/jpeg;base64,AAAAAAA='],
  ])('that %s is taken', async (_name, image) => {
    expect(await read({ image })).toEqual(Buffer.alloc(5));
  });

  it.each([
    ['is empty', '', '0 bytes'],
    ['is nothing but a line break', '\n', '0 bytes'],
    ['is cut off', 'AAAAA', 'cut off'],
    ['is padded in the middle', 'A=AA', 'not base64'],
    ['has other characters', 'AAA*', 'other characters'],
    ['is a data: URL of text', 'data:image/svg+xml,<svg/>', 'must say ;base64'],
  ])('that %s is refused', async (_name, image, message) => {
    await expect(read({ image })).rejects.toThrow(InvalidRequestError);
    await expect(read({ image })).rejects.toThrow(message);
  });

  it('of more than 20 MB is refused', async () => {
    const image = 'A'.repeat(26_666_668);
    await expect(read({ image })).rejects.toThrow(PayloadTooLargeError);
    expect(await read({ image: `${image.slice(1)}=` })).toHaveLength(20_000_000);
  });
});
