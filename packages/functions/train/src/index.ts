export type { TrainSettings } from './env.ts';
export { createTrainHandler } from './handler.ts';
export type { TrainingOutcome } from './run-job.ts';
export type { ShareOutcome } from './run-share.ts';
export type { RecipeData, TrainingJob, TrainingShare } from './training-job.ts';
