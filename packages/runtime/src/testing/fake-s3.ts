import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the store does with one request instead of answering it. */
type Trouble =
  | { readonly status: number; readonly code?: string }
  /** Announces the whole length, sends half, and closes. */
  | 'cut'
  /** Closes without an answer. */
  | 'reset';

/** A path-style S3 on a port of its own that can be made to fail. */
export interface FakeS3 {
  /** For AWS_ENDPOINT_URL_S3. */
  readonly endpoint: string;
  /** `bucket/key` -> content. A bucket exists if any object is in it. */
  readonly objects: Map<string, Uint8Array>;
  /** What happens to the coming requests, first come first served. */
  readonly troubles: Trouble[];
  /** Every request so far: `GET /bucket/key`. */
  readonly requests: string[];
  readonly headers: IncomingMessage['headers'][];
  /** Refuses connections until `open`. */
  shut(): Promise<void>;
  /** Listens again, on the same port. */
  open(): Promise<void>;
}

export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Uint8Array>();
  const troubles: Trouble[] = [];
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];

  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '').slice(1);
    requests.push(`${request.method} /${path}`);
    headers.push(request.headers);
    const refuse = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
    const trouble = troubles.shift();
    const content = objects.get(path);
    if (trouble === 'reset') {
      request.socket.destroy();
    } else if (trouble === 'cut' && content !== undefined) {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, content.length / 2), () => request.socket.destroy());
    } else if (typeof trouble === 'object') {
      refuse(trouble.status, trouble.code ?? 'InternalError');
    } else if (content !== undefined) {
      response.writeHead(200, { 'content-length': content.length }).end(content);
    } else {
      const bucket = path.split('/')[0];
      const exists = [...objects.keys()].some((key) => key.startsWith(`${bucket}/`));
      refuse(404, exists ? 'NoSuchKey' : 'NoSuchBucket');
    }
  });

  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    troubles,
    requests,
    headers,
    shut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
    open: () => listen(port),
  };
}
