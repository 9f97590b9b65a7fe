import { checkName } from '../model-key.ts';
import type { RegistryLocation } from '../s3.ts';
import { readText, writeText } from './stored-text.ts';
import type { ServedVersion } from './target.ts';

/** One change of what a model serves, or a try at one. */
export interface HistoryEntry {
  readonly kind: 'promote' | 'swap' | 'rollback';
  /** What was live; null when nothing was. */
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

/** What became of a model's versions, oldest first. An object that is not a history counts as none. */
export async function readHistory(
  location: RegistryLocation,
  model: string,
): Promise<readonly HistoryEntry[]> {
  const stored = await readText(location, historyKey(model));
  try {
    const { history } = JSON.parse(stored?.text ?? '{}');
    return Array.isArray(history) ? history : [];
  } catch {
    return [];
  }
}

/** Adds to it; only for who holds the lock. @throws {RegistryUnavailableError} */
export async function appendHistory(
  location: RegistryLocation,
  model: string,
  entry: HistoryEntry,
): Promise<void> {
  const history = [...(await readHistory(location, model)), entry].slice(-longest);
  const text = `${JSON.stringify({ format: 1, model, history }, null, 2)}\n`;
  await writeText(location, historyKey(model), text, {});
}

/** What was live before a version of the function became so, by the last time it did; undefined when it is not known. */
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
