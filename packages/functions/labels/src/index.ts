export type { LabelsSettings } from './env.ts';
export { createLabelsHandler } from './handler.ts';
