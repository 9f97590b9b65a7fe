import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createReadReviewHandler } from './handler.ts';

await runBootstrap(() => createReadReviewHandler(readSettings()));
