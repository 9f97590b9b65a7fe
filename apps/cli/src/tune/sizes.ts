import type { InvocationReport } from './read-report.ts';

/** Memory with which a function has one processor, in MB; it has less, or more, in proportion. */
export const oneProcessorMb = 1769;

/** The sizes that are measured when none are named: a doubling each, and one processor. */
export const usualSizes: readonly number[] = [128, 256, 512, 1024, 1769, 3008];

/** What an invocation takes with a size, and what it costs. */
export interface MeasuredSize {
  readonly memoryMb: number;
  /** Of the invocations, in milliseconds. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly meanMs: number;
  /** Most memory that was used, where it is told. */
  readonly usedMb: number | null;
  /** Initialisation of the environment, where it is told. */
  readonly initMs: number | null;
  /** Processor time in the middle, where it is told. */
  readonly processorMs: number | null;
  /** Dollars for a million invocations. */
  readonly perMillion: number;
}

/** A size with which the function does not answer. */
interface FailedSize {
  readonly memoryMb: number;
  readonly failure: string;
}

export type SizeResult = MeasuredSize | FailedSize;

export const isMeasured = (size: SizeResult): size is MeasuredSize => 'p50Ms' in size;

/** The value that a share of the others does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * Returns the duration with a function's share of a processor, of an invocation that ran here. Time in which other programs had
 * the processor does not count. More than one processor makes nothing faster: a model's session computes in one thread.
 */
export function durationWithShare(
  {
    durationMs,
    waitMs = 0,
    processorMs = durationMs,
  }: Pick<InvocationReport, 'durationMs' | 'processorMs' | 'waitMs'>,
  memoryMb: number,
): number {
  const share = Math.min(1, memoryMb / oneProcessorMb);
  const alone = Math.max(durationMs - waitMs, 0);
  // Time that several threads spend at once is not more than all of the duration.
  const working = Math.min(processorMs, alone);
  return alone - working + working / share;
}

/**
 * Sums invocations of one size up.
 *
 * @param costOf dollars of one that takes so long
 */
export function sumUp(
  memoryMb: number,
  durations: readonly number[],
  reports: readonly InvocationReport[],
  costOf: (durationMs: number) => number,
): MeasuredSize {
  const known = (name: 'usedMb' | 'initMs' | 'processorMs'): readonly number[] =>
    reports.flatMap((report) => report[name] ?? []);
  const [used, init, processor] = [known('usedMb'), known('initMs'), known('processorMs')];
  const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);
  return {
    memoryMb,
    p50Ms: quantile(durations, 0.5),
    p95Ms: quantile(durations, 0.95),
    meanMs: sum(durations) / durations.length,
    usedMb: used.length > 0 ? Math.max(...used) : null,
    initMs: init[0] ?? null,
    processorMs: processor.length > 0 ? quantile(processor, 0.5) : null,
    perMillion: (sum(durations.map(costOf)) / durations.length) * 1e6,
  };
}

/** How much slower than the fastest size still counts as fast. */
const asFast = 1.05;

/** The sizes that are advised; null if none works. */
export interface Advice {
  /** The one that costs least. */
  readonly cost: number | null;
  /** The smallest of those that are as fast as the fastest, within 5 %. */
  readonly latency: number | null;
}

export function advise(results: readonly SizeResult[]): Advice {
  const measured = results.filter(isMeasured);
  const cheapest = Math.min(...measured.map(({ perMillion }) => perMillion));
  const fastest = Math.min(...measured.map(({ p50Ms }) => p50Ms));
  const smallest = (fits: (size: MeasuredSize) => boolean): number | null =>
    measured.filter(fits).toSorted((a, b) => a.memoryMb - b.memoryMb)[0]?.memoryMb ?? null;
  return {
    cost: smallest(({ perMillion }) => perMillion === cheapest),
    latency: smallest(({ p50Ms }) => p50Ms <= fastest * asFast),
  };
}
