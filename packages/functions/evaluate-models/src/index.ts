export { type EvaluateSettings, readSettings } from './env.ts';
export { createHandler } from './handler.ts';
