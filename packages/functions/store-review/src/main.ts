import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createStoreHandler } from './handler.ts';

await runBootstrap(() => createStoreHandler(readSettings()));
