import { describeApi } from '@chorus/openapi';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { blueprint } from '@chorus/service';
import { readSettings } from './env.ts';
import { createGateway } from './gateway.ts';

await runBootstrap(() => createGateway(readSettings(), blueprint, () => describeApi(blueprint)));
