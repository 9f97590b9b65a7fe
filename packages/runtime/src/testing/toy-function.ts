import { serveModel } from '../serve-model.ts';
import { toySchema } from './toy-model.ts';

await serveModel(toySchema);
