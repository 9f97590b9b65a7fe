export { createLocateHandler } from './handler.ts';
