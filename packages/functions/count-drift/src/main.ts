import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createCountHandler } from './handler.ts';

await runBootstrap(() => createCountHandler(readSettings()));
