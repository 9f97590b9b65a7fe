import { checkName } from '@chorus/registry/manifest';
import type { RegistryLocation } from '@chorus/registry/s3';
import { isObject, isText, parseRecord } from './parse-record.ts';
import { readText, writeText } from './stored-text.ts';
import type { ServedVersion } from './target.ts';

/** One change of what a model serves, or a try at one. */
export interface HistoryEntry {
  readonly kind: 'promote' | 'swap' | 'rollback';
  /** The version that was live; null when none was. */
  readonly from: ServedVersion | null;
  readonly to: ServedVersion;
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string;
  /** `live`: it is served from then on. */
  readonly outcome: 'live' | 'refused' | 'rolled-back' | 'interrupted';
  readonly reasons: readonly string[];
}

/** Entries kept; older ones are of no use to a rollback. */
const longest = 100;

/** Key of a model's history. @throws {ModelKeyError} */
function historyKey(model: string): string {
  checkName(model);
  return `promotions/${model}.json`;
}

function isServed(value: unknown): value is ServedVersion {
  return isObject(value) && isText(value['version']) && isText(value['functionVersion']);
}

function isEntry(value: unknown): value is HistoryEntry {
  if (!isObject(value)) return false;
  const { kind, from, to, started, ended, outcome, reasons } = value;
  return (
    ['promote', 'swap', 'rollback'].some((known) => known === kind) &&
    ['live', 'refused', 'rolled-back', 'interrupted'].some((known) => known === outcome) &&
    (from === null || isServed(from)) &&
    isServed(to) &&
    isText(started) &&
    isText(ended) &&
    Array.isArray(reasons) &&
    reasons.every(isText)
  );
}

/** @param place `s3://bucket/key` @throws {DamagedRecordError} */
export function parseHistory(text: string, place: string): readonly HistoryEntry[] {
  const remedy = `nothing was changed; move it away (aws s3 mv ${place} ${place}.damaged) and try again: a new one is begun`;
  return parseRecord(text, { place, kind: 'a history of promotions', remedy }, ({ history }) =>
    Array.isArray(history) && history.every(isEntry) ? history : undefined,
  );
}

/**
 * Reads the changes of a model's live version, oldest first.
 *
 * @throws {DamagedRecordError} when the object is no history
 * @throws {RegistryUnavailableError}
 */
export async function readHistory(
  location: RegistryLocation,
  model: string,
): Promise<readonly HistoryEntry[]> {
  const key = historyKey(model);
  const stored = await readText(location, key);
  return stored === undefined ? [] : parseHistory(stored.text, `s3://${location.bucket}/${key}`);
}

/**
 * Adds to it what has happened; only for who holds the lock. What is served counts: a history with a gap is no reason to
 * say that it has not happened.
 */
export async function appendHistory(
  location: RegistryLocation,
  model: string,
  entry: HistoryEntry,
  report: (line: string) => void,
): Promise<void> {
  try {
    const history = [...(await readHistory(location, model)), entry].slice(-longest);
    const text = `${JSON.stringify({ format: 1, model, history }, null, 2)}\n`;
    await writeText(location, historyKey(model), text, {});
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(`The history of ${model} could not be written: ${why}`);
  }
}

/**
 * Returns the version that was live before a version of the function became so, by the last time it did; undefined
 * when it is not known.
 */
export function liveBefore(
  history: readonly HistoryEntry[],
  functionVersion: string,
): ServedVersion | undefined {
  const entry = history.findLast(
    ({ kind, outcome, to }) =>
      kind !== 'rollback' && outcome === 'live' && to.functionVersion === functionVersion,
  );
  return entry?.from ?? undefined;
}
