import { InferenceSession, Tensor } from 'onnxruntime-node';
import { animals, detection, side, softmax, views } from './recipe.ts';
import { referenceView, startTensorFlow } from './reference.ts';

interface Answer {
  readonly probabilities: readonly number[];
  readonly detection: number;
}

/**
 * Compares encoded classifiers with the original model run by TensorFlow.js, and prints the largest
 * differences of probabilities and detection for each picture.
 *
 * @param source the original's JSON file
 * @param limits the most that each classifier, by name, may differ
 * @throws when one differs more
 */
export async function check(
  source: string,
  classifiers: Readonly<Record<string, { model: Uint8Array; limit: number }>>,
): Promise<void> {
  await startTensorFlow();
  const sessions = await Promise.all(
    Object.entries(classifiers).map(async ([name, { model, limit }]) => {
      return { name, limit, session: await InferenceSession.create(model) };
    }),
  );
  for (const [picture, rgb] of Object.entries(pictures())) {
    const expected = await reference(source, rgb);
    const best = expected.probabilities.indexOf(Math.max(...expected.probabilities));
    console.log(
      `${picture}: ${animals[best]?.name} ${expected.probabilities[best]?.toFixed(3)},`,
      `detection ${expected.detection.toFixed(3)}`,
    );
    for (const { name, limit, session } of sessions) {
      const difference = largestDifference(expected, await run(session, rgb));
      console.log(`  ${name}: at most ${difference.toExponential(1)} away`);
      if (!(difference <= limit)) throw new Error(`${name} may be ${limit} away`);
    }
  }
}

async function run(session: InferenceSession, rgb: Uint8Array): Promise<Answer> {
  const outputs = await session.run({ image: new Tensor('uint8', rgb, [1, side, side, 3]) });
  const numbers = (name: string) => Array.from(outputs[name]?.data as Float32Array);
  return {
    probabilities: numbers('probabilities'),
    detection: numbers('detection')[0] ?? Number.NaN,
  };
}

/** Returns the graph's answer after the views, computed once more in plain arithmetic. */
async function reference(source: string, rgb: Uint8Array): Promise<Answer> {
  const seen: number[][] = [];
  for (const view of views) seen.push(await referenceView(source, rgb, view));
  const mean = animals.map((_, index) => sum(seen.map((view) => view[index] ?? 0)) / seen.length);
  const weights = mean.map((value, index) =>
    Math.exp(softmax.factor * value + (softmax.bias[index] ?? 0)),
  );
  const strength = Math.log(sum(mean.map((value) => Math.exp(detection.sharpness * value))));
  return {
    probabilities: weights.map((weight) => weight / sum(weights)),
    detection: 1 / (1 + Math.exp(-(detection.factor * strength + detection.bias))),
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
