import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { checkReadConditions } from '../conditions.ts';
import type { Operation } from '../context.ts';
import { parseRange } from '../range.ts';
import { assertHeader, type S3Request } from '../request.ts';
import { checksumHeaders, quoted } from '../responses.ts';
import { findBucket } from '../store/buckets.ts';
import { findObject, openObject } from '../store/objects.ts';
import type { StoredObject } from '../store/records.ts';
import { readBody, whole } from '../store/stored-file.ts';

export const headObject: Operation = (request, response, { store }) => {
  const object = findObject(findBucket(store, request.bucket), request.key);
  const { status, headers } = describe(request, response, object);
  response.writeHead(status, headers);
  response.end();
};

export const getObject: Operation = async (request, response, { store }) => {
  const bucket = findBucket(store, request.bucket);
  const { status, headers, start, length } = describe(
    request,
    response,
    findObject(bucket, request.key),
  );
  // No await since the look-up: the descriptor is of the same version as the headers.
  const { fd } = openObject(bucket, request.key);
  response.writeHead(status, headers);
  await pipeline(readBody(fd, start, length), (body) => whole(body, length), response);
};

/** Status, headers and bytes of the answer to a read. @throws {S3Error} by conditions and range */
function describe(
  request: S3Request,
  response: ServerResponse,
  object: StoredObject,
): { status: number; headers: Record<string, string>; start: number; length: number } {
  // On the response at once: 304 has to carry them too.
  response.setHeader('etag', quoted(object.etag));
  response.setHeader('last-modified', new Date(object.modified).toUTCString());
  checkReadConditions(request.headers, object);
  const range = parseRange(request.headers['range'], object.size);
  const start = range?.start ?? 0;
  const length = range === undefined ? object.size : range.end - range.start + 1;
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    ...object.headers,
    'content-length': String(length),
  };
  for (const [name, value] of Object.entries(object.metadata)) {
    headers[`x-amz-meta-${name}`] = value;
  }
  for (const [parameter, value] of request.query) {
    if (!parameter.startsWith('response-')) continue;
    assertHeader(parameter, value);
    headers[parameter.slice('response-'.length)] = value;
  }
  if (range !== undefined) {
    headers['content-range'] = `bytes ${start}-${range.end}/${object.size}`;
    return { status: 206, headers, start, length };
  }
  // The stored checksum is of all the bytes, so it goes with all of them only.
  if (request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED') {
    Object.assign(headers, checksumHeaders(object));
  }
  return { status: 200, headers, start, length };
}
