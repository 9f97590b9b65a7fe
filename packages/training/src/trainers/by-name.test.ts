import { expect, it } from 'vitest';
import { TrainingError } from '../errors.ts';
import { trainerNamed } from './by-name.ts';
import { ordinaryLeastSquares } from './ordinary-least-squares.ts';
import { randomForest } from './random-forest.ts';
import { supportVectorRegression } from './support-vector-regression.ts';

it.each([ordinaryLeastSquares, randomForest, supportVectorRegression])(
  'finds a trainer by the name that its manifests have: $name',
  (trainer) => {
    expect(trainerNamed(trainer.name)).toBe(trainer);
  },
);

it('refuses a name that no trainer has, and lists those there are', () => {
  expect(() => trainerNamed('toString')).toThrow(TrainingError);
  expect(() => trainerNamed('boosting')).toThrow(
    "There is no trainer 'boosting'; there are ordinary-least-squares, random-forest, support-vector-regression",
  );
});
