import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createUploadsHandler } from './handler.ts';

await runBootstrap(() => createUploadsHandler(readSettings()));
