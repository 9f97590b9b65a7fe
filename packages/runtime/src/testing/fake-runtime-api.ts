import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing a function told the Runtime API. */
interface Call {
  /** Path after `/2018-06-01/runtime/`. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The body, parsed. */
  readonly body: unknown;
}

/** A Lambda Runtime API for one function process, on a port of its own. */
export interface FakeRuntimeApi {
  /** For AWS_LAMBDA_RUNTIME_API: host, port and a path prefix, as the local cloud has it. */
  readonly host: string;
  /** Queues an event; resolves with what the function posts for it: `response` or `error`. */
  invoke(event: unknown, headers?: Record<string, string>): Promise<Call>;
  /** Resolves when the function posts to `path`, e.g. `init/error`; also if it did already. */
  posted(path: string): Promise<Call>;
  /** Resolves when the function waits in `restore/next`; call the result to let it go on. */
  restoring(): Promise<() => void>;
  readonly calls: readonly Call[];
  /** Statuses that answer the coming posts to `invocation/…`, instead of 202. */
  readonly nextStatuses: number[];
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export async function startFakeRuntimeApi(): Promise<FakeRuntimeApi> {
  const calls: Call[] = [];
  const nextStatuses: number[] = [];
  const events: { id: string; body: string; headers: Record<string, string> }[] = [];
  const idle: ServerResponse[] = [];
  const restore = Promise.withResolvers<() => void>();
  const listeners = new Set<() => void>();
  const prefix = '/worker/7';
  let count = 0;

  function feed(): void {
    while (events.length > 0 && idle.length > 0) {
      const event = events.shift();
      idle
        .shift()
        ?.writeHead(200, {
          'lambda-runtime-aws-request-id': event?.id,
          'lambda-runtime-deadline-ms': String(Date.now() + 30_000),
          'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:f',
          ...event?.headers,
        })
        .end(event?.body);
    }
  }

  function waitFor(matches: (call: Call) => boolean): Promise<Call> {
    return new Promise((resolve) => {
      const look = () => {
        const call = calls.find(matches);
        if (call !== undefined) {
          listeners.delete(look);
          resolve(call);
        }
      };
      listeners.add(look);
      look();
    });
  }

  const server: Server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(`${prefix}/2018-06-01/runtime/`, '');
    const text = await readBody(request);
    if (path === 'invocation/next') {
      idle.push(response);
      feed();
      return;
    }
    if (path === 'restore/next') {
      restore.resolve(() => response.writeHead(200).end());
      return;
    }
    const status = path.startsWith('invocation/') ? (nextStatuses.shift() ?? 202) : 202;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (status === 202) {
      calls.push({ path, headers: request.headers, body: JSON.parse(text) });
      for (const look of listeners) {
        look();
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    host: `127.0.0.1:${port}${prefix}`,
    calls,
    nextStatuses,
    invoke(event, headers = {}) {
      count += 1;
      const id = `request-${count}`;
      events.push({ id, body: JSON.stringify(event), headers });
      feed();
      return waitFor((call) => call.path.startsWith(`invocation/${id}/`));
    },
    posted: (path) => waitFor((call) => call.path === path),
    restoring: () => restore.promise,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
