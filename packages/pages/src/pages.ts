import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  type PageSpec,
  pageCacheControl,
  pageContentType,
  pageSecurityHeaders,
  pageSettings,
} from '@chorus/blueprint';
import { buildPage } from './build-page.ts';
import { placeholder } from './placeholder.ts';

/** The pages of a blueprint, from the files that their builds have made. */
export interface Pages {
  /** True of a path that belongs to a page, whether there is such a file or not. */
  has(path: string): boolean;
  /** Answers a request for a path that belongs to a page. */
  send(
    request: IncomingMessage,
    response: ServerResponse,
    uploadOrigins: readonly string[],
  ): Promise<void>;
  /** Ends builds that still run. */
  close(): void;
}

export interface PagesOptions {
  /** The repository's root. */
  readonly root: string;
  /** PATH of the processes that build. */
  readonly path: string;
  /** Called with a line for a person when a build fails. */
  report(line: string): void;
}

/** Files of a page: in its folder or in `assets`, with an ending; nothing else is looked for on the disk. */
const fileName = /^(?:assets\/)?[\w-][\w.-]*\.\w+$/;

/** Text is worth compressing, and so is WebAssembly. */
const compressible = /^(?:text|application)\/|svg/;

interface File {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The start of the paths below a page. */
const baseOf = ({ path }: PageSpec): string => (path === '/' ? '/' : `${path}/`);

/** Sends bytes with what lets a browser ask whether they have changed. */
function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { type, bytes }: File,
  headers: Readonly<Record<string, string>>,
): void {
  const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const always = { ...headers, etag, vary: 'accept-encoding' };
  const known = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
  if (known.includes(etag)) {
    response.writeHead(304, always).end();
    return;
  }
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const isSmaller = takesGzip && compressible.test(type);
  const body = isSmaller ? gzipSync(bytes) : bytes;
  response.writeHead(200, {
    ...always,
    'content-type': type,
    'content-length': body.byteLength,
    ...(isSmaller && { 'content-encoding': 'gzip' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Serves the pages of a blueprint, and starts to build those that are not built. */
export function openPages(pages: readonly PageSpec[], { root, path, report }: PagesOptions): Pages {
  const closing = new AbortController();
  const failures = new Map<PageSpec, string>();
  const building = new Set<PageSpec>(pages);
  for (const page of pages)
    void buildPage(page, { root, path, signal: closing.signal }).then((failure) => {
      building.delete(page);
      if (failure === undefined || closing.signal.aborted) return;
      failures.set(page, failure);
      report(`The page ${page.path} could not be built, and answers 503: ${failure}`);
    });

  const owner = (path: string): PageSpec | undefined =>
    pages.find((page) => {
      const base = baseOf(page);
      const rest = path.startsWith(base) ? path.slice(base.length) : undefined;
      return path === page.path || rest === '' || (rest !== undefined && fileName.test(rest));
    });

  async function read(page: PageSpec, name: string): Promise<File | undefined> {
    if (name === 'page.json')
      return {
        type: pageContentType(name),
        bytes: Buffer.from(JSON.stringify(pageSettings(page, ''))),
      };
    try {
      const bytes = await readFile(join(root, page.source, 'dist', name));
      return { type: pageContentType(name), bytes };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  return {
    has: (path) => owner(path) !== undefined,
    async send(request, response, uploadOrigins) {
      request.resume();
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const page = owner(path);
      if (page === undefined) {
        response.writeHead(404, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: `nothing at ${path}` }));
        return;
      }
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: `${path} takes GET, HEAD, not ${request.method}` }));
        return;
      }
      const base = baseOf(page);
      if (!path.startsWith(base)) {
        response.writeHead(308, { location: base, 'content-length': 0 }).end();
        return;
      }
      const name = path.slice(base.length) || 'index.html';
      const headers = {
        ...pageSecurityHeaders(uploadOrigins),
        'cache-control': pageCacheControl(name),
      };
      const file = building.has(page) ? undefined : await read(page, name);
      if (file !== undefined) {
        sendFile(request, response, file, headers);
        return;
      }
      placeholder(request, response, {
        isBuilding: building.has(page),
        failure: failures.get(page),
        isPage: name === 'index.html',
        path,
      });
    },
    close: () => closing.abort(),
  };
}
