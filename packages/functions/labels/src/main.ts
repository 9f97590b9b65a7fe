import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createLabelsHandler } from './handler.ts';

await runBootstrap(() => createLabelsHandler(readSettings()));
