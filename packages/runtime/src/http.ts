import type { Agent, IncomingMessage, RequestOptions } from 'node:http';

/**
 * `node:http` without its ES module namespace: a static `import` reads every export of it, the lazy WebSocket
 * among them, and so loads all of undici: 25 ms of a cold start (Node 24.21).
 */
const http: typeof import('node:http') = process.getBuiltinModule('node:http');

/** An answer, read whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** How to send a request. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly agent?: Agent | false;
  /** Give up when the connection is silent for so many milliseconds; default: never. */
  readonly idleMs?: number;
  /** Called when the whole request has gone out. */
  readonly onSent?: () => void;
}

/** Reads the body into one buffer, of the announced length where it is announced. */
function collect(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    response.on('error', reject);
  });
}

/**
 * Sends one HTTP(S) request and reads the answer whole, whatever its status.
 * @throws the socket's error (`ECONNREFUSED`, `ECONNRESET`: also for a body that ends early), or `ETIMEDOUT`
 */
export function send(url: URL, call: HttpCall): Promise<HttpAnswer> {
  const { request } = url.protocol === 'https:' ? process.getBuiltinModule('node:https') : http;
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: call.method,
      ...(call.agent !== undefined && { agent: call.agent }),
      ...(call.headers !== undefined && { headers: call.headers }),
    };
    const outgoing = request(url, options, (response) => {
      collect(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    });
    outgoing.on('error', reject);
    if (call.onSent !== undefined) {
      outgoing.on('finish', call.onSent);
    }
    if (call.idleMs !== undefined) {
      const { idleMs } = call;
      outgoing.setTimeout(idleMs, () =>
        outgoing.destroy(
          Object.assign(new Error(`silent for ${idleMs} ms`), { code: 'ETIMEDOUT' }),
        ),
      );
    }
    outgoing.end(call.body);
  });
}
