import { setTimeout as sleep } from 'node:timers/promises';
import type { DescribeExecutionOutput, MapRunItemCounts } from '@aws-sdk/client-sfn';
import { CliError, isCausedBy } from '../errors.ts';
import type { Progress } from '../progress.ts';
import type { BatchCloud } from './batch-cloud.ts';

/** How a batch has ended. */
export interface EndedBatch {
  readonly execution: DescribeExecutionOutput;
  /** Nothing when it ended before it began with any row. */
  readonly mapRunArn: string | undefined;
  /** Rows, by what became of them. */
  readonly counts: Partial<MapRunItemCounts>;
}

/** Milliseconds between two looks. */
const pause = 500;

/**
 * Waits for a batch's end, and shows how far it has got.
 *
 * @param resumeHint says how to go on with it
 * @throws {CliError} if the cloud is gone
 */
export async function followBatch(
  { sfn }: BatchCloud,
  executionArn: string,
  progress: Progress,
  resumeHint: string,
): Promise<EndedBatch> {
  const { DescribeExecutionCommand, DescribeMapRunCommand, ListMapRunsCommand } = await import(
    '@aws-sdk/client-sfn'
  );
  try {
    for (;;) {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
      const mapRunArn = mapRuns[0]?.mapRunArn;
      const run =
        mapRunArn === undefined
          ? undefined
          : await sfn.send(new DescribeMapRunCommand({ mapRunArn }));
      const counts: Partial<MapRunItemCounts> = run?.itemCounts ?? {};
      const { succeeded = 0, failed = 0, timedOut = 0, aborted = 0, total = 0 } = counts;
      if (total > 0) progress.update('rows', succeeded + failed + timedOut + aborted, total);
      if (execution.status !== 'RUNNING') return { execution, mapRunArn, counts };
      await sleep(pause);
    }
  } catch (cause) {
    if (!isCausedBy(cause, 'ECONNREFUSED', 'ECONNRESET')) throw cause;
    throw new CliError(
      `The local cloud has gone. What is done is kept: start it again, and go on with: ${resumeHint}`,
      { cause },
    );
  }
}
