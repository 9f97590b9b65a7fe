import { serveModel } from '@chorus/runtime';
import { schema } from './schema.ts';
import { textServing } from './serving.ts';

await serveModel(schema, textServing);
