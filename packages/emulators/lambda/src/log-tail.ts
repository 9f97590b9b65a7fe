import type { ProcessUsage } from './process-usage.ts';

/** A worker's output while it had an event. */
export interface InvocationLog {
  readonly text: Buffer;
  readonly durationMs: number;
  readonly memoryMb: number;
  /** What the worker used for it, where that can be told. */
  readonly used?: ProcessUsage | undefined;
}

/** The measured part of Lambda's report, and two that Lambda does not have: the processor's time, and the wait for it. */
function usedText(used: ProcessUsage | undefined): string {
  if (used === undefined) return '';
  const { memoryMb, processorMs, waitMs } = used;
  return `\tMax Memory Used: ${Math.ceil(memoryMb)} MB\tProcessor Time: ${processorMs.toFixed(2)} ms\tProcessor Wait: ${waitMs.toFixed(2)} ms`;
}

/** How much of a log Lambda gives back, in bytes. */
export const tailBytes = 4096;

/**
 * Returns the answer to `LogType=Tail`: the end of an invocation's log between Lambda's own lines, in base64. The memory is what
 * the worker had when it was through.
 */
export function logTail(log: InvocationLog, requestId: string, version: string): string {
  const { durationMs, memoryMb, text, used } = log;
  const lineEnd = text.length === 0 || text.at(-1) === 0x0a ? '' : '\n';
  const whole = Buffer.concat([
    Buffer.from(`START RequestId: ${requestId} Version: ${version}\n`),
    text,
    Buffer.from(
      `${lineEnd}END RequestId: ${requestId}\nREPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: ${memoryMb} MB${usedText(used)}\n`,
    ),
  ]);
  return whole.subarray(-tailBytes).toString('base64');
}
