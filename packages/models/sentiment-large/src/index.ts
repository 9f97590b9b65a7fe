export { schema } from './schema.ts';
export { textServing } from './serving.ts';
