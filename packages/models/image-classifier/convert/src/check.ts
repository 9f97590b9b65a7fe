import { InferenceSession, Tensor } from 'onnxruntime-node';
import { detect, prepare, probabilities } from './likelihood.ts';
import lite0Reference from './lite0-reference.json' with { type: 'json' };
import { animals, detection, fusion, side, views } from './recipe.ts';
import { referenceView, startTensorFlow } from './reference.ts';

interface Answer {
  /** Of the ten and, last, of the animals besides together. */
  readonly probabilities: readonly number[];
  readonly detection: number;
}

/** The most that a logarithm of a probability of EfficientNet's may differ from timm's. */
const lite0Limit = 1e-3;

/**
 * Compares encoded classifiers with the original NanoDet run by TensorFlow.js, and EfficientNet with timm's
 * (`reference-lite0.py`), and prints the largest differences for each picture.
 *
 * @param source NanoDet's JSON file
 * @param evidence the graph of both networks' answers, with float32 weights
 * @param classifiers the most that each, by name, may differ in probabilities and detection
 * @throws when one differs more
 */
export async function check(
  source: string,
  evidence: Uint8Array,
  classifiers: Readonly<Record<string, { model: Uint8Array; limit: number }>>,
): Promise<void> {
  await startTensorFlow();
  const sessions = await Promise.all(
    Object.entries(classifiers).map(async ([name, { model, limit }]) => {
      return { name, limit, session: await InferenceSession.create(model) };
    }),
  );
  const both = await InferenceSession.create(evidence);
  for (const [picture, rgb] of Object.entries(pictures())) {
    const imagenet = await numbers(both, rgb, 'imagenet');
    checkLite0(picture, imagenet);
    const seen: number[][] = [];
    for (const view of views) seen.push(await referenceView(source, rgb, view));
    const expected = answerOf(seen, imagenet);
    const best = expected.probabilities.indexOf(Math.max(...expected.probabilities));
    console.log(
      `${picture}: ${animals[best]?.name ?? 'another animal'} ${expected.probabilities[best]?.toFixed(3)},`,
      `detection ${expected.detection.toFixed(3)}`,
    );
    for (const { name, limit, session } of sessions) {
      const difference = largestDifference(expected, await run(session, rgb));
      console.log(`  ${name}: at most ${difference.toExponential(1)} away`);
      if (!(difference <= limit)) throw new Error(`${name} may be ${limit} away`);
    }
  }
}

/** @throws when EfficientNet says something else of a picture than timm's does */
function checkLite0(picture: string, imagenet: readonly number[]): void {
  const { every, logs } = lite0Reference;
  const expected = Object.entries(logs).find(([name]) => name === picture)?.[1];
  if (expected === undefined) return;
  const differences = expected.map((log, index) =>
    Math.abs(log - Math.log(imagenet[index * every] ?? Number.NaN)),
  );
  const largest = Math.max(...differences);
  console.log(
    `EfficientNet on ${picture}: logarithms at most ${largest.toExponential(1)} from timm's`,
  );
  if (!(largest <= lite0Limit)) throw new Error(`EfficientNet may be ${lite0Limit} away`);
}

async function numbers(
  session: InferenceSession,
  rgb: Uint8Array,
  name: string,
): Promise<readonly number[]> {
  const outputs = await session.run({ image: new Tensor('uint8', rgb, [1, side, side, 3]) });
  return Array.from(outputs[name]?.data as Float32Array);
}

async function run(session: InferenceSession, rgb: Uint8Array): Promise<Answer> {
  const all = await numbers(session, rgb, 'probabilities');
  const [found = Number.NaN] = await numbers(session, rgb, 'detection');
  const outside = sum(all.slice(animals.length));
  return { probabilities: [...all.slice(0, animals.length), outside], detection: found };
}

/** Returns the graph's answer after the views and EfficientNet, computed once more in plain arithmetic. */
function answerOf(views: readonly (readonly number[])[], imagenet: readonly number[]): Answer {
  const mean = animals.map((_, index) => sum(views.map((view) => view[index] ?? 0)) / views.length);
  const sample = { label: -1, mean, imagenet };
  return {
    probabilities: probabilities(prepare(sample), fusion, fusion.other),
    detection: detect(sample, detection),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function largestDifference(expected: Answer, actual: Answer): number {
  const differences = expected.probabilities.map((value, index) =>
    Math.abs(value - (actual.probabilities[index] ?? Number.NaN)),
  );
  return Math.max(...differences, Math.abs(expected.detection - actual.detection));
}

/** Pictures made here: noise, waves, a black one, and a letterboxed patch. */
function pictures(): Record<string, Uint8Array> {
  const paint = (colour: (x: number, y: number, channel: number) => number) =>
    Uint8Array.from({ length: side * side * 3 }, (_, index) => {
      const pixel = Math.floor(index / 3);
      return colour(pixel % side, Math.floor(pixel / side), index % 3);
    });
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  const wave = (x: number, y: number, channel: number) =>
    128 + 127 * Math.sin(x / (20 + channel * 7)) * Math.cos(y / (31 + channel * 5));
  const inside = (x: number, y: number) =>
    Math.hypot(x - side / 2, (y - side / 2) * 1.6) < side / 4;
  return {
    noise: paint(random),
    waves: paint(wave),
    black: paint(() => 0),
    'an ellipse between bars': paint((x, y, channel) => {
      if (y < side / 6 || y > (5 * side) / 6) return 0;
      return inside(x, y) ? wave(3 * x, 3 * y, channel) / 2 : 90 + 40 * channel;
    }),
  };
}
