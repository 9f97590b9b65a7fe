import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Hour } from './hours.ts';

/** What one event of a model counts as, by its log line. */
export interface CountedLine {
  readonly version: string;
  /** Rows that were answered. */
  readonly rows: number;
  readonly counts: string | undefined;
  /** 1 for a request that was refused. */
  readonly refused: number;
}

/** Lines of invocations that count. */
const filterPattern = '{ $.message = "invocation" && ($.rows >= 0 || $.refused = 1) }';

function parseLine(message: string): CountedLine | undefined {
  let line: Readonly<Record<string, unknown>>;
  try {
    line = Object(JSON.parse(message));
  } catch {
    return undefined;
  }
  const { model_version: version, rows = 0, counts, refused = 0 } = line;
  const isLine =
    typeof version === 'string' &&
    [rows, refused].every((each) => Number.isSafeInteger(each) && Number(each) >= 0) &&
    (counts === undefined || typeof counts === 'string');
  return isLine ? { version, rows: Number(rows), counts, refused: Number(refused) } : undefined;
}

/**
 * Reads the lines of an hour that count; what only looks like one is left out.
 *
 * @throws what the AWS SDK throws
 */
export async function* readLines(
  client: CloudWatchLogsClient,
  logGroupName: string,
  { from, to }: Hour,
): AsyncGenerator<CountedLine, void> {
  const pages = paginateFilterLogEvents(
    { client },
    // The last moment is included.
    { logGroupName, startTime: from, endTime: to - 1, filterPattern },
  );
  for await (const { events = [] } of pages) {
    for (const { message = '' } of events) {
      const line = parseLine(message);
      if (line !== undefined) yield line;
    }
  }
}
