import { animals, detection as recipe } from './recipe.ts';

/** The averages over the views of one photo, and the animal that it shows (-1: none). */
export interface Sample {
  readonly label: number;
  readonly mean: readonly number[];
}

export interface Softmax {
  readonly factor: number;
  readonly bias: readonly number[];
}

export interface Detection {
  readonly factor: number;
  readonly bias: number;
}

/**
 * The animals with a bias, the others keep 0: NanoDet scores these two too low, and a bias for each
 * animal gained nothing more but would have learnt how rare a giraffe is among the photos.
 */
const biased: readonly string[] = ['bird', 'bear'];

export function probabilities(mean: readonly number[], { factor, bias }: Softmax): number[] {
  const logits = mean.map((value, index) => factor * value + (bias[index] ?? 0));
  const most = Math.max(...logits);
  const weights = logits.map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The most likely factor and biases by gradient descent; the loss is convex. */
export function fitSoftmax(samples: readonly Sample[]): Softmax {
  let fitted: Softmax = { factor: 2, bias: animals.map(() => 0) };
  for (let step = 0; step < 1500; step += 1) {
    let slope = 0;
    const slopes = animals.map(() => 0);
    for (const { label, mean } of samples) {
      probabilities(mean, fitted).forEach((chance, index) => {
        const error = (chance - Number(index === label)) / samples.length;
        slope += error * (mean[index] ?? 0);
        slopes[index] = (slopes[index] ?? 0) + error;
      });
    }
    const bias = animals.map(({ name }, index) =>
      biased.includes(name) ? (fitted.bias[index] ?? 0) - 2 * (slopes[index] ?? 0) : 0,
    );
    fitted = { factor: fitted.factor - 2 * slope, bias };
  }
  return fitted;
}

/** Returns the strength of the best animals. */
function strength(mean: readonly number[]): number {
  return Math.log(mean.reduce((sum, value) => sum + Math.exp(recipe.sharpness * value), 0));
}

export function detect(mean: readonly number[], { factor, bias }: Detection): number {
  return 1 / (1 + Math.exp(-(factor * strength(mean) + bias)));
}

/** Logistic regression on the strength; animals and others weigh the same in all. */
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
