import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createCallHandler } from './handler.ts';

await runBootstrap(() => createCallHandler(readSettings()));
