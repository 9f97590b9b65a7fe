import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp, { type Sharp } from 'sharp';
import { encodeMeans } from './encode-classifier.ts';
import { detect, fitDetection, fitSoftmax, probabilities, type Sample } from './likelihood.ts';
import { readNanoDet } from './nanodet.ts';
import { animals, side, threshold } from './recipe.ts';

/**
 * Fits the numbers of recipe.ts to labelled photos and prints them, with what they do to photos
 * they were not fitted to.
 *
 *     pnpm node fit.ts FOLDER    FOLDER/photos.csv: file,label,… with a heading; label `none`: no animal
 */
const [folder = '.'] = process.argv.slice(2);

/** Crops of each photo that take part besides the photo itself. */
const crops = 3;
const folds = 5;
const repeats = 4;

const random = randomNumbers(12345);
const photos = await readPhotos();
const animalPhotos = photos.filter(({ label }) => label >= 0);
const others = photos.filter(({ label }) => label < 0);
console.log(`${animalPhotos.length} photos of animals, ${others.length} without`);

const softmax = fitSoftmax(animalPhotos.flatMap(samplesOf));
const detection = fitDetection(photos.flatMap(samplesOf));
console.log(JSON.stringify({ softmax, detection }, rounded, 1));
report(
  'as fitted',
  animalPhotos.map((photo) => judge(photo, softmax)),
);
report(`${folds} folds, ${repeats} times`, crossValidate());
for (const [name, set] of Object.entries({ animals: animalPhotos, others })) {
  const passed = set.filter((photo) => detectionOf(photo) >= threshold).length;
  console.log(`${name} found: ${passed} of ${set.length}`);
}

/** Means of a photo and its crops; label -1 is no animal. */
interface Photo {
  readonly label: number;
  readonly versions: readonly (readonly number[])[];
}

interface Verdict {
  readonly right: boolean;
  readonly confidence: number;
  readonly likelihood: number;
}

function samplesOf({ label, versions }: Photo): Sample[] {
  return versions.map((mean) => ({ label, mean }));
}

function detectionOf({ versions }: Photo): number {
  return detect(versions[0] ?? [], detection);
}

function judge({ label, versions }: Photo, fitted: typeof softmax): Verdict {
  const chances = probabilities(versions[0] ?? [], fitted);
  const confidence = Math.max(...chances);
  const likelihood = chances[label] ?? 0;
  return { right: likelihood === confidence, confidence, likelihood };
}

/** Each photo judged by numbers fitted without it, its crops and the rest of its fold. */
function crossValidate(): Verdict[] {
  return Array.from({ length: repeats }).flatMap(() => {
    const shuffled = animalPhotos
      .map((photo) => ({ photo, key: photo.label + random() }))
      .sort((a, b) => a.key - b.key);
    return Array.from({ length: folds }).flatMap((_, fold) => {
      const inFold = (index: number) => index % folds === fold;
      const rest = shuffled.filter((_entry, index) => !inFold(index));
      const fitted = fitSoftmax(rest.flatMap(({ photo }) => samplesOf(photo)));
      const held = shuffled.filter((_entry, index) => inFold(index));
      return held.map(({ photo }) => judge(photo, fitted));
    });
  });
}

function report(name: string, verdicts: readonly Verdict[]): void {
  const share = (part: readonly unknown[], all: readonly unknown[]) =>
    `${((100 * part.length) / all.length).toFixed(1)} %`;
  const right = (all: readonly Verdict[]) =>
    share(
      all.filter((verdict) => verdict.right),
      all,
    );
  const sure = verdicts.filter(({ confidence }) => confidence >= 0.7);
  const loss = verdicts.reduce((sum, verdict) => sum - Math.log(verdict.likelihood), 0);
  console.log(
    `${name}: ${right(verdicts)} right, log loss ${(loss / verdicts.length).toFixed(3)};`,
    `p >= .7: ${share(sure, verdicts)}, of them ${right(sure)} right`,
  );
}

async function readPhotos(): Promise<Photo[]> {
  const model = encodeMeans(await readNanoDet(), 'packed');
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const look = async (photo: Sharp) => {
    const data = await photo
      .resize({ width: side, height: side, fit: 'contain', kernel: 'linear', background: 'black' })
      .removeAlpha()
      .raw()
      .toBuffer();
    const { mean } = await session.run({ image: new Tensor('uint8', data, [1, side, side, 3]) });
    return Array.from(mean?.data as Float32Array);
  };
  const table = await readFile(join(folder, 'photos.csv'), 'utf8');
  const read: Photo[] = [];
  for (const line of table.trim().split(/\r?\n/).slice(1)) {
    const [file = '', name = ''] = line.split(',');
    const label = animals.findIndex((animal) => animal.name === name);
    if (label < 0 && name !== 'none') throw new Error(`${file} shows a ${name}`);
    const open = () => {
      const photo = sharp(join(folder, file)).autoOrient();
      return photo.flatten({ background: 'black' }).toColourspace('srgb');
    };
    const versions = [await look(open())];
    for (let crop = 0; crop < crops; crop += 1) versions.push(await look(await jitter(open())));
    read.push({ label, versions });
  }
  return read;
}

/** 86 to 98 % of each side, perhaps mirrored, a little lighter or darker, another saturation. */
async function jitter(photo: Sharp): Promise<Sharp> {
  const { data, info } = await photo.raw().toBuffer({ resolveWithObject: true });
  const width = Math.round(info.width * (0.86 + 0.12 * random()));
  const height = Math.round(info.height * (0.86 + 0.12 * random()));
  const left = Math.floor((info.width - width) * random());
  const top = Math.floor((info.height - height) * random());
  const { width: w, height: h, channels } = info;
  return sharp(data, { raw: { width: w, height: h, channels } })
    .extract({ left, top, width, height })
    .flop(random() < 0.5)
    .modulate({ brightness: 0.85 + 0.3 * random(), saturation: 0.8 + 0.4 * random() });
}

/** Numbers from 0 to 1, the same on every run (Numerical Recipes' linear congruential generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(3)) : value;
}
