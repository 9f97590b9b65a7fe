import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chorus API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui' });</script>
</html>
`;

/** Files of the viewer that the page loads, and what they are. */
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** Returns the folder of the viewer's files; it is found when a page asks for them. */
function folder(): string {
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}

/** True of the paths of the page that shows the API's document. */
export function isDocsPath(path: string): boolean {
  return path === '/docs' || (path.startsWith('/docs/') && Object.hasOwn(files, path.slice(6)));
}

/** Answers the page that shows `/openapi.json`, and the files that it loads. It is not on AWS. */
export function sendDocs(path: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: `${path} takes GET, HEAD, not ${request.method}` }));
    return;
  }
  const name = path.slice('/docs/'.length);
  const type = files[name] ?? 'text/html; charset=utf-8';
  response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  if (request.method === 'HEAD') response.end();
  else if (path === '/docs') response.end(page);
  else createReadStream(join(folder(), name)).pipe(response);
}
