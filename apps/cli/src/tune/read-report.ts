/** The numbers of Lambda's REPORT line. */
export interface InvocationReport {
  readonly durationMs: number;
  readonly memoryMb: number;
  /** Most memory that was used; the local cloud tells it on Linux. */
  readonly usedMb?: number;
  /** Of a cold start. */
  readonly initMs?: number;
  /** Processor time, which only the local cloud tells. */
  readonly processorMs?: number;
  /** How long the function had no processor because others had it; the same. */
  readonly waitMs?: number;
}

function numberAfter(name: string, line: string): number | undefined {
  const text = new RegExp(`\\t${name}: (?<value>[\\d.]+) M?[Bm]`).exec(line)?.groups?.['value'];
  return text === undefined ? undefined : Number(text);
}

/**
 * Reads the report at the end of an invocation's log.
 *
 * @param logResult in base64, as `LogType=Tail` gives it
 * @returns undefined if there is none
 */
export function readReport(logResult: string): InvocationReport | undefined {
  const log = Buffer.from(logResult, 'base64').toString();
  const line = /^REPORT RequestId: .*$/m.exec(log)?.[0] ?? '';
  const durationMs = numberAfter('Duration', line);
  const memoryMb = numberAfter('Memory Size', line);
  if (durationMs === undefined || memoryMb === undefined) return undefined;
  const usedMb = numberAfter('Max Memory Used', line);
  const initMs = numberAfter('Init Duration', line);
  const processorMs = numberAfter('Processor Time', line);
  const waitMs = numberAfter('Processor Wait', line);
  return {
    durationMs,
    memoryMb,
    ...(usedMb !== undefined && { usedMb }),
    ...(initMs !== undefined && { initMs }),
    ...(processorMs !== undefined && { processorMs }),
    ...(waitMs !== undefined && { waitMs }),
  };
}
