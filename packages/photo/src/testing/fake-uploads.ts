import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An S3 with one bucket, on a port of its own. */
export interface FakeUploads {
  /** For AWS_ENDPOINT_URL_S3. */
  readonly endpoint: string;
  /** By key. */
  readonly objects: Map<string, Uint8Array>;
  /** Every request so far: the key, and the range asked for. */
  readonly requests: string[];
  /** So many coming requests are answered with 503. */
  failures: number;
  close(): Promise<void>;
}

export async function startFakeUploads(bucket: string): Promise<FakeUploads> {
  const objects = new Map<string, Uint8Array>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const key = (request.url ?? '').split('?')[0]?.replace(`/${bucket}/`, '') ?? '';
    const { range } = request.headers;
    requests.push(range === undefined ? key : `${key} ${range}`);
    const content = objects.get(key);
    if (uploads.failures > 0) {
      uploads.failures -= 1;
      response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
    } else if (content === undefined) {
      response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    } else if (range === undefined) {
      response.writeHead(200, { 'content-length': content.length }).end(content);
    } else {
      const part = content.subarray(0, Number(range.split('-')[1]) + 1);
      const whole = `bytes 0-${part.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-range': whole, 'content-length': part.length }).end(part);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const uploads: FakeUploads = {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    requests,
    failures: 0,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return uploads;
}
