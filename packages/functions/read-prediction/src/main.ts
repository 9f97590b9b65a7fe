import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createPredictionHandler } from './handler.ts';

await runBootstrap(() => createPredictionHandler(readSettings()));
