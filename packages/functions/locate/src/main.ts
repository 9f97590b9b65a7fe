import { runBootstrap } from '@chorus/runtime/bootstrap';
import { createLocateHandler } from './handler.ts';

await runBootstrap(createLocateHandler);
