import { BlueprintError } from '../errors.ts';
import type { Blueprint } from '../types.ts';
import type { JobSpec, SageMakerSpec } from './job-spec.ts';

/**
 * Memory of Fargate by the number of processors, in megabytes: least, most, and the step between.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html
 */
const memoryOf: ReadonlyMap<number, readonly [number, number, number]> = new Map([
  [0.25, [512, 2048, 512]],
  [0.5, [1024, 4096, 1024]],
  [1, [2048, 8192, 1024]],
  [2, [4096, 16_384, 1024]],
  [4, [8192, 30_720, 1024]],
  [8, [16_384, 61_440, 4096]],
  [16, [32_768, 122_880, 8192]],
]);

/** Shortest time-out that Batch takes, in seconds. */
const shortestTimeout = 60;

/** A machine's name, and the disks in GB that it may have. */
const sageMakerInstance = /^ml\.[a-z0-9-]+\.[a-z0-9]+$/;
const sageMakerDiskGb = [1, 16_384] as const;

function problemOfSageMaker({ instance, diskGb }: SageMakerSpec): string | undefined {
  if (!sageMakerInstance.test(instance))
    return `a machine of SageMaker is called like ml.m5.xlarge, not ${instance}`;
  const [least, most] = sageMakerDiskGb;
  if (!Number.isInteger(diskGb) || diskGb < least || diskGb > most)
    return `SageMaker has disks of ${least} to ${most} GB, not ${diskGb}`;
  return undefined;
}

function problemOf(spec: JobSpec): string | undefined {
  const { vCpu, memoryMb, attempts = 1, timeoutSeconds, sageMaker } = spec;
  const onSageMaker = sageMaker && problemOfSageMaker(sageMaker);
  if (onSageMaker !== undefined) return onSageMaker;
  const memory = memoryOf.get(vCpu);
  if (memory === undefined)
    return `Fargate has ${[...memoryOf.keys()].join(', ')} processors, not ${vCpu}`;
  const [least, most, step] = memory;
  const fits =
    memoryMb >= least && memoryMb <= most && (memoryMb % step === 0 || memoryMb === least);
  // A quarter of a processor has 512 MB, 1 GB and 2 GB.
  if (!fits || (vCpu === 0.25 && memoryMb === 1536))
    return `with ${vCpu} processors Fargate has ${least} to ${most} MB in steps of ${step}, not ${memoryMb}`;
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 10)
    return `Batch makes 1 to 10 attempts, not ${attempts}`;
  if (!(timeoutSeconds >= shortestTimeout))
    return `Batch gives an attempt ${shortestTimeout} s at least, not ${timeoutSeconds}`;
  return undefined;
}

/**
 * Checks the jobs of a blueprint.
 *
 * @throws {BlueprintError} for a name that two have, and for a size that Fargate does not have
 */
export function checkJobs({ jobs = [] }: Pick<Blueprint, 'jobs'>): void {
  const names = jobs.map(({ name }) => name);
  for (const [index, job] of jobs.entries()) {
    if (names.indexOf(job.name) < index)
      throw new BlueprintError(`there are two jobs with the name ${job.name}`);
    const problem = problemOf(job);
    if (problem !== undefined) throw new BlueprintError(`the job ${job.name}: ${problem}`);
  }
}
