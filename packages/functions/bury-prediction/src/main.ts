import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createBuryHandler } from './handler.ts';

await runBootstrap(() => createBuryHandler(readSettings()));
