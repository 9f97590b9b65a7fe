import type { IncomingMessage, ServerResponse } from 'node:http';

/** Just enough of S3 for a registry: list, get, and put where there is nothing yet. Objects are by key. */
export function answerS3(
  objects: Map<string, Buffer>,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://fake');
  const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
  if (request.method === 'PUT') {
    if (objects.has(key)) {
      fail(response, 412, 'PreconditionFailed');
      return;
    }
    objects.set(key, body);
    response.writeHead(200, { etag: '"fake"' }).end();
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
  const object = objects.get(key);
  if (object === undefined) fail(response, 404, 'NoSuchKey');
  else response.writeHead(200, { 'content-length': object.byteLength }).end(object);
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
