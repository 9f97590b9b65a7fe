/** What a run wrote down of each step; members are as the steps gave them. */

import type { RunSource, RunStatus } from './pipeline-run.ts';

/** A number with what it may as well be, with 95 % confidence. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What one version made of the rows that were held out. */
export interface VersionFigures {
  readonly rmse: Measured;
  readonly r2: Measured;
}

/** A new version beside the live one, on the same rows. */
export interface ModelEvaluation {
  readonly model: string;
  /** Start of the keys of the candidate's files. */
  readonly output: string;
  /** The version that was live, asked now; null where none was. */
  readonly champion: (VersionFigures & { readonly version: string }) | null;
  readonly challenger: VersionFigures;
  /** By how much its RMSE is smaller, with the interval of that; null without a champion. */
  readonly difference: Measured | null;
  readonly rows: number;
  readonly chosen: boolean;
  /** Why, in a line. */
  readonly reason: string;
  /** What a reader has to know of the comparison. */
  readonly warnings: readonly string[];
}

export interface PublishedVersion {
  readonly model: string;
  readonly version: string;
  /** The version that it is better than. */
  readonly champion: string | null;
}

/** What one of two versions made of the requests of a phase. */
export interface PhaseAnswers {
  readonly requests: number;
  readonly errors: number;
  /** Milliseconds; null when nothing was answered. */
  readonly p50: number | null;
  readonly p95: number | null;
}

/** A time in which a new version was tried out beside the live one. */
export interface PromotionPhase {
  /** `shadow`: unseen by callers. `canary`: with a share of their requests. */
  readonly phase: 'shadow' | 'canary';
  /** Share of callers' requests that the new version got, 0 to 1. */
  readonly share: number;
  readonly seconds: number;
  readonly live: PhaseAnswers;
  readonly new: PhaseAnswers;
  /** Mean and largest difference of their numbers, in standard deviations of the live version's; null without numbers. */
  readonly apart: { readonly mean: number; readonly max: number } | null;
  /** How often their classes are other ones, by output. */
  readonly disagreements: readonly { readonly output: string; readonly share: number }[];
}

export interface PromotedVersion extends PublishedVersion {
  /** `changed`: another version became live meanwhile, so nothing was done. `failed`: it could not be tried. */
  readonly outcome: 'live' | 'refused' | 'changed' | 'failed';
  readonly reasons: readonly string[];
  /** What was seen before; absent where nothing was to be. */
  readonly phases?: readonly PromotionPhase[];
}

export interface RunFailure {
  readonly step: string;
  readonly error: string;
  readonly cause: string;
}

export interface Approval {
  readonly approved: boolean;
  readonly by?: string;
  readonly reason?: string;
}

/** A problem of the data, and the first rows that have it. */
export interface DataProblem {
  readonly rule: string;
  readonly column?: string;
  readonly message: string;
  readonly count: number;
  readonly first: readonly { readonly row: number; readonly value: string | number | null }[];
}

/** What came of one model's training. */
export interface ModelTraining {
  readonly model: string;
  readonly error?: string;
  readonly cause?: string;
  /** Of those that were tried, the options that it was trained with. */
  readonly options?: Readonly<Record<string, number | string>>;
  /** Every combination that was tried, and its figures on rows that it was not fitted on. */
  readonly tried?: readonly {
    readonly options: Readonly<Record<string, number | string>>;
    readonly metrics?: Readonly<Record<string, number>>;
    readonly error?: string;
    readonly cause?: string;
  }[];
  /** What came of each share of the training; none if it was done as one. */
  readonly shares?: readonly {
    readonly parts?: { readonly first: number; readonly end: number; readonly of: number };
    readonly error?: string;
    readonly cause?: string;
  }[];
}

/** What `report.json` holds. */
export interface RunReport extends RunSource {
  readonly status: RunStatus;
  /** ISO 8601; absent while it waits for a person. */
  readonly ended?: string;
  /** What came of it, in a line. */
  readonly summary: string;
  readonly failure?: RunFailure;
  readonly validation: {
    readonly ok: boolean;
    readonly rows: number;
    readonly problems: readonly DataProblem[];
  } | null;
  readonly data: {
    readonly train: string;
    readonly test: string;
    readonly trainRows: number;
    readonly testRows: number;
    readonly sha256: string;
  } | null;
  readonly trained: readonly ModelTraining[];
  readonly evaluation: readonly ModelEvaluation[];
  readonly published: readonly PublishedVersion[];
  readonly approval: Approval | null;
  readonly promoted: readonly PromotedVersion[];
}

/** Returns what came of a run, in a line. */
export function summarise(report: Omit<RunReport, 'summary' | 'ended'>): string {
  const { status, failure, validation, evaluation, promoted, approval, published } = report;
  switch (status) {
    case 'promoted':
      return promoted
        .map(({ model, version, outcome, reasons }) =>
          outcome === 'live'
            ? `${model} ${version} is live`
            : `${model} ${version} is not: ${reasons.join('; ')}`,
        )
        .join(', ');
    case 'refused':
      return (validation?.problems ?? []).map(({ message }) => message).join('; ');
    case 'failed':
      return `${failure?.step}: ${failure?.error}`;
    case 'rejected':
      return (
        approval?.reason ?? `not approved${approval?.by === undefined ? '' : ` by ${approval.by}`}`
      );
    case 'waiting':
      return published
        .map(({ model, version }) => `${model} ${version} waits for approval`)
        .join(', ');
    case 'kept':
      return [
        ...evaluation.flatMap(({ model, chosen, reason }) =>
          chosen ? [] : [`${model}: ${reason}`],
        ),
        ...promoted.map(({ model, reasons }) => `${model}: ${reasons.join('; ')}`),
      ].join(', ');
    case 'known':
    case 'running':
      return '';
  }
}
