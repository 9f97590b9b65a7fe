import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp, { type Sharp } from 'sharp';
import { encodeEvidence } from './encode-classifier.ts';
import {
  detect,
  type Fusion,
  fitDetection,
  fitFusion,
  prepare,
  probabilities,
  type Sample,
} from './likelihood.ts';
import { readNanoDet } from './nanodet.ts';
import { animals, fusion as recipe, side, threshold } from './recipe.ts';
import { loadLite0 } from './weights-of-lite0.ts';

/**
 * Fits the numbers of recipe.ts to labelled photos and prints them, with what they do to photos
 * they were not fitted to. `other` is not fitted, as none of the photos shows another animal.
 *
 *     pnpm node fit.ts FOLDER    FOLDER/photos.csv: file,label,… with a heading; label `none`: no animal
 */
const [folder = '.'] = process.argv.slice(2);

/** Altered crops of each photo that take part besides the photo itself. */
const crops = 1;
const folds = 5;
const repeats = 4;

const random = randomNumbers(12345);
const photos = await readPhotos();
const animalPhotos = photos.filter(([photo]) => photo.label >= 0);
const others = photos.filter(([photo]) => photo.label < 0);
console.log(`${animalPhotos.length} photos of animals, ${others.length} without`);

const detection = fitDetection(photos.flat());
const fitted = fitFusion(animalPhotos.flat().map(prepare));
console.log(JSON.stringify({ fusion: fitted, detection }, rounded, 1));
const asFitted = animalPhotos.map((versions) => judge(versions[0], fitted));
report('as fitted', asFitted);
const held = crossValidate();
for (let version = 0; version <= crops; version += 1)
  report(
    `${folds} folds, ${repeats} times, ${version === 0 ? 'photos' : 'altered crops'}`,
    held.map((verdicts) => verdicts[version]).filter((verdict) => verdict !== undefined),
  );
for (const [name, set] of Object.entries({ animals: animalPhotos, others })) {
  const found = set
    .map(([photo]) => photo)
    .filter((photo) => detect(photo, detection) >= threshold);
  const named = found.map((photo) => judge(photo, fitted)).filter(({ isOther }) => !isOther);
  console.log(`${name} found: ${found.length} of ${set.length}, with a label ${named.length}`);
}

/** A photo, and its altered crops. */
type Versions = readonly [Sample, ...Sample[]];

/** What is answered about a photo of an animal. */
interface Verdict {
  readonly label: number;
  /** The animal named, if the photo was found to show one of the ten. */
  readonly right: boolean;
  readonly isOther: boolean;
  readonly found: boolean;
  /** The most probable of the ten is the right one. */
  readonly rightAmongTen: boolean;
  readonly confidence: number;
  readonly likelihood: number;
}

function judge(photo: Sample, numbers: Fusion): Verdict {
  const chances = probabilities(prepare(photo), numbers, recipe.other);
  const ten = chances.slice(0, animals.length);
  const confidence = Math.max(...ten);
  const likelihood = chances[photo.label] ?? 0;
  const isOther = (chances[animals.length] ?? 0) > confidence;
  const found = detect(photo, detection) >= threshold;
  const rightAmongTen = likelihood === confidence;
  const right = rightAmongTen && found && !isOther;
  return { label: photo.label, right, isOther, found, rightAmongTen, confidence, likelihood };
}

/** Each photo judged by numbers fitted without it, its crops and the rest of its fold. */
function crossValidate(): Verdict[][] {
  return Array.from({ length: repeats }).flatMap(() => {
    const shuffled = animalPhotos
      .map((photo) => ({ photo, key: photo[0].label + random() }))
      .sort((a, b) => a.key - b.key);
    return Array.from({ length: folds }).flatMap((_, fold) => {
      const inFold = (index: number) => index % folds === fold;
      const rest = shuffled.filter((_entry, index) => !inFold(index));
      const numbers = fitFusion(rest.flatMap(({ photo }) => photo).map(prepare));
      const kept = shuffled.filter((_entry, index) => inFold(index));
      return kept.map(({ photo }) => photo.map((version) => judge(version, numbers)));
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
  const among = share(
    verdicts.filter(({ rightAmongTen }) => rightAmongTen),
    verdicts,
  );
  const named = verdicts.filter(({ found, isOther }) => found && !isOther);
  const sure = named.filter(({ confidence }) => confidence >= 0.7);
  const loss = verdicts.reduce((sum, verdict) => sum - Math.log(verdict.likelihood), 0);
  console.log(
    `${name}: told right ${right(verdicts)}, among the ten ${among}, log loss ${(loss / verdicts.length).toFixed(3)};`,
    `not found ${share(
      verdicts.filter(({ found }) => !found),
      verdicts,
    )}, another animal ${share(
      verdicts.filter(({ found, isOther }) => found && isOther),
      verdicts,
    )}; p >= .7: ${share(sure, verdicts)}, of them ${right(sure)} right`,
  );
  for (const [from, to] of [
    [0, 0.7],
    [0.7, 0.9],
    [0.9, 1.01],
  ] as const) {
    const bin = named.filter(({ confidence }) => confidence >= from && confidence < to);
    const mean = bin.reduce((sum, { confidence }) => sum + confidence, 0) / bin.length;
    console.log(
      `  p from ${from} to ${to}: ${bin.length}, mean ${mean.toFixed(2)}, right ${right(bin)}`,
    );
  }
  const perAnimal = animals.map((animal, label) => {
    const own = verdicts.filter((verdict) => verdict.label === label);
    return `${animal.name} ${right(own)} of ${own.length}`;
  });
  console.log(`  ${perAnimal.join(', ')}`);
}

async function readPhotos(): Promise<Versions[]> {
  const networks = { nanodet: await readNanoDet(), lite0: await loadLite0() };
  const model = encodeEvidence(networks, 'packed');
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const look = async (photo: Sharp, label: number): Promise<Sample> => {
    const data = await photo
      .resize({ width: side, height: side, fit: 'contain', kernel: 'linear', background: 'black' })
      .removeAlpha()
      .raw()
      .toBuffer();
    const seen = await session.run({ image: new Tensor('uint8', data, [1, side, side, 3]) });
    const numbers = (name: string) => Array.from(seen[name]?.data as Float32Array);
    return { label, mean: numbers('mean'), imagenet: numbers('imagenet') };
  };
  const table = await readFile(join(folder, 'photos.csv'), 'utf8');
  const read: Versions[] = [];
  for (const line of table.trim().split(/\r?\n/).slice(1)) {
    const [file = '', name = ''] = line.split(',');
    const label = animals.findIndex((animal) => animal.name === name);
    if (label < 0 && name !== 'none') throw new Error(`${file} shows a ${name}`);
    const open = () => {
      const photo = sharp(join(folder, file)).autoOrient();
      return photo.flatten({ background: 'black' }).toColourspace('srgb');
    };
    const altered: Sample[] = [];
    const whole = await look(open(), label);
    for (let crop = 0; crop < crops; crop += 1)
      altered.push(await look(await jitter(open()), label));
    read.push([whole, ...altered]);
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
