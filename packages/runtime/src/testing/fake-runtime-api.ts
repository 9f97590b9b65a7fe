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

/** The behaviour that a test may change. */
interface Behaviour {
  /** Posts are answered only when this is settled. */
  hold: Promise<void> | undefined;
  /** Events are given only to a function that waits no longer, as those that were under way at that moment. */
  isLate: boolean;
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
  /** How often the function asked for an event. */
  readonly asked: number;
  /** Ids of the events that the function was given. */
  readonly given: readonly string[];
  /** Resolves when the function waits for an event that is not there. */
  waiting(): Promise<void>;
  /** Resolves when the function says, by closing, that it waits no longer. */
  readonly left: Promise<void>;
  /** How many posts have come, answered or not. */
  readonly posts: number;
  readonly behaviour: Behaviour;
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
  const left = Promise.withResolvers<void>();
  const given: string[] = [];
  const behaviour: Behaviour = { hold: undefined, isLate: false };
  let asked = 0;
  let posts = 0;
  const prefix = '/worker/7';
  let count = 0;

  function feed(): void {
    while (events.length > 0 && idle.length > 0) {
      const event = events.shift();
      given.push(event?.id ?? '');
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

  function tell(): void {
    for (const look of listeners) look();
  }

  function when<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found !== undefined) {
          listeners.delete(look);
          resolve(found);
        }
      };
      listeners.add(look);
      look();
    });
  }

  const waitFor = (matches: (call: Call) => boolean): Promise<Call> =>
    when(() => calls.find(matches));

  /** Ends a wait whose client is gone: the event goes to the next that asks, unless it is on its way already. */
  function leave(response: ServerResponse): void {
    left.resolve();
    if (behaviour.isLate) feed();
    else idle.splice(idle.indexOf(response), 1);
    response.socket?.end();
  }

  const server: Server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(`${prefix}/2018-06-01/runtime/`, '');
    const text = await readBody(request);
    if (path === 'invocation/next') {
      asked += 1;
      idle.push(response);
      const { socket } = request;
      const onEnd = () => leave(response);
      socket.once('end', onEnd);
      response.once('finish', () => socket.off('end', onEnd));
      if (!behaviour.isLate) feed();
      tell();
      return;
    }
    if (path === 'restore/next') {
      restore.resolve(() => response.writeHead(200).end());
      return;
    }
    posts += 1;
    await behaviour.hold;
    const status = path.startsWith('invocation/') ? (nextStatuses.shift() ?? 202) : 202;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (status === 202) {
      calls.push({ path, headers: request.headers, body: JSON.parse(text) });
      tell();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  // What a closing function is still told is up to `leave`.
  Object.assign(server, { httpAllowHalfOpen: true });
  return {
    get asked() {
      return asked;
    },
    given,
    waiting: () => when(() => (idle.length > 0 ? true : undefined)).then(() => {}),
    left: left.promise,
    get posts() {
      return posts;
    },
    behaviour,
    host: `127.0.0.1:${port}${prefix}`,
    calls,
    nextStatuses,
    invoke(event, headers = {}) {
      count += 1;
      const id = `request-${count}`;
      events.push({ id, body: JSON.stringify(event), headers });
      if (!behaviour.isLate) feed();
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
