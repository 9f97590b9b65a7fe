import { dirname } from 'node:path/posix';
import { log } from '@chorus/runtime/log';
import type { TrainSettings } from './env.ts';
import { openObjects } from './objects.ts';
import { runJob } from './run-job.ts';
import { runShare } from './run-share.ts';
import { parseTrainingJob } from './training-job.ts';

/**
 * Runs one job as a process of its own, for what takes longer or needs more memory than a function has. The job is an object of the
 * bucket, as a function's event would be. What became of it is written beside that object: `outcome.json`, as a function would have
 * answered, or `failure.json`, `{"error", "message"}`.
 *
 * @param key of the job's object
 * @returns the status for the process to end with
 */
export async function runCommand(settings: TrainSettings, key: string): Promise<0 | 1> {
  const objects = openObjects(settings);
  const write = (name: string, value: unknown) =>
    objects.write(
      `${dirname(key)}/${name}`,
      Buffer.from(`${JSON.stringify(value)}\n`),
      'application/json',
    );
  try {
    const job = parseTrainingJob(JSON.parse(await objects.read(key)));
    const outcome = await (job.share === undefined
      ? runJob(job, objects)
      : runShare(job, job.share, objects));
    await write('outcome.json', outcome);
    log('info', 'trained', { job: key, model: outcome.model, rows: outcome.rows.train });
    return 0;
  } catch (error) {
    const failure = describe(error);
    log('error', 'not trained', { job: key, error: failure.error, reason: failure.message });
    await write('failure.json', failure);
    return 1;
  }
}

function describe(error: unknown): { readonly error: string; readonly message: string } {
  return error instanceof Error
    ? { error: error.name, message: error.message }
    : { error: 'Error', message: String(error) };
}
