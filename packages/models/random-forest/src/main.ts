import { serveModel } from '@chorus/runtime';
import { schema } from './schema.ts';

await serveModel(schema);
