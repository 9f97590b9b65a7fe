import { runBootstrap } from '@chorus/runtime/bootstrap';
import { createSummariseHandler } from './handler.ts';

await runBootstrap(createSummariseHandler);
