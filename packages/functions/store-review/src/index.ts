export type { StoreSettings } from './env.ts';
export { createStoreHandler } from './handler.ts';
