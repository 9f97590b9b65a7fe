import { InternalError } from '@chorus/protocol';
import type { ImageLabel, ImageOutput, ImageSection } from '@chorus/registry/manifest';

interface Named {
  readonly label: string;
  readonly probability: number;
}

/** The labels of one photo. */
export interface Classification {
  /** Empty when there is nothing to name, or something else than the labels. */
  readonly label: string;
  /** All labels, the most probable first; equal ones in the manifest's order. With `other` their probabilities sum to 1. */
  readonly ranking: readonly Named[];
  /** What the photo shows instead of a label: empty unless that is the answer; how probable it is that it is none of the labels. */
  readonly other: Named;
  /** How sure that there is anything to name, from 0 to 1. */
  readonly detection: number;
}

/** Rounding of float32 and of fp16 graphs; beyond it a number is no probability. */
const tolerance = 1e-3;

/** @throws InternalError for what a graph that fits its manifest never gives */
function fault(name: string, what: string): never {
  throw new InternalError(`the classifier's output ${name} ${what}`);
}

/** Returns a number from 0 to 1, rounding forgiven. @throws InternalError */
function probability(value: number, name: string): number {
  return value >= -tolerance && value <= 1 + tolerance
    ? Math.min(Math.max(value, 0), 1)
    : fault(name, `holds ${value}, which is no probability: see activation in its manifest`);
}

/** exp(x) / sum of exp(x), shifted by the maximum so that nothing overflows. */
function softmax(logits: Float64Array): Float64Array {
  const highest = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Probabilities of the graph's classes, after what the graph itself has left to do. */
function activate(scores: ArrayLike<number>, output: ImageOutput): Float64Array {
  const { name, activation, temperature = 1 } = output;
  const numbers = Float64Array.from(scores);
  const wrong = numbers.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0) fault(name, `holds ${numbers[wrong]} at class ${wrong}`);
  switch (activation) {
    case 'none':
      return numbers.map((score) => probability(score, name));
    case 'softmax':
      return softmax(numbers.map((score) => score / temperature));
    case 'sigmoid':
      return numbers.map((score) => 1 / (1 + Math.exp(-score / temperature)));
  }
}

/**
 * Returns how sure it is that there is anything, for a graph that does not say so itself: the part that exclusive
 * classes leave to what has a name; of independent classes (sigmoid), whose sum says nothing, the best one's.
 */
function detectionOf(sums: readonly number[], { activation }: ImageOutput): number {
  return Math.min(activation === 'sigmoid' ? Math.max(...sums) : sum(sums), 1);
}

/** Returns for each label the sum of its classes. @throws InternalError when the graph has too few */
function sumsOf(
  labels: readonly ImageLabel[],
  classes: Float64Array,
  { name: output }: ImageOutput,
): readonly number[] {
  return labels.map(({ name, indices }) =>
    indices.reduce((sum, index) => {
      const one = classes[index];
      return one === undefined
        ? fault(output, `has ${classes.length} classes; ${name} is class ${index}`)
        : sum + one;
    }, 0),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/**
 * Makes labels of what a graph said about one photo.
 * @param scores one number for each class, before the manifest's activation
 * @param detection the graph's own, when the manifest names one
 * @throws InternalError naming the output that has too few numbers, or one that is none
 */
export function classify(
  scores: ArrayLike<number>,
  detection: number | undefined,
  { output, labels, others = [], threshold }: Omit<ImageSection, 'input'>,
): Classification {
  const classes = activate(scores, output);
  const sums = sumsOf(labels, classes, output);
  const otherSums = sumsOf(others, classes, output);
  const total = sum(sums) + sum(otherSums);
  const ranking = labels
    // Where everything underflows to 0 none is better than another.
    .map(({ name }, at) => ({
      label: name,
      probability: total > 0 ? (sums[at] ?? 0) / total : 1 / labels.length,
    }))
    .sort((one, other) => other.probability - one.probability);
  const sure =
    detection === undefined
      ? detectionOf([...sums, ...otherSums], output)
      : probability(detection, output.detection ?? output.name);
  const outside = total > 0 ? sum(otherSums) / total : 0;
  const [best] = ranking;
  const isOther = outside > (best?.probability ?? 0);
  const nearest = others[otherSums.indexOf(Math.max(...otherSums))]?.name ?? '';
  return {
    label: sure < threshold || isOther ? '' : (best?.label ?? ''),
    ranking,
    other: { label: sure < threshold || !isOther ? '' : nearest, probability: outside },
    detection: sure,
  };
}
