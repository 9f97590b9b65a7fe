import { createBuryHandler, readSettings } from '@chorus/bury-prediction';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { mayBeKilled } from '../../shaky/src/may-be-killed.ts';

await runBootstrap(() => mayBeKilled(createBuryHandler(readSettings())));
