import { BlueprintError } from '../errors.ts';
import {
  jobImageVariable,
  jobQueueName,
  jobQueueVariable,
  jobRoleVariable,
  jobVariable,
  pascalCase,
} from '../names.ts';
import type { Named, Needs } from './needs.ts';

/** A job that a state machine runs. */
export interface JobLink {
  readonly kind: 'job';
  readonly job: string;
}

/**
 * Lets a state machine run a job and wait for its end, by its name in the blueprint. The definition finds the ARN of the job
 * definition in `${<NAME>_JOB}`, and that of its queue in `${<NAME>_JOB_QUEUE}`; of a job that SageMaker runs, the beginning of the
 * names of its runs, the image in `${<NAME>_JOB_IMAGE}` and the role in `${<NAME>_JOB_ROLE}`.
 */
export function job(name: string): JobLink {
  return { kind: 'job', job: name };
}

/** @throws {BlueprintError} if there is no such job */
export function needsOfJob({ job: name }: JobLink, { jobs }: Named): Needs {
  const found = jobs.find((each) => each.name === name);
  if (found === undefined) throw new BlueprintError(`there is no job ${name}`);
  // Its runs are named as they begin, so a deployment gives the rights, as for all that a definition waits for.
  if (found.sageMaker !== undefined) {
    const part = (of: 'name' | 'image' | 'role') =>
      ({ kind: 'training-job', job: name, part: of }) as const;
    return {
      variables: {
        [jobVariable(name)]: part('name'),
        [jobImageVariable(name)]: part('image'),
        [jobRoleVariable(name)]: part('role'),
      },
      statements: [],
    };
  }
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
