export { type CallSettings, readSettings } from './env.ts';
export { createCallHandler } from './handler.ts';
