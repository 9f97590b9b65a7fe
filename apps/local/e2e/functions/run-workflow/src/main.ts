import { createRunHandler, readSettings } from '@chorus/run-workflow';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { mayBeKilled } from '../../shaky/src/may-be-killed.ts';

await runBootstrap(() => mayBeKilled(createRunHandler(readSettings())));
