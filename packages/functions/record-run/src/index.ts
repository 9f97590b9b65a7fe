export { type RecordSettings, readSettings } from './env.ts';
export { createHandler } from './handler.ts';
