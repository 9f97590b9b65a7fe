import { blueprint } from '@chorus/blueprint';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createFront } from './front.ts';

await runBootstrap(() => createFront(readSettings(), blueprint));
