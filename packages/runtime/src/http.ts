import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { RuntimeFailure } from './errors.ts';

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

/** A request, with its limits. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly agent?: Agent | false;
  /** Give up when the connection is silent for so many milliseconds; default: never. */
  readonly idleMs?: number;
  /** Stop reading the answer when it has, or announces, more bytes; default: never. */
  readonly maxBytes?: number;
  /** Gives up when aborted, with an `AbortError`. */
  readonly signal?: AbortSignal;
  /** Called when the whole request has gone out. */
  readonly onSent?: () => void;
}

/** The answer has more bytes than the caller takes; the rest of it was not read. */
export class BodyTooLargeError extends RuntimeFailure {
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super('BodyTooLargeError', `the answer has more than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

/** Reads the body into one buffer; stops as soon as it is known to be larger than `maxBytes`. */
function collect(response: IncomingMessage, maxBytes = Infinity): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = () => {
      // Settled before the connection ends, which the response would report as an error of its own.
      reject(new BodyTooLargeError(maxBytes));
      response.destroy();
    };
    if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
      refuse();
      return;
    }
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) refuse();
      else chunks.push(chunk);
    });
    response.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    response.on('error', reject);
  });
}

/**
 * Sends one HTTP(S) request and reads the answer whole, whatever its status.
 * @throws the socket's error (`ECONNREFUSED`, `ECONNRESET`: also for a body that ends early), `ETIMEDOUT`, an
 *   `AbortError`, or BodyTooLargeError
 */
export function send(url: URL, call: HttpCall): Promise<HttpAnswer> {
  const { request } = url.protocol === 'https:' ? process.getBuiltinModule('node:https') : http;
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: call.method,
      ...(call.agent !== undefined && { agent: call.agent }),
      ...(call.headers !== undefined && { headers: call.headers }),
      ...(call.signal !== undefined && { signal: call.signal }),
    };
    const outgoing = request(url, options, (response) => {
      collect(response, call.maxBytes).then(
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
