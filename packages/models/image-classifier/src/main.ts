import { serveModel } from '@chorus/runtime';
import { schema } from './schema.ts';
import { imageServing } from './serving.ts';

await serveModel(schema, imageServing);
