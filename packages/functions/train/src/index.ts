export type { TrainSettings } from './env.ts';
export { createTrainHandler } from './handler.ts';
export type { TrainingOutcome } from './run-job.ts';
export type { RecipeData, TrainingJob } from './training-job.ts';
