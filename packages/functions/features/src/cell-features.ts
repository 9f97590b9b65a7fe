/** The features of a cell: reads them from the database and the cache, and writes them to the cache. */

import type { Database } from './database.ts';
import { FeaturesUnavailableError } from './errors.ts';

/** The cache's record of a cell. */
export interface CellFeatures {
  /** Version of the data, as the database says. */
  readonly version: string;
  /** Countries with land in the cell, each with the bits of its parts; null at sea. */
  readonly countries: Readonly<Record<string, number>> | null;
  /** 0 to 3 by animal: the most of all the countries; null at sea. */
  readonly abundance: Readonly<Record<string, number>> | null;
}

/** One row, also for a cell at sea; `version` is null in a database without data. Names are sorted, so that it is stable. */
const query = `
  SELECT
    (SELECT version FROM feature_version) AS version,
    (SELECT json_object_agg(country, parts ORDER BY country) FROM cells WHERE cell = $1) AS countries,
    (SELECT json_object_agg(label, most ORDER BY label) FROM (
      SELECT label, max(abundance) AS most FROM cells JOIN abundance USING (country)
      WHERE cell = $1 GROUP BY label
    ) AS labels) AS abundance
`;

/** @throws FeaturesUnavailableError when the database cannot be read, or has no data. */
export async function readCell(database: Database, cell: string): Promise<CellFeatures> {
  let row: unknown;
  try {
    [row] = await database.query(query, [cell]);
  } catch (cause) {
    throw new FeaturesUnavailableError(
      'the features of this place cannot be read right now; go on without them, or try again later',
      { cause },
    );
  }
  if (!isCellFeatures(row)) {
    const cause = new Error('no data: invoke the function once with {"chorus":"migrate"}');
    throw new FeaturesUnavailableError('the feature store is empty; go on without it', { cause });
  }
  return row;
}

/** Reads a cached value; undefined for anything else than what was written. */
export function parseCellFeatures(text: string): CellFeatures | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isCellFeatures(value) ? value : undefined;
  } catch {
    // Not JSON: as good as not there, and overwritten by what the database says.
    return undefined;
  }
}

function isCellFeatures(value: unknown): value is CellFeatures {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { version, countries, abundance } = value as Record<string, unknown>;
  const isSea = countries === null && abundance === null;
  return typeof version === 'string' && (isSea || (areNumbers(countries) && areNumbers(abundance)));
}

function areNumbers(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => Number.isSafeInteger(one) && one >= 0)
  );
}

/** The country that has the part; in one without land the country with most parts. Null at sea. */
export function countryOfPart({ countries }: CellFeatures, part: number): string | null {
  const entries = Object.entries(countries ?? {});
  const owner = entries.find(([, parts]) => hasPart(parts, part));
  const largest = entries.toSorted(([, a], [, b]) => countParts(b) - countParts(a))[0];
  return (owner ?? largest)?.[0] ?? null;
}

/** Not by `&`, which sees 32 of the 49 bits. */
const hasPart = (parts: number, part: number): boolean => Math.floor(parts / 2 ** part) % 2 === 1;

const countParts = (parts: number): number => parts.toString(2).replaceAll('0', '').length;
