import type { Counts, WindowCounts } from './counts.ts';
import { DriftError } from './errors.ts';

/**
 * The item of a table that keeps one window of one version. Its key is made of the model, the version
 * and the beginning, so that counting a window again overwrites it.
 */
export interface WindowItem {
  /** Partition key: the model. */
  readonly model: string;
  /** Sort key: `<from>#<version>`. */
  readonly window: string;
  /** The window, as JSON. */
  readonly counts: string;
  /** Time to live, in epoch seconds. */
  readonly expiresAt: number;
}

/** How long a window is kept, in seconds: 90 days. */
const keptSeconds = 90 * 24 * 60 * 60;

/** Returns the item that keeps a window. */
export function windowItem(counts: WindowCounts): WindowItem {
  return {
    model: counts.model,
    window: `${counts.from}#${counts.version}`,
    counts: JSON.stringify(counts),
    expiresAt: Math.floor(Date.parse(counts.to) / 1000) + keptSeconds,
  };
}

/**
 * Reads the window that an item keeps.
 *
 * @throws {DriftError} when the item is none of {@link windowItem}
 */
export function readWindowItem(item: Pick<WindowItem, 'counts'>): WindowCounts {
  const value: unknown = parse(item.counts);
  if (!isWindow(value))
    throw new DriftError(`This item of the table keeps no window of counts: ${item.counts}`);
  return value;
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DriftError(`This item of the table keeps no JSON: ${text.slice(0, 200)}`, { cause });
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function isCounts(value: unknown): value is Counts {
  if (!isObject(value) || !Array.isArray(value['bins'])) return false;
  const { bins, missing, below, above, unseen } = value;
  return [...bins, missing, below, above, unseen].every(isCount);
}

function isWindow(value: unknown): value is WindowCounts {
  if (!isObject(value)) return false;
  const { model, version, from, to, rows, refused, inputs, outputs } = value;
  return (
    [model, version, from, to].every((text) => typeof text === 'string') &&
    [rows, refused].every(isCount) &&
    [inputs, outputs].every((each) => isObject(each) && Object.values(each).every(isCounts))
  );
}
