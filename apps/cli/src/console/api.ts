import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Command } from '../command.ts';
import { messageOf, UsageError } from '../errors.ts';
import { describeCommand, wordsFor } from './described-commands.ts';
import { ConsoleRefusal } from './errors.ts';
import { lastEventId, openEventStream } from './event-stream.ts';
import type { Runs } from './runs.ts';
import type { Sessions } from './session.ts';
import { sendRun, watch } from './watch.ts';

/** Longest body of a request but for files, in bytes. */
const mostBody = 1 << 20;

/** Largest file that a page may send: the largest photo that the service takes, and some. */
const mostFile = 32 << 20;

export interface ApiOptions {
  readonly commands: readonly Command[];
  readonly runs: Runs;
  readonly sessions: Sessions;
  /** The cloud that commands talk to, for people. */
  readonly label: string;
  /** The flags that say so. */
  readonly cloud: readonly string[];
  /** Folder for files that pages send; made when the first one comes. */
  readonly files: string;
  /** The path before `/api`. */
  readonly path: string;
}

/** Writes a JSON answer that is not kept anywhere. */
function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end(JSON.stringify(value));
}

/** Returns the JSON object in a request's body. @throws {ConsoleRefusal} */
async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  // A form of another page cannot send this type.
  if (request.headers['content-type'] !== 'application/json')
    throw new ConsoleRefusal(415, 'send JSON, as application/json');
  if (Number(request.headers['content-length'] ?? Infinity) > mostBody)
    throw new ConsoleRefusal(413, `a body has at most ${mostBody} bytes, and says how many`);
  try {
    return Object(await json(request));
  } catch (cause) {
    throw new ConsoleRefusal(400, `the body is no JSON: ${messageOf(cause)}`, { cause });
  }
}

/** Returns words that a page has sent. @throws {ConsoleRefusal} */
function readWords(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value;
  throw new ConsoleRefusal(400, 'words is a list of texts: what follows chorus in a terminal');
}

/** Returns the words in a URL. @throws {ConsoleRefusal} */
function wordsInQuery(query: URLSearchParams): readonly string[] {
  try {
    return readWords(JSON.parse(query.get('words') ?? ''));
  } catch (cause) {
    throw new ConsoleRefusal(400, 'words is a JSON list of texts', { cause });
  }
}

/** Makes the handler of what the console's page asks. */
export function createApi(
  options: ApiOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { commands, runs, sessions, label, cloud, files, path } = options;
  let fileCount = 0;

  /** Keeps a file for a command that takes the path of one. */
  async function keepFile(request: IncomingMessage): Promise<string> {
    if (Number(request.headers['content-length'] ?? Infinity) > mostFile)
      throw new ConsoleRefusal(413, `a file has at most ${mostFile} bytes, and says how many`);
    await mkdir(files, { recursive: true, mode: 0o700 });
    fileCount += 1;
    const file = join(files, `file-${fileCount}`);
    await pipeline(request, createWriteStream(file, { mode: 0o600 }));
    return file;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const asked = `${request.method} ${pathname.slice(`${path}/api`.length)}`;
    if (asked === 'POST /session') {
      const { token } = await bodyOf(request);
      const cookie = typeof token === 'string' ? sessions.open(token, path) : undefined;
      if (cookie === undefined)
        throw new ConsoleRefusal(
          401,
          'this URL was opened already, or is old: ask for another with chorus console',
        );
      response.setHeader('set-cookie', cookie);
      return answer(response, 200, {});
    }
    if (!sessions.isOpen(request))
      throw new ConsoleRefusal(
        401,
        'the console opens with a URL of its own: ask for one with chorus console',
      );
    if (asked === 'GET /commands')
      return answer(response, 200, { label, commands: commands.map(describeCommand) });
    if (asked === 'GET /runs') return answer(response, 200, { runs: runs.list() });
    if (asked === 'POST /runs') {
      const given = wordsFor(readWords((await bodyOf(request))['words']), commands, cloud);
      return answer(response, 202, { id: runs.start(given.words).id });
    }
    if (asked === 'POST /files') return answer(response, 201, { path: await keepFile(request) });
    if (asked === 'GET /watch') {
      const given = wordsFor(wordsInQuery(searchParams), commands, cloud);
      if (given.command.reads !== true)
        throw new ConsoleRefusal(405, `chorus ${given.command.name} may change something: run it`);
      return watch(runs, given, openEventStream(response));
    }
    const [, method = '', id = ''] = /^(GET|DELETE) \/runs\/([\w-]+)$/.exec(asked) ?? [];
    const run = runs.find(id);
    if (run !== undefined && method === 'GET')
      return sendRun(runs, run, lastEventId(request), openEventStream(response));
    if (run !== undefined) {
      runs.interrupt(id);
      return answer(response, 202, {});
    }
    throw new ConsoleRefusal(404, `nothing at ${request.method} ${pathname.slice(0, 80)}`);
  }

  return async (request, response) => {
    try {
      await serve(request, response);
    } catch (error) {
      request.resume();
      // What was not read of the body would be taken for the next request.
      if (!request.complete) response.setHeader('connection', 'close');
      const refusal = error instanceof UsageError ? new ConsoleRefusal(400, error.message) : error;
      if (!(refusal instanceof ConsoleRefusal)) throw error;
      answer(response, refusal.status, { error: refusal.message });
    }
  };
}
