import { runBootstrap } from '@chorus/runtime/bootstrap';
import { jobKey, readSettings } from './env.ts';
import { createTrainHandler } from './handler.ts';
import { runCommand } from './run-command.ts';

const job = jobKey();
if (job === undefined) await runBootstrap(() => createTrainHandler(readSettings()));
// What still holds the process, such as a connection to S3, is of no use any more.
else process.exit(await runCommand(readSettings(), job));
