/** How far a pipeline goes before all requests are a new version's, and how long each part may take. */

import { BlueprintError } from '../errors.ts';
import { longestSeconds } from './pipeline-functions.ts';
import type { PipelineSpec, PipelineTrial } from './pipeline-spec.ts';

/** How long a person has to approve where a pipeline says nothing else, and at most, in seconds. */
const longestApproval = 7 * 24 * 60 * 60;

const usual = { shadowSeconds: 30, canarySeconds: 60, canaryShare: 0.1, requestsPerSecond: 10 };

/** A phase that has seen too few requests goes on as long again, and at least so long, in seconds. */
const leastExtension = 30;

/** Seconds for what is no phase: the version is published and answers its first request. */
const besidePhases = 120;

const atMost = (seconds: number): number =>
  seconds === 0 ? 0 : seconds + Math.max(seconds, leastExtension);

/**
 * Returns how versions are tried out; undefined where they are not.
 *
 * @throws {BlueprintError} if the phases may take longer than a function has, or a number makes no sense
 */
export function trialOf({ name, promotion, trial = {} }: PipelineSpec): PipelineTrial | undefined {
  const isTried = promotion === 'shadow' || promotion === 'canary';
  if (!isTried) {
    if (Object.keys(trial).length === 0) return undefined;
    throw new BlueprintError(
      `the pipeline ${name} has a trial, which belongs to the promotions shadow and canary`,
    );
  }
  const { shadowSeconds, canarySeconds, canaryShare, requestsPerSecond } = { ...usual, ...trial };
  const fits =
    shadowSeconds >= 0 &&
    requestsPerSecond > 0 &&
    (promotion === 'shadow'
      ? shadowSeconds > 0
      : canarySeconds > 0 && canaryShare > 0 && canaryShare <= 1);
  if (!fits)
    throw new BlueprintError(
      `the trial of the pipeline ${name} needs seconds and requests above 0, and a canaryShare of at most 1`,
    );
  const longest = atMost(shadowSeconds) + (promotion === 'canary' ? atMost(canarySeconds) : 0);
  if (longest + besidePhases > longestSeconds)
    throw new BlueprintError(
      `the trial of the pipeline ${name} may take ${longest} s for each model, and a function has ${longestSeconds - besidePhases} s for it: shorten its phases`,
    );
  return trial;
}

/** @throws {BlueprintError} if a person has no time, more than a week, or none is asked */
export function approvalSecondsOf({ name, promotion, approvalSeconds }: PipelineSpec): number {
  if (approvalSeconds === undefined) return longestApproval;
  if (promotion !== 'approval')
    throw new BlueprintError(
      `the pipeline ${name} has approvalSeconds, which belong to the promotion approval`,
    );
  const fits =
    Number.isInteger(approvalSeconds) && approvalSeconds > 0 && approvalSeconds <= longestApproval;
  if (fits) return approvalSeconds;
  throw new BlueprintError(
    `approvalSeconds of the pipeline ${name} is a whole number from 1 to ${longestApproval}, not ${approvalSeconds}`,
  );
}

const units = [
  [24 * 60 * 60, 'days'],
  [60 * 60, 'hours'],
  [60, 'minutes'],
] as const;

/** Returns a time in words: `7 days`. */
export function timeInWords(seconds: number): string {
  const unit = units.find(([length]) => seconds % length === 0 && seconds > length);
  return unit === undefined ? `${seconds} seconds` : `${seconds / unit[0]} ${unit[1]}`;
}
