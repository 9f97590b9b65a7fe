export type { UploadsSettings } from './env.ts';
export { createUploadsHandler } from './handler.ts';
