import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { askForUpload, identify, photo, upload } from './photos.ts';
import type { TestCloud } from './test-cloud.ts';

/** Describes photos that are none, and those that only look like it. */
export function describeBadPhotos(cloudOf: () => TestCloud): void {
  let cloud: TestCloud;
  let cat: Buffer<ArrayBuffer>;

  beforeAll(async () => {
    cloud = cloudOf();
    cat = await photo('cat-chelsea.jpg');
  });

  const base64 = (bytes: Buffer): string => bytes.toString('base64');

  describe('bad input', () => {
    /** Returns a PNG of 40,000 x 40,000 pixels by its header. */
    function bomb(): Buffer {
      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
        'base64',
      );
      png.writeUInt32BE(40_000, 16);
      png.writeUInt32BE(40_000, 20);
      return png;
    }

    const bodies: readonly (readonly [string, number, () => unknown])[] = [
      ['no image', 415, () => ({ image: base64(Buffer.from('hello, I am a cat')) })],
      ['no base64', 400, () => ({ image: '***' })],
      ['a truncated photo', 400, () => ({ image: base64(cat.subarray(0, cat.byteLength / 2)) })],
      ['a decompression bomb', 413, () => ({ image: base64(bomb()) })],
      ['a key outside the uploads', 400, () => ({ key: 'uploads/../models/svr/v1/model.onnx' })],
      ['a key of another bucket', 400, () => ({ key: 's3://chorus-models/models/x' })],
      ['a key without an upload', 404, () => ({ key: 'uploads/2026-01-01/none.jpg' })],
      ['an absurd place', 422, () => ({ image: base64(cat), location: { lat: 91, lon: 0 } })],
    ];

    it.each(bodies)('such as %s is refused with %i and why', async (_, expected, bodyOf) => {
      const { status, body } = await identify(cloud, bodyOf());
      expect(body.error).toEqual(expect.any(String));
      expect(status).toBe(expected);
    });

    it('is explained in the words of the request', async () => {
      for (const image of ['***', 'data:image/jpeg,abc', '']) {
        const { body } = await identify(cloud, { image });
        expect(body.error).toMatch(/^image: /);
      }
      const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
      const { body } = await identify(cloud, { image: base64(heic) });
      expect(body.error).toContain('convert it to JPEG');
      expect(
        (await askForUpload(cloud, { contentType: 'image/heic', bytes: 5 })).body.error,
      ).toContain('convert it to JPEG');
    });

    it.each([
      [
        'animated, of which the first frame counts',
        async () => {
          const { width, height } = await sharp(cat).metadata();
          const dog = sharp(await photo('dog-shepherd.jpg')).resize({ width, height });
          const frames = [cat, await dog.toBuffer()];
          return sharp(frames, { join: { animated: true } })
            .webp()
            .toBuffer();
        },
      ],
      ['in CMYK', () => sharp(cat).toColourspace('cmyk').jpeg().toBuffer()],
      ['of 16 bits', () => sharp(cat).resize(300).toColourspace('rgb16').png().toBuffer()],
    ])('is not a photo %s', async (_, make) => {
      const key = await upload(cloud, Buffer.from(await make()));
      const { status, body } = await identify(cloud, { key });
      expect([status, body.predictions[0].label]).toEqual([200, 'cat']);
    });

    it('leaves the workers alive', async () => {
      const before = await identify(cloud, { image: base64(cat) });
      await Promise.all(bodies.map(([, , bodyOf]) => identify(cloud, bodyOf())));
      const after = await identify(cloud, { image: base64(cat) });
      expect(after.body.predictions).toEqual(before.body.predictions);
      expect(after.body.models['image-classifier']).toMatchObject({ coldStart: false });
    });
  });
}
