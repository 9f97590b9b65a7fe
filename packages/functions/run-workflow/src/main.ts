import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createRunHandler } from './handler.ts';

await runBootstrap(() => createRunHandler(readSettings()));
