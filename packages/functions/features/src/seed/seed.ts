import type { ClientBase } from 'pg';
import { dataVersion } from '../data-version.ts';
import { abundanceCsv } from './abundance.ts';
import { cellsText } from './cells.ts';
import { parseAbundance, parseCells } from './parse-seed.ts';

/**
 * Puts the package's own data into the tables, unless their version says that they are there. Inside the caller's
 * transaction, and by DELETE: other readers go on reading the old data meanwhile, all of it.
 *
 * @returns whether anything was written.
 */
export async function seed(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query('SELECT version FROM feature_version');
  if (rows[0]?.version === dataVersion) {
    return false;
  }
  await client.query('DELETE FROM cells');
  await client.query('DELETE FROM abundance');
  const cells = parseCells(cellsText);
  await client.query(
    'INSERT INTO cells (cell, country, parts) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])',
    [cells.map((row) => row.cell), cells.map((row) => row.country), cells.map((row) => row.parts)],
  );
  const { labels, countries } = parseAbundance(abundanceCsv);
  const entries = countries.flatMap(({ country, abundance }) =>
    labels.map((label, column) => ({ country, label, abundance: abundance[column] })),
  );
  await client.query(
    'INSERT INTO abundance (country, label, abundance) SELECT * FROM unnest($1::text[], $2::text[], $3::smallint[])',
    [
      entries.map((entry) => entry.country),
      entries.map((entry) => entry.label),
      entries.map((entry) => entry.abundance),
    ],
  );
  await client.query(
    'INSERT INTO feature_version (version) VALUES ($1) ON CONFLICT (singleton) DO UPDATE SET version = $1',
    [dataVersion],
  );
  return true;
}
