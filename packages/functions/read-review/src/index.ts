export type { ReadSettings } from './env.ts';
export { createReadReviewHandler } from './handler.ts';
