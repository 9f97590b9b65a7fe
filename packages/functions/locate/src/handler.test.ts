import { type FaultyS3, startFaultyS3, stubS3 } from '@chorus/emulator-s3/testing';
import {
  gpsTags,
  jpegOfClaimedSize,
  pngHeader,
  samplePicture,
} from '@chorus/photo/testing/sample-photos';
import type { Handler, InvocationContext } from '@chorus/runtime/bootstrap';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocateHandler } from './handler.ts';

const nairobi = { lat: -1.2921, lon: 36.8219 };
const key = 'uploads/2026-11-22/photo.jpg';
const handler: Handler = createLocateHandler();
let uploads: FaultyS3;

beforeEach(async () => {
  uploads = await startFaultyS3(['photos']);
  stubS3(uploads);
  vi.stubEnv('UPLOADS_BUCKET', 'photos');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await uploads.close();
});

function contextOf(changes: Partial<InvocationContext> = {}): InvocationContext {
  const deadlineMs = Date.now() + 10_000;
  return { requestId: 'r', deadlineMs, functionArn: 'arn', notes: {}, ...changes };
}

function ask(event: unknown): Promise<unknown> {
  return handler(event, contextOf());
}

const atNairobi = {
  location: { lat: expect.closeTo(nairobi.lat, 5), lon: expect.closeTo(nairobi.lon, 5) },
};

describe('the place of a photo', () => {
  it('in the request is told', async () => {
    const image = (await samplePicture().jpeg().withExif(gpsTags(nairobi)).toBuffer()).toString(
      'base64',
    );
    expect(await ask({ image })).toEqual(atNairobi);
  });

  it('is null where the photo does not say it', async () => {
    const image = (await samplePicture().png().toBuffer()).toString('base64');
    const context = contextOf();
    expect(await handler({ image }, context)).toEqual({ location: null });
    expect(context.notes).toEqual({ located: false });
  });

  it.each([
    ['jpeg', 1],
    ['png', 2],
    ['webp', 2],
    ['tiff', 2],
  ] as const)('in a large uploaded %s takes %i requests', async (format, requests) => {
    const create = { width: 700, height: 700, channels: 3, background: 'black' } as const;
    const noise = { type: 'gaussian', mean: 128, sigma: 70 } as const;
    const picture = sharp({ create: { ...create, noise } });
    const bytes = await (format === 'png' ? picture.png() : picture[format]({ quality: 100 }))
      .withExif(gpsTags(nairobi))
      .toBuffer();
    expect(bytes.length).toBeGreaterThan(262_144);
    await uploads.put(`photos/${key}`, bytes);
    // What sharp writes as TIFF has no EXIF.
    expect(await ask({ key })).toEqual(format === 'tiff' ? { location: null } : atNairobi);
    expect(uploads.requests).toEqual(
      [`GET /photos/${key} bytes=0-262143`, `GET /photos/${key}`].slice(0, requests),
    );
  });

  it('is found where a depth map of 300 kB stands between EXIF and the picture, as phones write it', async () => {
    const jpeg = await samplePicture().jpeg().withExif(gpsTags(nairobi)).toBuffer();
    const exifEnd = 2 + 2 + jpeg.readUInt16BE(4);
    const extended = Buffer.alloc(2 + 65_533, 'x');
    extended.writeUInt16BE(0xffe1, 0);
    extended.writeUInt16BE(65_533, 2);
    const parts = [jpeg.subarray(0, exifEnd), ...Array(5).fill(extended.subarray(0, 65_535))];
    await uploads.put(`photos/${key}`, Buffer.concat([...parts, jpeg.subarray(exifEnd)]));
    expect(await ask({ key })).toEqual(atNairobi);
    expect(uploads.requests).toEqual([`GET /photos/${key} bytes=0-262143`, `GET /photos/${key}`]);
  });

  it('in a small uploaded photo takes one request', async () => {
    await uploads.put(
      `photos/${key}`,
      await samplePicture().webp().withExif(gpsTags(nairobi)).toBuffer(),
    );
    expect(await ask({ key })).toEqual(atNairobi);
    expect(uploads.requests).toHaveLength(1);
  });
});

describe('the locate function', () => {
  it('says that it is ready', async () => {
    expect(await ask({ chorus: 'ready' })).toEqual({ ready: true });
  });

  it.each([
    ['nothing', null],
    ['neither key nor image', {}],
    ['both', { key, image: 'AAAA' }],
    ['a key that is no string', { key: 7 }],
    ['a list', []],
    ['a deadline that is no number', { key, deadlineMs: 'soon' }],
    ['a key outside of the uploads', { key: 'uploads/../models/svr/v1/model.onnx' }],
    ['an image that is not base64', { image: '…' }],
    ['an image of 0 bytes', { image: '' }],
  ])('refuses %s as an invalid request', async (_name, event) => {
    await expect(ask(event)).rejects.toMatchObject({ name: 'InvalidRequestError', status: 400 });
    expect(uploads.requests).toEqual([]);
  });

  it('refuses what is no photo, what was never uploaded and what is a bomb', async () => {
    const image = Buffer.from('GIF89a').toString('base64');
    await expect(ask({ image })).rejects.toMatchObject({ name: 'UnsupportedMediaTypeError' });
    await expect(ask({ key })).rejects.toMatchObject({ name: 'NotFoundError' });
    await uploads.put(`photos/${key}`, pngHeader(40_000, 40_000));
    await expect(ask({ key })).rejects.toMatchObject({ name: 'PayloadTooLargeError' });
  });

  it('refuses a bomb by its start, however large it is', async () => {
    const jpeg = await jpegOfClaimedSize(65_000, 65_000);
    await uploads.put(`photos/${key}`, Buffer.concat([jpeg, Buffer.alloc(300_000)]));
    await expect(ask({ key })).rejects.toMatchObject({ name: 'PayloadTooLargeError' });
    expect(uploads.requests).toEqual([`GET /photos/${key} bytes=0-262143`]);
  });

  it('does not begin when a deadline is past, the caller’s or Lambda’s', async () => {
    const event = { key, deadlineMs: Date.now() - 1 };
    await expect(ask(event)).rejects.toMatchObject({ name: 'DeadlineExceededError' });
    const late = contextOf({ deadlineMs: Date.now() - 1 });
    await expect(handler({ key }, late)).rejects.toMatchObject({ name: 'DeadlineExceededError' });
    expect(uploads.requests).toEqual([]);
  });

  it('is unavailable when S3 is, and says so before the deadline', async () => {
    await uploads.shut();
    const deadlineMs = Date.now() + 500;
    await expect(ask({ key, deadlineMs })).rejects.toMatchObject({ name: 'UnavailableError' });
  });
});
