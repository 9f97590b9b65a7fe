import type { WindowCounts } from '@chorus/drift';
import { type CountSum, createSum } from '@chorus/runtime/counting';
import type { Hour } from './hours.ts';
import type { FindManifest } from './manifests.ts';
import type { CountedLine } from './read-lines.ts';

/** The counts of an hour, and how many lines they are the sum of. */
export interface CountedHour {
  readonly counts: WindowCounts;
  readonly lines: number;
}

/** The sum of one version's lines so far. */
interface Running {
  readonly sum: CountSum | undefined;
  rows: number;
  refused: number;
  lines: number;
}

/** What became of the lines of an hour. */
export interface Counted {
  /** One for each version that was asked. */
  readonly hours: readonly CountedHour[];
  /** Lines whose counts are not those of their version's manifest, or whose version has none. */
  readonly strange: number;
}

/**
 * Sums the lines of an hour by version. Memory does not grow with their number.
 *
 * @throws what reading lines or manifests throws
 */
export async function countHour(
  model: string,
  { from, to }: Hour,
  lines: AsyncIterable<CountedLine>,
  find: FindManifest,
): Promise<Counted> {
  const versions = new Map<string, Running>();
  let strange = 0;
  for await (const { version, rows, counts, refused } of lines) {
    let running = versions.get(version);
    if (running === undefined) {
      const manifest = await find(model, version);
      running = { sum: manifest && createSum(manifest), rows: 0, refused: 0, lines: 0 };
      versions.set(version, running);
    }
    running.rows += rows;
    running.refused += refused;
    running.lines += 1;
    if (counts !== undefined && running.sum?.add(counts) !== true) strange += 1;
  }
  const hours = [...versions].map(([version, running]) => ({
    lines: running.lines,
    counts: {
      model,
      version,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      rows: running.rows,
      refused: running.refused,
      inputs: running.sum?.inputs() ?? {},
      outputs: running.sum?.outputs() ?? {},
    },
  }));
  return { hours, strange };
}
