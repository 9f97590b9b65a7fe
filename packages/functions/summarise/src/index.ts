export { createSummariseHandler } from './handler.ts';
