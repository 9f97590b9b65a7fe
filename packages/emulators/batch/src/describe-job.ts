import type { Attempt, JobRecord } from './job-record.ts';
import type { LocalJobDefinition } from './local-job.ts';
import { jobArn, jobDefinitionArn, jobQueueArn } from './names.ts';

/** Members without those that have no value. */
const present = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

const attemptOf = (attempt: Attempt) => ({
  container: present({
    exitCode: attempt.exitCode,
    reason: attempt.reason,
    logStreamName: attempt.logStreamName,
    networkInterfaces: [],
  }),
  startedAt: attempt.startedAt,
  stoppedAt: attempt.stoppedAt,
  statusReason: attempt.statusReason,
});

/** Returns a job as DescribeJobs tells it. */
export function describeJob(
  job: JobRecord,
  definition: Pick<LocalJobDefinition, 'image' | 'environment'> | undefined,
): Record<string, unknown> {
  const last = job.attempts.at(-1);
  return present({
    jobArn: jobArn(job.id),
    jobName: job.name,
    jobId: job.id,
    jobQueue: jobQueueArn(job.queue),
    status: job.status,
    attempts: job.attempts.map(attemptOf),
    statusReason: job.statusReason,
    createdAt: job.createdAt,
    retryStrategy: { evaluateOnExit: [], ...job.retryStrategy },
    startedAt: job.startedAt,
    stoppedAt: job.stoppedAt,
    dependsOn: [],
    jobDefinition: jobDefinitionArn(job.definition),
    parameters: {},
    container: present({
      image: definition?.image,
      command: job.command,
      volumes: [],
      environment: pairs({ ...definition?.environment, ...job.environment }),
      mountPoints: [],
      ulimits: [],
      exitCode: last?.exitCode,
      reason: last?.reason,
      logStreamName: last?.logStreamName,
      networkInterfaces: [],
      resourceRequirements: [
        { value: String(job.vcpus), type: 'VCPU' },
        { value: String(job.memoryMb), type: 'MEMORY' },
      ],
      secrets: [],
    }),
    timeout: { attemptDurationSeconds: job.timeoutSeconds },
    tags: job.tags,
    platformCapabilities: ['FARGATE'],
    isCancelled: false,
    isTerminated: job.terminated !== undefined,
  });
}

/** Returns a job as ListJobs tells it. */
export function summariseJob(job: JobRecord): Record<string, unknown> {
  const last = job.attempts.at(-1);
  return present({
    jobArn: jobArn(job.id),
    jobId: job.id,
    jobName: job.name,
    createdAt: job.createdAt,
    status: job.status,
    statusReason: job.statusReason,
    startedAt: job.startedAt,
    stoppedAt: job.stoppedAt,
    container: present({ exitCode: last?.exitCode, reason: last?.reason }),
    jobDefinition: jobDefinitionArn(job.definition),
  });
}
