export { schema } from './schema.ts';
export { imageServing } from './serving.ts';
