import { longestHistory } from '@chorus/asl';
import type { ExecutionRecord } from '../store/records.ts';

/** How long after its end an execution may be redriven, in milliseconds: 14 days, as on AWS. */
const redrivable = 14 * 24 * 60 * 60 * 1000;

/**
 * Returns why an execution cannot be redriven, in AWS's words, or nothing if it can.
 *
 * @param events how many its history has
 * @param now milliseconds since the epoch
 */
export function whyNotRedrivable(
  { status, stopped }: ExecutionRecord,
  events: number,
  now: number,
): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED')
    return `Execution is ${status} and cannot be redriven`;
  if (events + 1 >= longestHistory - 1) return 'Execution history event limit exceeded';
  if (stopped !== undefined && now - stopped > redrivable)
    return 'Execution redrivable period exceeded';
  return undefined;
}
