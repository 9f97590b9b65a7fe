export { type BurySettings, readSettings } from './env.ts';
export { createBuryHandler } from './handler.ts';
