import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Credentials } from '@chorus/emulator-aws';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { startS3 } from './start-s3.ts';

/** A failure that one request meets instead of the emulator's answer. */
export type Trouble =
  | { readonly status: number; readonly code?: string; readonly body?: string }
  /** Announces the whole length, sends half, and closes. */
  | 'cut'
  /** Closes without an answer. */
  | 'reset';

/** An S3 on a port of its own that can be made to fail. */
export interface FaultyS3 {
  /** For AWS_ENDPOINT_URL_S3. */
  readonly endpoint: string;
  /** The credentials that requests must be signed with. */
  readonly credentials: Credentials;
  /** The failures of the coming requests, first come first served. */
  readonly troubles: Trouble[];
  /** Every request so far, with the range if one was asked for: `GET /bucket/key`, `GET /bucket/key bytes=0-4`. */
  readonly requests: string[];
  readonly headers: IncomingMessage['headers'][];
  /** Puts an object, and its bucket if there is none, without a request that is counted. @param path `bucket/key` */
  put(path: string, content: string | Uint8Array): Promise<void>;
  /** @param path `bucket/key` */
  remove(path: string): Promise<void>;
  /** Refuses connections until `open`. */
  shut(): Promise<void>;
  /** Listens again, on the same port. */
  open(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

const nameOf = (path: string): { readonly Bucket: string; readonly Key: string } => {
  const [Bucket = '', ...key] = path.split('/');
  return { Bucket, Key: key.join('/') };
};

/** Starts an S3 with its buckets, each of which is there from the beginning. */
export async function startFaultyS3(buckets: readonly string[] = []): Promise<FaultyS3> {
  const s3 = await startS3();
  for (const bucket of buckets) await s3.service.createBucket(bucket);
  const contents = new Map<string, string | Uint8Array>();
  const troubles: Trouble[] = [];
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];

  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '').slice(1);
    const { range } = request.headers;
    requests.push(`${request.method} /${path}${range === undefined ? '' : ` ${range}`}`);
    headers.push(request.headers);
    const trouble = troubles.shift();
    if (trouble === undefined) {
      s3.handle(request, response).catch(() => response.destroy());
    } else if (trouble === 'reset') {
      request.socket.destroy();
    } else if (trouble === 'cut') {
      const content = Buffer.from(contents.get(path) ?? '');
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, content.length / 2), () => request.socket.destroy());
    } else {
      const { status, code = 'InternalError', body } = trouble;
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(
          body ?? `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
        );
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  function shut(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return closed;
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    credentials: testCredentials,
    troubles,
    requests,
    headers,
    async put(path, content) {
      const { Bucket, Key } = nameOf(path);
      await s3.service.createBucket(Bucket);
      await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: content }));
      contents.set(path, content);
    },
    async remove(path) {
      await s3.client.send(new DeleteObjectCommand(nameOf(path)));
      contents.delete(path);
    },
    shut,
    open: () => listen(port),
    async close() {
      await shut();
      await s3.remove();
    },
  };
}
