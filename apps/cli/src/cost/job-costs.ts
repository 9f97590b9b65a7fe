import type { Blueprint } from '@chorus/blueprint';
import { type Architecture, jobCost } from '@chorus/cost';

/** The price of a job while it runs; at rest it costs nothing. */
export interface JobCost {
  readonly name: string;
  readonly vCpu: number;
  readonly memoryMb: number;
  readonly spot: boolean;
  /** Dollars an hour, on the capacity that it has. */
  readonly hour: number;
  /** Dollars an hour where it is not on spare capacity. */
  readonly onDemandHour: number;
  /** Dollars of its longest attempt. */
  readonly longest: number;
}

/** Returns the jobs that SageMaker runs, whose price is not known here. */
export const jobsOfSageMaker = ({ jobs = [] }: Pick<Blueprint, 'jobs'>): readonly string[] =>
  jobs.flatMap(({ name, sageMaker }) =>
    sageMaker === undefined ? [] : [`${name}, on ${sageMaker.instance}`],
  );

/** Returns what each job that Batch runs costs while it runs. */
export function costOfJobs(
  { jobs = [] }: Pick<Blueprint, 'jobs'>,
  architecture: Architecture,
): readonly JobCost[] {
  return jobs.flatMap(({ name, vCpu, memoryMb, spot = true, timeoutSeconds, sageMaker }) => {
    if (sageMaker !== undefined) return [];
    const size = { vCpu, memoryMb, architecture };
    return {
      name,
      vCpu,
      memoryMb,
      spot,
      hour: jobCost({ ...size, spot, seconds: 3600 }),
      onDemandHour: jobCost({ ...size, spot: false, seconds: 3600 }),
      longest: jobCost({ ...size, spot, seconds: timeoutSeconds }),
    };
  });
}
