import type { IncomingMessage, ServerResponse } from 'node:http';

interface Missing {
  /** Whether the page's build still runs. */
  readonly isBuilding: boolean;
  /** Why there is no page. */
  readonly failure: string | undefined;
  /** Whether the page itself was asked for, and not a file of it. */
  readonly isPage: boolean;
  readonly path: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A page that says what is going on, and asks again while that is the build. */
function html({ isBuilding, failure }: Missing): string {
  const reload = isBuilding ? '<meta http-equiv="refresh" content="1">' : '';
  const text = isBuilding
    ? 'The page is being built; this takes some seconds.'
    : `The page could not be built: ${escaped(failure ?? '')}. The API works without it.`;
  return `<!doctype html><html lang="en"><meta charset="utf-8">${reload}<title>Chorus</title><p>${text}</p></html>`;
}

/** Answers for a file that is not there: 503 while its page is not built, else 404. */
export function placeholder(
  request: IncomingMessage,
  response: ServerResponse,
  missing: Missing,
): void {
  const { isBuilding, failure, isPage, path } = missing;
  const isNotYet = isBuilding || failure !== undefined;
  const wantsHtml = isPage && /\btext\/html\b/.test(request.headers.accept ?? '');
  const error = !isNotYet
    ? `nothing at ${path.slice(0, 80)}`
    : isBuilding
      ? 'the page is being built; ask again in a moment'
      : `the page could not be built: ${failure}`;
  const body = wantsHtml && isNotYet ? html(missing) : JSON.stringify({ error });
  response.writeHead(isNotYet ? 503 : 404, {
    'content-type': wantsHtml && isNotYet ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(isBuilding && { 'retry-after': '1' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
