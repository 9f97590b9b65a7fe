import { blueprint } from '@chorus/blueprint';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createGateway } from './gateway.ts';

await runBootstrap(() => createGateway(readSettings(), blueprint));
