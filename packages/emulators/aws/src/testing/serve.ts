import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Emulators behind one port of 127.0.0.1. */
export interface Port {
  /** `http://127.0.0.1:49152` */
  readonly url: string;
  /** Host and port: `127.0.0.1:49152` */
  readonly host: string;
  /** Closes every connection where it stands. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** `Credential=<key>/<date>/<region>/<service>/aws4_request`, in a header or a presigned URL. */
const scope =
  /Credential=[^\s,&]+?(?:\/|%2F)\d{8}(?:\/|%2F)[\w-]+(?:\/|%2F)(?<service>[\w-]+)(?:\/|%2F)aws4_request/;

/**
 * Serves emulators at a free port: requests are told apart by the service that their signature names, those of workers, under
 * `/worker/`, are Lambda's, and what is not signed is the only emulator's, if there is but one.
 *
 * @param handlers by service, `{ s3, lambda }`; one that is made later may be a function that calls it
 */
export async function serve(handlers: Readonly<Record<string, Handle>>): Promise<Port> {
  const all = Object.values(handlers);
  // Longer than a busy machine keeps a test from its next request: a connection that is being closed would be reset.
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const { url = '/', headers } = request;
    const named = url.startsWith('/worker/')
      ? 'lambda'
      : scope.exec(`${headers.authorization ?? ''} ${url}`)?.groups?.['service'];
    const handle = handlers[named ?? ''] ?? (all.length === 1 ? all[0] : undefined);
    if (handle === undefined) {
      response.writeHead(404).end(`no emulator of ${named} is served here`);
      return;
    }
    // A client that hangs up is the test's own doing.
    Promise.resolve(handle(request, response)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    dropConnections: () => server.closeAllConnections(),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
