import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A function's post for an event, or for its failed start. */
export interface Post {
  /** After `/2018-06-01/runtime/`: `invocation/request/response`, `init/error`. */
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** Lambda's Runtime API and a path-style S3 on one port of loopback. */
export interface LambdaDouble {
  /** For AWS_ENDPOINT_URL, without the scheme. */
  readonly host: string;
  /** `bucket/key` -> content. */
  readonly objects: Map<string, Uint8Array>;
  /** Prepares a Runtime API that has this event for its one process. */
  offer(event: unknown): Offer;
  close(): void;
}

/** An event that waits for a process. */
interface Offer {
  /** Settles when SnapStart would copy the process's memory; the value lets it go on, restored. */
  readonly snapshot: Promise<() => void>;
  /** For AWS_LAMBDA_RUNTIME_API: of this event alone, so that no older process can take it. */
  readonly runtimeApi: string;
  /** The first post of the process. */
  readonly posted: Promise<Post>;
}

interface Waiting {
  event: string | undefined;
  readonly posted: PromiseWithResolvers<Post>;
  readonly snapshot: PromiseWithResolvers<() => void>;
}

const runtimePath = /^\/process\/(?<process>\d+)\/2018-06-01\/runtime\/(?<path>.*)$/;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Hands out the event, once; the second `next` waits for ever, as on Lambda. */
function answerNext(waiting: Waiting, response: ServerResponse): void {
  if (waiting.event === undefined) return;
  response.writeHead(200, {
    'lambda-runtime-aws-request-id': 'request',
    'lambda-runtime-deadline-ms': String(Date.now() + 30_000),
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:f',
  });
  response.end(waiting.event);
  waiting.event = undefined;
}

export async function startLambdaDouble(): Promise<LambdaDouble> {
  const objects = new Map<string, Uint8Array>();
  const processes: Waiting[] = [];

  const server = createServer(async (request, response) => {
    const url = request.url ?? '';
    const { groups } = runtimePath.exec(url) ?? {};
    const waiting = processes[Number(groups?.['process'])];
    const path = groups?.['path'] ?? '';
    if (waiting === undefined) {
      const object = objects.get(decodeURIComponent(url).slice(1));
      if (object === undefined)
        response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
      else response.writeHead(200, { 'content-length': object.length }).end(object);
    } else if (path === 'invocation/next') {
      answerNext(waiting, response);
    } else if (path === 'restore/next') {
      waiting.snapshot.resolve(() => response.end());
    } else {
      const body = JSON.parse(await readBody(request)) as Record<string, unknown>;
      response.writeHead(202).end('{}');
      waiting.posted.resolve({ path, body });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;

  return {
    host,
    objects,
    offer(event) {
      const posted = Promise.withResolvers<Post>();
      const snapshot = Promise.withResolvers<() => void>();
      const index = processes.push({ event: JSON.stringify(event), posted, snapshot }) - 1;
      const runtimeApi = `${host}/process/${index}`;
      return { runtimeApi, posted: posted.promise, snapshot: snapshot.promise };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
