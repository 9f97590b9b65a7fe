export { type DataSettings, readSettings } from './env.ts';
export { createHandler, type PreparedData } from './handler.ts';
