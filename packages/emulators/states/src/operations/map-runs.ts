import { stateMachineArn } from '@chorus/emulator-aws';
import { startOf, tokenOf, usualPage } from '../pages.ts';
import type { ChildCount, ChildStatus } from '../store/map-run-records.ts';
import { type Call, seconds } from './call.ts';
import { executionOf, mapRunOf } from './named.ts';

/** The names of the statuses in counts. */
const countNames: Readonly<Record<ChildStatus, string>> = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
  PENDING_REDRIVE: 'pendingRedrive',
};

function countsOf(
  counts: readonly ChildCount[],
  unit: 'executions' | 'items',
  isWritten: boolean,
): Record<string, number> {
  const all = Object.fromEntries(Object.values(countNames).map((name) => [name, 0]));
  let total = 0;
  for (const count of counts) {
    all[countNames[count.status]] = count[unit];
    total += count[unit];
  }
  return { ...all, total, resultsWritten: isWritten ? total : 0, failuresNotRedrivable: 0 };
}

export function describeMapRun(call: Call): unknown {
  const run = mapRunOf(call);
  const counts = call.store.mapRuns.counts(run.id);
  const { arn, executionArn, status, started, stopped, redrives, redriven, isWritten } = run;
  return {
    mapRunArn: arn,
    executionArn,
    status,
    startDate: seconds(started),
    ...(stopped !== undefined && { stopDate: seconds(stopped) }),
    maxConcurrency: run.maxConcurrency,
    toleratedFailurePercentage: run.toleratedPercentage ?? 0,
    toleratedFailureCount: run.toleratedCount ?? 0,
    itemCounts: countsOf(counts, 'items', isWritten),
    executionCounts: countsOf(counts, 'executions', isWritten),
    redriveCount: redrives,
    ...(redriven !== undefined && { redriveDate: seconds(redriven) }),
  };
}

export function listMapRuns(call: Call): unknown {
  const { maxResults, nextToken } = call.parameters;
  const execution = executionOf(call);
  const limit = maxResults || usualPage;
  const before = nextToken === undefined ? Number.MAX_SAFE_INTEGER : startOf(nextToken);
  const found = call.store.mapRuns.of(execution.id, before, limit + 1);
  const runs = found.slice(0, limit);
  const last = runs.at(-1);
  return {
    mapRuns: runs.map(({ arn, executionArn, machine, started, stopped }) => ({
      executionArn,
      mapRunArn: arn,
      stateMachineArn: stateMachineArn(machine),
      startDate: seconds(started),
      ...(stopped !== undefined && { stopDate: seconds(stopped) }),
    })),
    ...(found.length > limit && last && { nextToken: tokenOf(last.id) }),
  };
}

export function updateMapRun(call: Call): unknown {
  const { maxConcurrency, toleratedFailurePercentage, toleratedFailureCount } = call.parameters;
  call.states.mapRuns.update(mapRunOf(call).arn, {
    ...(maxConcurrency !== undefined && { maxConcurrency }),
    ...(toleratedFailurePercentage !== undefined && {
      toleratedPercentage: toleratedFailurePercentage,
    }),
    ...(toleratedFailureCount !== undefined && { toleratedCount: toleratedFailureCount }),
  });
  return {};
}
