export { type ReleaseSettings, readSettings } from './env.ts';
export { createHandler } from './handler.ts';
