import { prices } from './prices.ts';
import type { Architecture } from './request-cost.ts';

/** A job of AWS Batch on Fargate that runs, and for how long. */
export interface JobRun {
  readonly vCpu: number;
  readonly memoryMb: number;
  readonly seconds: number;
  /** Whether on spare capacity, at the least that this costs. */
  readonly spot: boolean;
  /** @default 'arm64', as a deployment */
  readonly architecture?: Architecture;
}

/**
 * Returns the dollars of one attempt of a job: processors, memory and its address, by begun seconds and for a minute at least. Batch
 * itself costs nothing, nor do the 20 GB of disk that come with a task.
 */
export function jobCost({ vCpu, memoryMb, seconds, spot, architecture = 'arm64' }: JobRun): number {
  const { vcpuHour, gbHour, spotShare, leastSeconds } = prices.fargate;
  const hours = Math.max(leastSeconds, Math.ceil(seconds)) / 3600;
  const perHour = vCpu * vcpuHour[architecture] + (memoryMb / 1024) * gbHour[architecture];
  return hours * (perHour * (spot ? spotShare : 1) + prices.publicAddress.hour);
}
