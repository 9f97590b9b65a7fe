import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createAuthorizerHandler } from './handler.ts';

await runBootstrap(() => createAuthorizerHandler(readSettings()));
