/** HTTP/1.1 requests as bytes, so that they can be wrong in any way. */

/** One request, or what looks like one. */
export interface BadRequest {
  /** The fault of the request, for the report. */
  readonly what: string;
  readonly to: 'cloud' | 'cache' | 'database';
  readonly bytes: Buffer;
  /** The client goes away when it has sent this: no answer is expected. */
  readonly hangsUp?: boolean;
}

export type Headers = Readonly<Record<string, string>>;

export interface HttpParts {
  readonly method: string;
  readonly path: string;
  readonly headers?: Headers;
  readonly body?: string | Uint8Array;
}

/** Returns a request with a right length, unless a header of its own says another. */
export function httpBytes(host: string, { method, path, headers = {}, body }: HttpParts): Buffer {
  const content = body === undefined ? undefined : Buffer.from(body);
  const all: Record<string, string> = {
    host,
    connection: 'close',
    ...(content !== undefined && !('transfer-encoding' in headers)
      ? { 'content-length': String(content.byteLength) }
      : {}),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'),
    content ?? Buffer.of(),
  ]);
}
