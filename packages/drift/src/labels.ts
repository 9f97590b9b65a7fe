import type { Metric } from '@chorus/registry/manifest';
import { DriftError } from './errors.ts';

/** What is said of one row that a version answered, once the truth is known. */
export interface Label {
  /** The model, or the workflow for the answer that is made of several. */
  readonly model: string;
  /** `v1`, `v2`, …; of a workflow `answer`. */
  readonly version: string;
  /** The request's id. */
  readonly id: string;
  /** The row in the request, from 0. */
  readonly row: number;
  /** When it was answered, in ISO 8601 with `Z`. */
  readonly at: string;
  readonly predicted: number | string;
  readonly truth: number | string;
}

/** The item that keeps one label, in the table of windows. */
export interface LabelItem {
  readonly model: string;
  /**
   * Sort key: `#label#<version>#<id>#<row>`, so that a label which is said again overwrites the first. It comes before
   * every window, whose keys begin with a year.
   */
  readonly window: string;
  /** The label, as JSON. */
  readonly label: string;
  /** Time to live, in epoch seconds. */
  readonly expiresAt: number;
}

/** How long a label is kept, in seconds: 90 days. */
const keptSeconds = 90 * 24 * 60 * 60;

/** Returns the first part of the sort keys of a version's labels. */
export function labelPrefix(version: string): string {
  return `#label#${version}#`;
}

/** Returns the item that keeps a label. @param now - epoch milliseconds */
export function labelItem(label: Label, now: number): LabelItem {
  return {
    model: label.model,
    window: `${labelPrefix(label.version)}${label.id}#${label.row}`,
    label: JSON.stringify(label),
    expiresAt: Math.floor(now / 1000) + keptSeconds,
  };
}

/**
 * Reads the label that an item keeps.
 *
 * @throws {DriftError} when the item is none of {@link labelItem}
 */
export function readLabelItem(item: Pick<LabelItem, 'label'>): Label {
  let value: unknown;
  try {
    value = JSON.parse(item.label);
  } catch (cause) {
    throw new DriftError(`This item of the table keeps no label: ${item.label}`, { cause });
  }
  if (!isLabel(value)) throw new DriftError(`This item of the table keeps no label: ${item.label}`);
  return value;
}

const isValue = (value: unknown) => typeof value === 'number' || typeof value === 'string';

function isLabel(value: unknown): value is Label {
  if (typeof value !== 'object' || value === null) return false;
  const { model, version, id, row, at, predicted, truth } = Object(value);
  return (
    [model, version, id, at].every((text) => typeof text === 'string') &&
    typeof row === 'number' &&
    isValue(predicted) &&
    isValue(truth)
  );
}

/** How good a version's answers were. */
export interface LiveMetrics {
  readonly labels: number;
  /** Of numbers `rmse`, `mae` and, where the truth is not the same everywhere, `r2`; of classes `accuracy`. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** Returns how good answers were whose truth is known. Where any of them is a class, all are. */
export function liveMetrics(labels: readonly Pick<Label, 'predicted' | 'truth'>[]): LiveMetrics {
  const count = labels.length;
  if (count === 0) return { labels: 0, metrics: {} };
  const numbers = labels.flatMap(({ predicted, truth }) =>
    typeof predicted === 'number' && typeof truth === 'number' ? [{ predicted, truth }] : [],
  );
  if (numbers.length < count) {
    const right = labels.filter(({ predicted, truth }) => String(predicted) === String(truth));
    return {
      labels: count,
      metrics: { accuracy: { value: right.length / count, better: 'higher' } },
    };
  }
  const mean = sum(numbers.map(({ truth }) => truth)) / count;
  const squares = sum(numbers.map(({ predicted, truth }) => (predicted - truth) ** 2));
  const spread = sum(numbers.map(({ truth }) => (truth - mean) ** 2));
  const absolute = sum(numbers.map(({ predicted, truth }) => Math.abs(predicted - truth)));
  return {
    labels: count,
    metrics: {
      rmse: { value: Math.sqrt(squares / count), better: 'lower' },
      mae: { value: absolute / count, better: 'lower' },
      ...(spread > 0 && { r2: { value: 1 - squares / spread, better: 'higher' as const } }),
    },
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
