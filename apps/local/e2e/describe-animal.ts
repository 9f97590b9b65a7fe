import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@chorus/cli';
import { createClient } from '@chorus/protocol';
import { type ImageSection, parseManifest } from '@chorus/registry/manifest';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { askForUpload, identify, photo, upload } from './photos.ts';
import { root, type TestCloud } from './test-cloud.ts';

/** Describes photos, uploads and a change of the classifier. */
export function describeAnimal(cloudOf: () => TestCloud): void {
  let cloud: TestCloud;
  let cat: Buffer<ArrayBuffer>;

  beforeAll(async () => {
    cloud = cloudOf();
    cat = await photo('cat-chelsea.jpg');
  });

  const base64 = (bytes: Buffer): string => bytes.toString('base64');

  /** Runs the command line. @returns its exit code and all it said */
  async function chorus(...argv: readonly string[]): Promise<string> {
    let told = '';
    const stream = { write: (text: string) => (told += text) } as unknown as NodeJS.WriteStream;
    const env = { AWS_ENDPOINT_URL: cloud.url, CHORUS_DIRECTORY: cloud.directory };
    const code = await run(argv, { stdin: process.stdin, stdout: stream, stderr: stream, env });
    return `${code} ${told}`;
  }

  /** The cat photographed at 1°17'31" S, 36°49'19" E: Nairobi. */
  function inNairobi(bytes: Buffer): Promise<Buffer> {
    return sharp(bytes)
      .withExif({
        IFD3: {
          GPSLatitudeRef: 'S',
          GPSLatitude: '1/1 17/1 31/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '36/1 49/1 19/1',
        },
      })
      .toBuffer();
  }

  describe('a photo', () => {
    it('is identified, with how sure the photo and the place are each', async () => {
      const { status, body } = await identify(cloud, { image: base64(await inNairobi(cat)) });
      expect(status).toBe(200);
      expect(body.failed).toEqual({});
      expect(body.location).toEqual({
        lat: expect.closeTo(-1.2919, 3),
        lon: expect.closeTo(36.8219, 3),
        source: 'exif',
        country: 'KE',
      });
      const [{ top, ...best }] = body.predictions;
      expect(best).toMatchObject({
        label: 'cat',
        probability: expect.any(Number),
        visual: expect.any(Number),
        prior: expect.any(Number),
        outOfRange: false,
      });
      expect(best.animals).toMatchObject([
        { label: 'cat', box: Array(4).fill(expect.any(Number)) },
      ]);
      expect(top).toHaveLength(10);
      expect(top.find(({ label }) => label === 'bear')?.outOfRange).toBe(true);
      expect(body.models).toMatchObject({ 'image-classifier': { version: 'v1', attempts: 1 } });
    });

    it('may be uploaded first, under any rotation a camera writes', async () => {
      const rotated = await sharp(cat).rotate(90).withMetadata({ orientation: 8 }).toBuffer();
      const key = await upload(cloud, Buffer.from(rotated));
      expect(key).toMatch(/^uploads\//);
      const { status, body } = await identify(cloud, { key });
      expect(status).toBe(200);
      expect(body.predictions[0].label).toBe('cat');
      expect(body.location).toBeNull();
      expect(body.predictions[0].prior).toBeNull();
    });

    it('belongs where the request says rather than where the camera does', async () => {
      const { body } = await identify(cloud, {
        image: base64(await inNairobi(cat)),
        location: { lat: 52.52, lon: 13.4 },
      });
      expect(body.location).toEqual({ lat: 52.52, lon: 13.4, source: 'request', country: 'DE' });
      expect(body.predictions[0].top.find(({ label }) => label === 'giraffe')?.outOfRange).toBe(
        true,
      );
    });

    it('without an animal has no label', async () => {
      const { status, body } = await identify(cloud, {
        image: base64(await photo('none-coffee.jpg')),
      });
      expect(status).toBe(200);
      expect(body.predictions[0]).toMatchObject({
        label: null,
        probability: null,
        other: null,
        animals: [],
      });
    });

    it('of another animal has no label, but says what it looks like', async () => {
      const panda = await photo('other-panda.jpg');
      const { body } = await identify(cloud, { image: base64(panda) });
      expect(body.predictions[0]).toMatchObject({
        label: null,
        probability: null,
        other: { name: 'giant panda', probability: expect.closeTo(0.8, 0) },
      });
      const client = createClient({ url: cloud.url });
      const data = [base64(panda)];
      const parameters = { content_type: 'base64' };
      const input = { name: 'image', datatype: 'BYTES', shape: [1], parameters, data } as const;
      const told = await client.infer('animal', { inputs: [input] });
      expect(told.outputs[0]).toMatchObject({ name: 'label', data: [''] });
      expect(told.parameters).toMatchObject({ chorus_other: 'giant panda' });
    });

    it('from a zoo is told where it was taken, which decides nothing', async () => {
      const image = base64(await inNairobi(cat));
      const { body } = await identify(cloud, { image, zoo: true });
      expect(body.location).toMatchObject({ source: 'exif', country: 'KE' });
      expect(body.predictions[0]).toMatchObject({ label: 'cat', prior: null });
      expect(body.predictions[0].top.map(({ outOfRange }) => outOfRange)).not.toContain(true);
    });

    it('may be a data: URL, or broken into lines', async () => {
      const text = base64(cat);
      for (const image of [`data:image/jpeg;base64,${text}`, text.replace(/.{76}/g, '$&\r\n')]) {
        const { body } = await identify(cloud, { image });
        expect(body.predictions[0].label).toBe('cat');
      }
    });

    it('in the middle of an ocean is judged by itself', async () => {
      const { body } = await identify(cloud, {
        image: base64(cat),
        location: { lat: 0, lon: -30 },
      });
      expect(body.location).toMatchObject({ country: null });
      expect(body.predictions[0]).toMatchObject({ label: 'cat', prior: null });
      expect(body.failed).toEqual({});
    });

    it('is what an Open Inference client may send too, as bytes, large ones as well', async () => {
      const client = createClient({ url: cloud.url });
      const large = await sharp(cat).resize(1200).png().toBuffer();
      expect(large.byteLength).toBeGreaterThan(180_000);
      for (const bytes of [cat, large]) {
        const data = [base64(bytes)];
        const parameters = { content_type: 'base64' };
        const input = { name: 'image', datatype: 'BYTES', shape: [1], parameters, data } as const;
        const { outputs } = await client.infer('animal', {
          inputs: [input],
          parameters: { lat: 48.85, lon: 2.35 },
        });
        expect(outputs[0]).toMatchObject({ name: 'label', data: ['cat'] });
        expect(outputs[1]?.data[0]).toBeGreaterThan(0.5);
      }
    });

    it('is what the command line sends', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'chorus-photo-'));
      try {
        const file = join(folder, 'cat.png');
        await writeFile(file, await sharp(cat).resize(1500).png().toBuffer());
        const told = await chorus('predict', 'animal', file, '--at', '48.85,2.35');
        expect(told).toContain('cat, ');
        expect(told).toContain('At 48.8500, 2.3500 (as given), FR');
        expect(told).toMatch(/^0 /);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  describe('an upload', () => {
    it.each([
      [400, {}],
      [400, { contentType: 'image/jpeg', bytes: 0 }],
      [413, { contentType: 'image/jpeg', bytes: 20_000_001 }],
      [415, { contentType: 'image/gif', bytes: 5 }],
      [415, { contentType: 'text/html', bytes: 5 }],
    ])('is refused with %i when asked for as %j', async (expected, body) => {
      const { status, body: told } = await askForUpload(cloud, body);
      expect(status).toBe(expected);
      expect(told.error).toEqual(expect.any(String));
    });

    it('takes what was asked for and nothing else', async () => {
      const asked = { contentType: 'image/jpeg', bytes: cat.byteLength };
      const { body } = await askForUpload(cloud, asked);
      const put = (content: Buffer<ArrayBuffer>, type: string) =>
        fetch(body.url, { method: 'PUT', headers: { 'content-type': type }, body: content });
      expect((await put(cat, 'text/html')).status).toBe(403);
      expect((await put(Buffer.concat([cat, cat]), 'image/jpeg')).status).toBe(403);
      expect((await put(cat.subarray(1), 'image/jpeg')).status).toBe(403);
      expect((await put(cat, 'image/jpeg')).status).toBe(200);
      expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now());
      const { status } = await identify(cloud, { key: body.key });
      expect(status).toBe(200);
    });

    it('is asked for with POST', async () => {
      const response = await fetch(`${cloud.url}/uploads`);
      expect(response.status).toBe(405);
    });
  });

  describe('another classifier', () => {
    /** A folder with the shipped weights, and their manifest with another image section. */
    async function pushWith(change: (image: ImageSection) => ImageSection): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), 'chorus-weights-'));
      const shipped = join(root, 'packages/models/image-classifier/weights');
      try {
        await copyFile(join(shipped, 'model.onnx'), join(folder, 'model.onnx'));
        const manifest = parseManifest(
          JSON.parse(await readFile(join(shipped, 'manifest.json'), 'utf8')),
        );
        const image = manifest.image && change(manifest.image);
        await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, image }));
        return await chorus('models', 'push', 'image-classifier', folder);
      } finally {
        await rm(folder, { recursive: true });
      }
    }

    it('comes in by its manifest alone, live at once, and is taken back as fast', async () => {
      const german = await pushWith((image) => ({
        ...image,
        labels: [
          { name: 'Katze', indices: [1] },
          { name: 'Hund', indices: [2] },
        ],
      }));
      expect(german).toContain('image-classifier v2');
      expect(await chorus('models', 'swap', 'image-classifier', 'v2')).toMatch(/^0 /);
      const { body } = await identify(cloud, { image: base64(cat), location: { lat: 48, lon: 2 } });
      expect(body.models['image-classifier']?.version).toBe('v2');
      expect(body.predictions[0].top.map(({ label }) => label)).toEqual(['Katze', 'Hund']);
      expect(body.predictions[0]).toMatchObject({ label: 'Katze', outOfRange: false });
      expect(await chorus('models', 'rollback', 'image-classifier')).toMatch(/^0 /);
      expect((await identify(cloud, { image: base64(cat) })).body.predictions[0].label).toBe('cat');
    });

    it('that does not fit its graph is refused before anyone is sent there', async () => {
      await pushWith((image) => ({ ...image, input: { ...image.input, name: 'pixels' } }));
      const told = await chorus('models', 'swap', 'image-classifier', 'v3');
      expect(told).toContain('no input pixels');
      expect(told).toContain('v1 is still live');
      expect((await identify(cloud, { image: base64(cat) })).body.predictions[0].label).toBe('cat');
    });
  });
}
