import type { ServerResponse } from 'node:http';
import { checksumHeader } from './checksums.ts';
import type { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import type { StoredObject } from './store/records.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

/** Answers with an XML document. */
export function sendXml(
  response: ServerResponse,
  root: string,
  children: readonly (Xml | undefined)[],
): void {
  const body = Buffer.from(xmlDocument(root, children));
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': body.length });
  response.end(body);
}

/** Answers without a body. */
export function sendEmpty(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': '0' });
  response.end();
}

/** Answers with S3's error document; to HEAD, and for 304, with the status alone. */
export function sendError(request: S3Request, response: ServerResponse, error: S3Error): void {
  if (request.method === 'HEAD' || error.status === 304) {
    response.writeHead(error.status);
    response.end();
    return;
  }
  const details = { Resource: request.path, ...error.details, RequestId: request.id };
  const xml = xmlDocument(
    'Error',
    [
      element('Code', error.code),
      element('Message', error.message),
      ...Object.entries(details).map(([name, value]) => element(name, value)),
    ],
    '',
  );
  const body = Buffer.from(xml);
  response.writeHead(error.status, {
    'content-type': 'application/xml',
    'content-length': body.length,
  });
  response.end(body);
}

/** Checksum of a whole object as headers; SDKs compare it with the bytes they get. */
export function checksumHeaders(object: StoredObject): Record<string, string> {
  if (object.checksum === undefined) return {};
  const { algorithm, value, type } = object.checksum;
  return { [checksumHeader(algorithm)]: value, 'x-amz-checksum-type': type };
}

/** ETags travel in quotes. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}
