import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A path-style S3 that only gives what is in it. */
export interface Store {
  /** For AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** `bucket/key` -> content. */
  readonly objects: Map<string, Uint8Array>;
  close(): Promise<void>;
}

export async function startStore(): Promise<Store> {
  const objects = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const content = objects.get(decodeURIComponent(request.url ?? '').slice(1));
    response
      .writeHead(content === undefined ? 404 : 200)
      .end(content ?? '<Error><Code>NoSuchKey</Code></Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
