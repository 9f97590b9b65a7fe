import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createHandler } from './handler.ts';

await runBootstrap(() => createHandler(readSettings()));
