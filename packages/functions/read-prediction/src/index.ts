export type { ReadSettings } from './env.ts';
export { createPredictionHandler } from './handler.ts';
