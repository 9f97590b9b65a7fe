import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Just enough of S3 for a registry and its locks: list, get, put and delete, on conditions. Objects are by key. */
export function answerS3(
  objects: Map<string, Buffer>,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://fake');
  const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
  const object = objects.get(key);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  const isOther = ifMatch !== undefined && (object === undefined || ifMatch !== etagOf(object));
  if (isOther || (ifNoneMatch === '*' && object !== undefined)) {
    fail(response, 412, 'PreconditionFailed');
    return;
  }
  if (request.method === 'PUT') {
    objects.set(key, body);
    response.writeHead(200, { etag: etagOf(body) }).end();
    return;
  }
  if (request.method === 'DELETE') {
    objects.delete(key);
    response.writeHead(204).end();
    return;
  }
  if (key === '') {
    const prefix = url.searchParams.get('prefix') ?? '';
    const contents = [...objects.keys()]
      .filter((each) => each.startsWith(prefix))
      .sort()
      .map((each) => `<Contents><Key>${each}</Key></Contents>`)
      .join('');
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
    return;
  }
  if (object === undefined) fail(response, 404, 'NoSuchKey');
  else
    response
      .writeHead(200, { 'content-length': object.byteLength, etag: etagOf(object) })
      .end(object);
}

function etagOf(object: Buffer): string {
  return `"${createHash('md5').update(object).digest('hex')}"`;
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
