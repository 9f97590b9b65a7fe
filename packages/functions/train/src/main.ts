import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createTrainHandler } from './handler.ts';

await runBootstrap(() => createTrainHandler(readSettings()));
