/** What only reads predictions, without the rest: a function that answers with them has a right to nothing else. */

export type { Prediction } from './prediction.ts';
export { readPrediction } from './read-prediction.ts';
export { resultOf } from './result-of.ts';
