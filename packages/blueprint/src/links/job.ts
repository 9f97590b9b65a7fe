import { BlueprintError } from '../errors.ts';
import { jobQueueName, jobQueueVariable, jobVariable, pascalCase } from '../names.ts';
import type { Named, Needs } from './needs.ts';

/** A job that a state machine runs. */
export interface JobLink {
  readonly kind: 'job';
  readonly job: string;
}

/**
 * Lets a state machine run a job and wait for its end, by its name in the blueprint. The definition finds the ARN of the job
 * definition in `${<NAME>_JOB}`, and that of its queue in `${<NAME>_JOB_QUEUE}`.
 */
export function job(name: string): JobLink {
  return { kind: 'job', job: name };
}

/** @throws {BlueprintError} if there is no such job */
export function needsOfJob({ job: name }: JobLink, { jobs }: Named): Needs {
  const found = jobs.find((each) => each.name === name);
  if (found === undefined) throw new BlueprintError(`there is no job ${name}`);
  const queue = { kind: 'job-queue', queue: jobQueueName(found) } as const;
  return {
    variables: { [jobVariable(name)]: { kind: 'job', job: name }, [jobQueueVariable(name)]: queue },
    statements: [
      {
        sid: `Submit${pascalCase(name)}`,
        actions: ['batch:SubmitJob'],
        resources: [
          { kind: 'job', job: name, which: 'itself' },
          { kind: 'job', job: name, which: 'revisions' },
          queue,
        ],
        wildcard: 'A job definition has a new revision with each deployment',
      },
    ],
  };
}
