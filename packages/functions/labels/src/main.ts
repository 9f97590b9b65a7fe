import { answeredOnce } from '@chorus/runtime/answered-once';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { readSettings } from './env.ts';
import { createLabelsHandler } from './handler.ts';

await runBootstrap(() => answeredOnce(createLabelsHandler(readSettings())));
