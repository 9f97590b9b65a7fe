export type { AuthorizerSettings } from './env.ts';
export { createAuthorizerHandler } from './handler.ts';
