import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CliError } from '../errors.ts';
import type { BatchCloud } from './batch-cloud.ts';

/** Files of results, by status, as a manifest names them. */
interface Manifest {
  readonly ResultFiles: Readonly<Record<string, readonly { readonly Key: string }[]>>;
}

/** Rows that were asked about together and not answered. */
interface FailedRows {
  readonly first: number;
  readonly last: number;
  readonly error: string;
  readonly cause: string;
}

/** The failures that are shown; there may be thousands more. */
export interface Failures {
  /** How many rows. */
  readonly rows: number;
  readonly listed: readonly FailedRows[];
}

/** Failures that are listed. */
const mostListed = 20;

/** The columns of predictions, by name, each with the type of its values. */
export type PredictionColumns = ReadonlyMap<
  string,
  'BOOLEAN' | 'DOUBLE' | 'INT32' | 'JSON' | 'STRING'
>;

async function bodyOf({ s3, bucket: Bucket }: BatchCloud, Key: string): Promise<Readable> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  if (Body === undefined) throw new CliError(`s3://${Bucket}/${Key} has no content`);
  return Body as Readable;
}

const linesOf = (input: Readable): AsyncIterable<string> =>
  createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });

async function readManifest(cloud: BatchCloud, key: string): Promise<Manifest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await bodyOf(cloud, key)) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function typeOf(name: string, value: unknown): 'BOOLEAN' | 'DOUBLE' | 'INT32' | 'JSON' | 'STRING' {
  if (name === 'row') return 'INT32';
  if (typeof value === 'number') return 'DOUBLE';
  if (typeof value === 'boolean') return 'BOOLEAN';
  return typeof value === 'string' ? 'STRING' : 'JSON';
}

/** Remembers the type of each value of a row; a column of several types, or of other values, is JSON. */
function noteColumns(columns: Map<string, string>, row: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(row)) {
    if (value === null) continue;
    const type = typeOf(name, value);
    const known = columns.get(name) ?? type;
    columns.set(name, known === type ? type : 'JSON');
  }
}

/** A row that the workflow refused, as a line of the answers says it. */
interface RefusedRow {
  readonly row: number;
  readonly refused: { readonly status: number; readonly error: string };
}

/** Tells such a line from that of an answer, which may have any fields. */
function isRefused(
  line: Readonly<Record<string, unknown>>,
): line is { [Key in keyof RefusedRow]: RefusedRow[Key] } {
  return (
    Object.keys(line).length === 2 && Object.keys(Object(line['refused'])).join() === 'status,error'
  );
}

/** The answers of a batch. */
interface Answers {
  readonly rows: number;
  readonly columns: PredictionColumns;
  /** The rows that the workflow refused. */
  readonly refused: Failures;
}

/**
 * Writes the answers of a batch into a file of JSON Lines, without the rows that have none.
 *
 * @param manifest its key in the bucket of batches
 */
export async function downloadAnswers(
  cloud: BatchCloud,
  manifest: string,
  file: string,
): Promise<Answers> {
  const { ResultFiles } = await readManifest(cloud, manifest);
  const columns = new Map<string, string>([['row', 'INT32']]);
  const out = createWriteStream(file);
  const listed: FailedRows[] = [];
  let [rows, refusedRows] = [0, 0];
  for (const { Key } of ResultFiles['SUCCEEDED'] ?? [])
    for await (const line of linesOf(await bodyOf(cloud, Key))) {
      const read = JSON.parse(line);
      if (isRefused(read)) {
        refusedRows += 1;
        const { row, refused } = read;
        if (listed.length < mostListed)
          listed.push({
            first: row,
            last: row,
            error: `Refused.${refused.status}`,
            cause: refused.error,
          });
        continue;
      }
      noteColumns(columns, read);
      rows += 1;
      if (!out.write(`${line}\n`)) await once(out, 'drain');
    }
  out.end();
  await once(out, 'finish');
  return {
    rows,
    columns: columns as unknown as PredictionColumns,
    refused: { rows: refusedRows, listed },
  };
}

/** Both failures of a batch, in the order of the rows. */
export function mergeFailures(one: Failures, other: Failures): Failures {
  return {
    rows: one.rows + other.rows,
    listed: [...one.listed, ...other.listed]
      .toSorted((a, b) => a.first - b.first)
      .slice(0, mostListed),
  };
}

/** Says rows by their numbers in the file instead of in their batch. */
const inFile = (cause: string, first: number): string =>
  cause.replaceAll(/instances\[(\d+)\]/g, (_, index) => `row ${first + Number(index)}`);

/** Returns which rows failed, and why. */
export async function readFailures(cloud: BatchCloud, manifest: string): Promise<Failures> {
  const { ResultFiles } = await readManifest(cloud, manifest);
  const listed: FailedRows[] = [];
  let rows = 0;
  for (const { Key } of ResultFiles['FAILED'] ?? [])
    for await (const line of linesOf(await bodyOf(cloud, Key))) {
      const { Input, Error: error = '', Cause: cause = '', Status } = JSON.parse(line);
      const numbers: number[] = JSON.parse(Input).Items.map(({ row }: { row: number }) => row);
      rows += numbers.length;
      if (listed.length >= mostListed) continue;
      const first = numbers[0] ?? 0;
      const last = numbers.at(-1) ?? first;
      listed.push({ first, last, error: error || Status, cause: inFile(cause, first) });
    }
  return { rows, listed };
}
