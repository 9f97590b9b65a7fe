import { TrainingError } from '../errors.ts';
import type { Trainer } from '../trainer.ts';
import { ordinaryLeastSquares } from './ordinary-least-squares.ts';
import { randomForest } from './random-forest.ts';
import { supportVectorRegression } from './support-vector-regression.ts';

const trainers: readonly Trainer[] = [ordinaryLeastSquares, randomForest, supportVectorRegression];

/** What learns where nothing else is asked for: it takes many rows, and needs no scaling. */
export const usualTrainer: Trainer = randomForest;

/**
 * Returns a trainer by the name that manifests and recipes of JSON give it.
 *
 * @throws TrainingError when there is none of this name; the message lists those there are
 */
export function trainerNamed(name: string): Trainer {
  const trainer = trainers.find((each) => each.name === name);
  if (trainer === undefined) {
    const names = trainers.map((each) => each.name).join(', ');
    throw new TrainingError(`There is no trainer '${name}'; there are ${names}`);
  }
  return trainer;
}
