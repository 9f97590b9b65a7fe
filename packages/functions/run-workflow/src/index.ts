export { type RunSettings, readSettings } from './env.ts';
export { createRunHandler } from './handler.ts';
