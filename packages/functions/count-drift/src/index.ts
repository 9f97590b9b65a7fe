export { type CountSettings, readSettings } from './env.ts';
export { createCountHandler } from './handler.ts';
