import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A function's post, and the time when it was here whole. */
export interface Answer {
  /** `response`, or `error` and `init/error` when it failed. */
  readonly kind: string;
  readonly body: unknown;
}

/** The two services a function talks to at cold start, S3 and the Lambda Runtime API, on one port of loopback. */
export interface OtherSide {
  /** `http://127.0.0.1:<port>` for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /**
   * Opens a Runtime API for one process, with one event.
   *
   * @param onAnswer called the moment the answer is here, before it is acknowledged
   * @returns for AWS_LAMBDA_RUNTIME_API
   */
  handOut(event: string, onAnswer: (answer: Answer) => void): string;
  close(): Promise<void>;
}

interface Task {
  readonly event: string;
  readonly onAnswer: (answer: Answer) => void;
  taken: boolean;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const path =
  /^\/worker\/(?<worker>\d+)\/2018-06-01\/runtime\/(?:invocation\/(?<next>next)|(?:invocation\/\w+\/)?(?<kind>[\w/]+))$/;

/** @param objects what is in S3, by `bucket/key` */
export async function startOtherSide(objects: ReadonlyMap<string, Uint8Array>): Promise<OtherSide> {
  const tasks = new Map<string, Task>();

  function getObject(url: string, response: ServerResponse): void {
    const object = objects.get(decodeURIComponent(url.split('?')[0] ?? '').slice(1));
    response.writeHead(object === undefined ? 404 : 200, {
      'content-length': object?.byteLength ?? 0,
      etag: '"0"',
      'last-modified': new Date(0).toUTCString(),
    });
    response.end(object);
  }

  async function runtimeApi(
    task: Task,
    kind: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (kind !== undefined) {
      const body = await readBody(request);
      task.onAnswer({ kind, body: JSON.parse(body) });
      response.writeHead(202).end();
    } else if (!task.taken) {
      task.taken = true;
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(task.event),
        'lambda-runtime-aws-request-id': 'cold',
        'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:f',
      });
      response.end(task.event);
    }
    // A second `next` is left waiting: the process is ended from outside.
  }

  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const match = path.exec(url)?.groups;
    const task = tasks.get(match?.['worker'] ?? '');
    if (task === undefined) getObject(url, response);
    else void runtimeApi(task, match?.['kind'], request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    endpoint: `http://127.0.0.1:${port}`,
    handOut(event, onAnswer) {
      const worker = String(tasks.size + 1);
      tasks.set(worker, { event, onAnswer, taken: false });
      return `127.0.0.1:${port}/worker/${worker}`;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
