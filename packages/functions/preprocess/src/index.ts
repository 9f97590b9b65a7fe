export { createPreprocessHandler } from './handler.ts';
