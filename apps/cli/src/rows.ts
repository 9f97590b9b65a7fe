import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { parsePairs } from './arguments.ts';
import { CliError, messageOf, UsageError } from './errors.ts';

/** The sources of rows, as the command line gives them. */
export interface RowsGiven {
  /** JSON as an argument, or `-` for stdin. */
  readonly argument?: string | undefined;
  /** A file with JSON, or `-` for stdin. */
  readonly file?: string | undefined;
  /** `NAME=VALUE`, set in every row. */
  readonly set: readonly string[];
}

/** The body of a request to `/predict/<workflow>`, and where it came from. */
export interface RowsFound {
  readonly body: unknown;
  /** For people: `rows.json`, `the example row with CRIM=0.1`. */
  readonly origin: string;
}

/** How long a pipe that was not asked for may stay silent. */
const patienceMs = 2000;

/**
 * Finds the rows: argument, file or stdin, else the example. Names and values are not judged: the service does that, and
 * its answer names what is wrong.
 *
 * @param example the row when none is given; undefined when the workflow has none
 * @param waitMs how long stdin may be silent before its silence is an error
 * @throws {UsageError} if the rows are not JSON, come from two places, or there are none
 * @throws {CliError} if the file cannot be read
 */
export async function findRows(
  given: RowsGiven,
  stdin: Readable & { readonly isTTY?: boolean },
  example: unknown,
  waitMs: number = patienceMs,
): Promise<RowsFound> {
  const { argument, file } = given;
  if (argument !== undefined && file !== undefined) {
    throw new UsageError('Give the rows either as an argument or with --file, not both');
  }
  const { text, origin } = await readText(argument, file, stdin, waitMs);
  if (text.trim() !== '') {
    return { body: withValues(toBody(parseRows(text, origin), origin), given.set), origin };
  }
  if (file !== undefined || argument !== undefined) throw new UsageError(`No rows in ${origin}`);
  if (example === undefined) {
    throw new UsageError('No rows: give them as JSON, with --file or on stdin');
  }
  const changes = given.set.length === 0 ? '' : ` with ${given.set.join(', ')}`;
  return { body: withValues(example, given.set), origin: `the example row${changes}` };
}

async function readText(
  argument: string | undefined,
  file: string | undefined,
  stdin: Readable & { readonly isTTY?: boolean },
  waitMs: number,
): Promise<{ readonly text: string; readonly origin: string }> {
  const source = argument ?? file;
  if (source === '-') return { text: await readStream(stdin), origin: 'stdin' };
  if (argument !== undefined) return { text: argument, origin: 'the argument' };
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch((cause: Error) => {
      throw new CliError(`Cannot read ${file}: ${cause.message}`, { cause });
    });
    return { text, origin: file };
  }
  if (stdin.isTTY === true) return { text: '', origin: 'stdin' };
  return { text: await readStream(stdin, waitMs), origin: 'stdin' };
}

/**
 * Reads a stream to its end.
 *
 * @throws {UsageError} if nothing came for `waitMs`: programs that start this one often leave its stdin open for good
 */
async function readStream(stream: Readable, waitMs?: number): Promise<string> {
  const timer =
    waitMs === undefined
      ? undefined
      : setTimeout(() => {
          stream.destroy(
            new UsageError(
              'Nothing came on stdin. Give - to wait for it longer, a row as JSON, or </dev/null for the example row',
            ),
          );
        }, waitMs);
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) {
      clearTimeout(timer);
      chunks.push(Buffer.from(chunk));
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseRows(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const given = text.trim();
    const isPair = /^[\w.]+=/.test(given);
    const isPath = /^[^\s{}[\]"]+\.(?:json|txt)$/i.test(given);
    const hint = isPair
      ? ` To change a value: --set ${given}`
      : isPath
        ? ` To read a file: --file ${given}`
        : '';
    throw new UsageError(`Not valid JSON in ${origin}: ${messageOf(cause)}.${hint}`, { cause });
  }
}

/** A row, rows, or a whole body as the body of the request. */
function toBody(rows: unknown, origin: string): unknown {
  if (typeof rows !== 'object' || rows === null) {
    throw new UsageError(
      `Expected a row, an array of rows or {"instances": [...]} in ${origin}, got ${JSON.stringify(rows)}`,
    );
  }
  if (!Array.isArray(rows)) return rows;
  // One row by position is an array of plain values; several are an array of rows.
  const isRow = rows.length > 0 && rows.every((each) => typeof each !== 'object' || each === null);
  return { instances: isRow ? [rows] : rows };
}

/** Returns the body with values set in each of its rows, which must be objects for that. */
function withValues(body: unknown, pairs: readonly string[]): unknown {
  if (pairs.length === 0) return body;
  const values = Object.fromEntries(
    Object.entries(parsePairs('set', pairs)).map(([name, text]) => [name, toValue(text)]),
  );
  const setIn = (row: unknown) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new UsageError('--set needs rows with names, not arrays of values');
    }
    return { ...row, ...values };
  };
  const isMany = typeof body === 'object' && body !== null && 'instances' in body;
  if (!isMany) return setIn(body);
  const { instances } = body;
  return { ...body, instances: Array.isArray(instances) ? instances.map(setIn) : instances };
}

/** A number if it reads as one, else the text itself: the service says what it expected. */
function toValue(text: string): number | string {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : text;
}
