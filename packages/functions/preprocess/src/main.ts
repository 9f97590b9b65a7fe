import { runBootstrap } from '@chorus/runtime/bootstrap';
import { createPreprocessHandler } from './handler.ts';

await runBootstrap(createPreprocessHandler);
