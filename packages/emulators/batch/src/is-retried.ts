import type { Attempt } from './job-record.ts';
import type { ExitRule, RetryStrategy } from './local-job.ts';

/** Whether a text fits a pattern, whose `*` at the end stands for any text; without a pattern every text does. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/**
 * Tells whether a job is tried again after an attempt that failed, as Batch decides it: the first rule that fits says so, and
 * where none fits it is.
 * https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
 */
export function isRetried(
  { attempts, evaluateOnExit = [] }: RetryStrategy,
  made: readonly Attempt[],
): boolean {
  const last = made.at(-1);
  if (last === undefined || made.length >= attempts) return false;
  const rule = evaluateOnExit.find(
    ({ onStatusReason, onReason, onExitCode }: ExitRule) =>
      fits(onStatusReason, last.statusReason) &&
      fits(onReason, last.reason ?? '') &&
      fits(onExitCode, last.exitCode === undefined ? '' : String(last.exitCode)),
  );
  return rule === undefined || rule.action.toLowerCase() === 'retry';
}
