/** Kinds of the frontend messages that the bridge knows; the rest goes through as it is. */
export const kinds = {
  bind: 0x42,
  close: 0x43,
  describe: 0x44,
  execute: 0x45,
  flush: 0x48,
  functionCall: 0x46,
  parse: 0x50,
  password: 0x70,
  query: 0x51,
  sync: 0x53,
  terminate: 0x58,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
} as const;

/** Larger than anything a client of ours says; who sends more does not speak PostgreSQL. */
const maxMessageBytes = 64 * 1024 * 1024;
/** Longest message of a client that has not given the password, as in PostgreSQL for its first. */
export const maxStrangerBytes = 10_000;

/** A message: one byte of kind, but for a connection's first; four of length; then its body. */
export function message(
  kind: number,
  ...parts: readonly (string | Uint8Array | readonly number[])[]
): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))),
  );
  const head = Buffer.alloc(5);
  head.writeUInt8(kind);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** ErrorResponse. @param severity `FATAL` is followed by the end of the connection */
export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer {
  return message(0x45, `S${severity}\0V${severity}\0C${code}\0M${text}\0\0`);
}

/** A text message that Postgres takes for a statement. */
export const query = (sql: string): Buffer => message(kinds.query, `${sql}\0`);

/** Takes whole messages out of a byte stream, however it was cut. */
export interface MessageReader {
  push(chunk: Buffer): void;
  /** @param headBytes 5; 4 for a connection's first messages, which have no kind @throws {RangeError} if the length makes no sense, or is above `maxBytes` */
  next(headBytes: 4 | 5, maxBytes?: number): Buffer | undefined;
}

export function createMessageReader(): MessageReader {
  let chunks: Buffer[] = [];
  let available = 0;
  /** How much the next message needs, as far as is known: nothing is copied before it is there. */
  let needed = 0;

  return {
    push(chunk) {
      chunks.push(chunk);
      available += chunk.length;
    },
    next(headBytes, maxBytes = maxMessageBytes) {
      if (available < Math.max(needed, headBytes)) return undefined;
      const [first] = chunks;
      const bytes = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
      const length = bytes.readInt32BE(headBytes - 4);
      if (length < 4 || length > maxBytes) throw new RangeError(`a message of ${length} bytes`);
      needed = headBytes - 4 + length;
      chunks = [bytes];
      if (available < needed) return undefined;
      const taken = bytes.subarray(0, needed);
      chunks = available > needed ? [bytes.subarray(needed)] : [];
      available -= needed;
      needed = 0;
      return taken;
    },
  };
}
