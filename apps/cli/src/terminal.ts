import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Terminal, WorkflowSpec } from '@chorus/blueprint';
import { readSettings } from './env.ts';
import { UsageError } from './errors.ts';
import type { HttpApi } from './http-api.ts';
import { type Io, note } from './io.ts';
import { isPhoto, parsePlace, readFileOrStdin, sendPhoto } from './photo.ts';
import { findRows } from './rows.ts';

/** Characters of an example that are shown; that of a picture has a number for each pixel. */
const longestShown = 400;

/** The part of the command line that tells what to ask about. */
export interface Given {
  readonly argument: string | undefined;
  readonly file: string | undefined;
  readonly set: readonly string[];
  readonly at: string | undefined;
}

/**
 * Returns the rows of the command line, of a file or of stdin, else the example, which is shown.
 *
 * @throws {UsageError} as `findRows`
 * @throws {CliError} if the file cannot be read
 */
export async function rowsOf(
  { argument, file, set }: Given,
  example: unknown,
  io: Io,
): Promise<unknown> {
  const rows = { argument, file: file && pathOf(io, file), set };
  const { body, origin } = await findRows(rows, io.stdin, example);
  if (origin.startsWith('the example'))
    note(io, `No rows given: asking about ${origin}, ${shortened(JSON.stringify(body))}`);
  return body;
}

const shortened = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;

/** Returns the sources that a workflow makes its request of: the command line, files, stdin and its example. */
export function terminalOf(
  given: Given,
  { example }: Pick<WorkflowSpec, 'example'>,
  api: HttpApi,
  io: Io,
): Terminal {
  const { argument, file, at } = given;
  const from = (path: string) => pathOf(io, path);
  const notBoth = (what: string) => {
    if (argument !== undefined && file !== undefined) {
      throw new UsageError(`Give the ${what} either as an argument or with --file, not both`);
    }
  };
  return {
    json: () => rowsOf(given, example, io),
    async photo(maxInlineBytes) {
      notBoth('photo');
      const path = argument ?? file;
      if (path === undefined) {
        note(io, 'No photo given: asking about the example');
        return example;
      }
      const bytes = await readFileOrStdin(from(path), io.stdin);
      return { ...(await sendPhoto(api, bytes, maxInlineBytes, (line) => note(io, line))) };
    },
    async text() {
      notBoth('text');
      if (argument !== undefined && argument !== '-') return { text: argument };
      const path = argument ?? file;
      if (path === undefined) {
        note(io, 'No text given: asking about the example');
        return example;
      }
      return { text: (await readFileOrStdin(from(path), io.stdin)).toString() };
    },
    place: () => (at === undefined ? undefined : { ...parsePlace(at) }),
  };
}

/**
 * Returns the photo that the argument names, as the body for a model alone: always inside the request, because a model
 * takes keys of uploads by the Open Inference Protocol only.
 *
 * @returns undefined if the argument is JSON, `-` or no file
 * @throws {UsageError} if the file is no photo, or a photo that is not there
 */
export async function photoOf({ argument, set }: Given, api: HttpApi, io: Io): Promise<unknown> {
  if (argument === undefined || argument === '-' || /^\s*[[{]/.test(argument)) return undefined;
  const path = pathOf(io, argument);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) {
    if (/\.(?:jpe?g|png|webp|avif|tiff?|hei[cf])$/i.test(argument))
      throw new UsageError(`There is no photo ${path}`);
    return undefined;
  }
  const bytes = await readFileOrStdin(path, io.stdin);
  if (!isPhoto(bytes))
    throw new UsageError(`${argument} is not a photo. Rows of a file: --file ${argument}`);
  if (set.length > 0) throw new UsageError('--set is for rows, not for a photo');
  return { ...(await sendPhoto(api, bytes, Number.POSITIVE_INFINITY, (line) => note(io, line))) };
}

/** Returns a path of the command line as seen from where the person is; `-` is stdin. */
function pathOf(io: Io, path: string): string {
  return path === '-' ? path : resolve(readSettings(io.env).workingDirectory, path);
}
