import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createFeaturesFunction } from './handler.ts';

await runBootstrap(() => createFeaturesFunction(readSettings()).handle);
