export type { FrontSettings, Names } from './env.ts';
export { ConfigurationError } from './errors.ts';
export { createFront } from './front.ts';
export type { ServiceDescription } from './served.ts';
