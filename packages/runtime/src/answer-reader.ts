import { RuntimeApiError } from './errors.ts';
import type { HttpAnswer } from './http.ts';

/** The end of an answer's body (RFC 9112, section 6.3). */
type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

interface Head {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly framing: Framing;
}

/** An answer, and whether the connection may be used again. */
export interface ReadAnswer extends HttpAnswer {
  readonly keepAlive: boolean;
}

/** Reads one HTTP/1.1 answer from the bytes of a connection, in whatever pieces they come. */
export interface AnswerReader {
  /** @returns the answer once it is whole. @throws RuntimeApiError for what is not HTTP */
  push(piece: Buffer): ReadAnswer | undefined;
  /** The connection has ended. @returns the answer if that is how it ends */
  end(): ReadAnswer | undefined;
}

const malformed = (what: string): RuntimeApiError =>
  new RuntimeApiError(0, `the Runtime API did not answer in HTTP/1.1: ${what}`);

function parseHead(text: string): Head {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1];
  if (status === undefined) throw malformed(statusLine.slice(0, 80));
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw malformed(line.slice(0, 80));
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(status), headers, framing: framingOf(Number(status), headers) };
}

function framingOf(status: number, headers: Record<string, string>): Framing {
  if (status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  const coding = headers['transfer-encoding'];
  if (coding?.toLowerCase() === 'chunked') return { kind: 'chunked' };
  if (coding !== undefined) throw malformed(`transfer-encoding: ${coding}`);
  const length = headers['content-length'];
  if (length === undefined) return { kind: 'close' };
  if (!/^\d{1,15}$/.test(length)) throw malformed(`content-length: ${length}`);
  return { kind: 'length', bytes: Number(length) };
}

/**
 * Returns the body of a chunked answer (RFC 9112, section 7.1), or undefined while it is not whole. Trailers are
 * dropped.
 *
 * @param bytes all that follows the header
 */
function unchunk(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  let at = 0;
  while (true) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = /^[\da-f]{1,8}(?=$|[ \t;])/i.exec(bytes.toString('latin1', at, lineEnd))?.[0];
    if (size === undefined)
      throw malformed(`chunk size ${bytes.toString('latin1', at, lineEnd).slice(0, 20)}`);
    const start = lineEnd + 2;
    const length = Number.parseInt(size, 16);
    if (length === 0)
      return bytes.indexOf('\r\n', start) === start || bytes.indexOf('\r\n\r\n', start) >= 0
        ? Buffer.concat(chunks)
        : undefined;
    if (bytes.length < start + length + 2) return undefined;
    if (bytes.toString('latin1', start + length, start + length + 2) !== '\r\n')
      throw malformed('a chunk is longer than it says');
    chunks.push(bytes.subarray(start, start + length));
    at = start + length + 2;
  }
}

/** Creates a reader for the one answer that a connection carries next. */
export function createAnswerReader(): AnswerReader {
  let bytes: Buffer = Buffer.alloc(0);
  let head: Head | undefined;

  function finish(body: Buffer, closes: boolean): ReadAnswer {
    const { status = 0, headers = {} } = head ?? {};
    const keepAlive = !closes && headers['connection']?.toLowerCase() !== 'close';
    return { status, headers, body, keepAlive };
  }

  return {
    push(piece) {
      bytes = bytes.length === 0 ? piece : Buffer.concat([bytes, piece]);
      if (head === undefined) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return undefined;
        head = parseHead(bytes.toString('latin1', 0, end));
        bytes = bytes.subarray(end + 4);
      }
      const { framing } = head;
      if (framing.kind === 'length')
        return bytes.length < framing.bytes
          ? undefined
          : finish(bytes.subarray(0, framing.bytes), false);
      if (framing.kind === 'close') return undefined;
      const body = unchunk(bytes);
      return body && finish(body, false);
    },
    end: () => (head?.framing.kind === 'close' ? finish(bytes, true) : undefined),
  };
}
