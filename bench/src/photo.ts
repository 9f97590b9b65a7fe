import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { interleave } from './measure/interleave.ts';
import { median, quantile } from './measure/quantile.ts';
import { cameraPhoto } from './photo/camera-photo.ts';
import { askAbout, openClassifier } from './photo/classifier.ts';
import type { Section } from './report/section.ts';

const title = 'Photos: the image classifier beside sharp and session.run';

/** The whole handler, and the two things that it cannot do without, each by itself. */
async function waysToClassify(photo: Buffer) {
  const loaded = await openClassifier();
  const { image } = loaded.manifest;
  if (image === undefined) throw new RangeError('the manifest has no image section');
  const { width, height, fit, kernel, name } = image.input;
  const pixels = () =>
    sharp(photo)
      .autoOrient()
      .resize({ width, height, fit, kernel, background: 'black' })
      .removeAlpha()
      .raw()
      .toBuffer();
  const tensor = new ort.Tensor('uint8', await pixels(), [1, height, width, 3]);
  return {
    sharp: pixels,
    run: () => loaded.session.run({ [name]: tensor }),
    handler: askAbout(photo, loaded),
  };
}

/** Most memory of a process that classifies the photo a hundred times, in MB. */
async function memoryOf(photo: Buffer, directory: string): Promise<number> {
  const file = join(directory, 'photo.jpg');
  await writeFile(file, photo);
  const program = join(import.meta.dirname, 'photo/memory.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, file]);
  return Number(stdout);
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

async function run({ quick, directory, progress }: BenchContext): Promise<Section> {
  sharp.concurrency(1);
  progress('photo: making a photo of 12 megapixels');
  const photo = await cameraPhoto();
  const ways = await waysToClassify(photo);
  const rounds = quick ? 5 : 40;
  const measured = await interleave(
    Object.entries(ways).map(([name, call]) => ({ name, measure: () => timed(call) })),
    rounds,
    3,
    (round) => progress(`photo: round ${round + 1} of ${rounds}`),
  );
  progress('photo: memory');
  const memoryMb = await memoryOf(photo, directory);
  const times = (name: keyof typeof ways) => measured.get(name) ?? [];
  const row = (what: string, name: keyof typeof ways) => [
    what,
    median(times(name)),
    quantile(times(name), 0.95),
    String(rounds),
  ];
  const parts = median(times('sharp')) + median(times('run'));
  return {
    title,
    method: `A JPEG of 12 megapixels (${(photo.byteLength / 1e6).toFixed(1)} MB) with the shipped model, one process, one thread each for sharp and ONNX Runtime, interleaved. The handler takes the photo in base64, checks and decodes it, runs the graph and answers; sharp decodes and resizes to the graph's input, session.run is given a tensor that is made already.`,
    table: {
      columns: ['what', 'p50 ms', 'p95 ms', 'n'],
      rows: [
        row('sharp: decode and resize', 'sharp'),
        row('session.run', 'run'),
        row('handler', 'handler'),
      ],
    },
    targets: [
      {
        what: 'handler / (sharp + session.run), p50',
        measured: median(times('handler')) / parts,
        bound: 'at most',
        limit: 1.3,
      },
    ],
    notes: [
      `A process that classified the photo a hundred times had ${memoryMb} MB at most; the function has 1769.`,
    ],
  };
}

/** The time that the handler of the image classifier adds to its two parts. */
export const photo: Benchmark = { name: 'photo', title, run };
