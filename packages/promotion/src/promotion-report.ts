import type { Breach } from './gates.ts';
import type { Watched } from './observe.ts';
import type { ServedVersion } from './target.ts';

/** One phase of a promotion, and what was seen in it. */
export interface PhaseReport extends Watched {
  readonly phase: 'shadow' | 'canary';
  /** Share of callers' requests that the new version got, 0 to 1. */
  readonly weight: number;
  readonly breaches: readonly Breach[];
}

/**
 * `live`: all requests are the new version's. `already-live`: they were before. `refused`: it never got a caller's
 * request. `rolled-back`: its canary was taken back. `interrupted`: stopped half-way, everything is as before.
 */
export type PromotionOutcome = 'live' | 'already-live' | 'refused' | 'rolled-back' | 'interrupted';

/** A metric of two versions. */
export interface MetricPair {
  readonly old: number | null;
  readonly new: number | null;
}

/** The course and outcome of a promotion. */
export interface PromotionReport {
  readonly model: string;
  readonly from: ServedVersion;
  /** Without a version of the function when it never came to one. */
  readonly to: { readonly version: string; readonly functionVersion: string | null };
  readonly outcome: PromotionOutcome;
  /** The metrics of both versions by name; null where a manifest lacks one. */
  readonly metrics: Readonly<Record<string, MetricPair>>;
  readonly reasons: readonly string[];
  readonly phases: readonly PhaseReport[];
  readonly durationMs: number;
}
