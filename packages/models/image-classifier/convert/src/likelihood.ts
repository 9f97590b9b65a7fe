import { animalClasses, classesOf, otherAnimals } from './imagenet.ts';
import { animals, doubt, lookalikes, detection as recipe } from './recipe.ts';

/** What both networks say of one photo, and the animal that it shows: its place among the ten, -1 for none. */
export interface Sample {
  readonly label: number;
  /** The averages over NanoDet's views of each animal's best logit. */
  readonly mean: readonly number[];
  /** EfficientNet's probabilities of its 1000 classes. */
  readonly imagenet: readonly number[];
}

/** The numbers of the recipe's `fusion`, but for `other`. */
export interface Fusion {
  readonly mean: number;
  readonly sum: number;
  readonly bias: readonly number[];
}

export interface Detection {
  readonly factor: number;
  readonly bias: number;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Returns log(sum + doubt) of EfficientNet's probabilities of each of the ten, and at last of the animals besides. */
export function logSums(imagenet: readonly number[]): number[] {
  const sumOf = (indices: readonly number[]) => total(indices.map((index) => imagenet[index] ?? 0));
  const other = sumOf(otherAnimals.map(({ index }) => index));
  const cow = sumOf(classesOf['cow'] ?? []);
  const sums = animals.map(({ name }) => {
    const looks = lookalikes[name] ?? {};
    return sumOf(classesOf[name] ?? []) + (looks.cow ?? 0) * cow + (looks.other ?? 0) * other;
  });
  return [...sums, other].map((sum) => Math.log(sum + doubt));
}

/** A sample with what is read from it at every step. */
interface Prepared {
  readonly label: number;
  readonly mean: readonly number[];
  readonly logs: readonly number[];
}

export const prepare = ({ label, mean, imagenet }: Sample): Prepared => ({
  label,
  mean,
  logs: logSums(imagenet),
});

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - most));
  return weights.map((weight) => weight / total(weights));
}

function scoresOf({ mean, logs }: Prepared, fitted: Fusion): number[] {
  return animals.map(
    (_, index) =>
      fitted.mean * (mean[index] ?? 0) +
      fitted.sum * (logs[index] ?? 0) +
      (fitted.bias[index] ?? 0),
  );
}

/** Returns the probabilities of the ten and, last, that it is an animal besides. */
export function probabilities(sample: Prepared, fitted: Fusion, other: number): number[] {
  const outside = fitted.sum * (sample.logs[animals.length] ?? 0) + other;
  return softmax([...scoresOf(sample, fitted), outside]);
}

/** How much a bias costs: few photos show a giraffe, and how few is no knowledge about giraffes. */
const stiffness = 0.03;

/** The most likely factors and biases among the ten by gradient descent, biases held near 0; the loss is convex. */
export function fitFusion(samples: readonly Prepared[]): Fusion {
  let fitted: Fusion = { mean: 2, sum: 1, bias: animals.map(() => 0) };
  const rate = 0.4;
  for (let step = 0; step < 800; step += 1) {
    let [ofMean, ofSum] = [0, 0];
    const ofBias = fitted.bias.map((bias) => (2 * stiffness * bias) / animals.length);
    for (const sample of samples) {
      softmax(scoresOf(sample, fitted)).forEach((chance, index) => {
        const error = (chance - Number(index === sample.label)) / samples.length;
        ofMean += error * (sample.mean[index] ?? 0);
        ofSum += error * (sample.logs[index] ?? 0);
        ofBias[index] = (ofBias[index] ?? 0) + error;
      });
    }
    fitted = {
      mean: fitted.mean - rate * ofMean,
      sum: fitted.sum - rate * ofSum,
      bias: fitted.bias.map((bias, index) => bias - 10 * rate * (ofBias[index] ?? 0)),
    };
  }
  return fitted;
}

/** Returns the strength of the best animals. */
function strength(mean: readonly number[]): number {
  return Math.log(total(mean.map((value) => Math.exp(recipe.sharpness * value))));
}

/** Returns the larger of what NanoDet finds and of what EfficientNet gives to animals. */
export function detect({ mean, imagenet }: Sample, { factor, bias }: Detection): number {
  const found = 1 / (1 + Math.exp(-(factor * strength(mean) + bias)));
  return Math.max(found, total(imagenet.slice(0, animalClasses)));
}

/** Logistic regression on NanoDet's strength; animals and others weigh the same in all. */
export function fitDetection(samples: readonly Sample[]): Detection {
  const points = samples.map(({ label, mean }) => ({ animal: label >= 0, x: strength(mean) }));
  const shown = points.filter(({ animal }) => animal).length;
  let [factor, bias] = [1, 0];
  for (let step = 0; step < 5000; step += 1) {
    let [slope, shift] = [0, 0];
    for (const { animal, x } of points) {
      const count = animal ? shown : points.length - shown;
      const error = 1 / (1 + Math.exp(-(factor * x + bias))) - Number(animal);
      slope += (error * x) / (2 * count);
      shift += error / (2 * count);
    }
    factor -= slope;
    bias -= shift;
  }
  return { factor, bias };
}
