/** An error in Redis's words: `ERR syntax error`. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
}

/** A command's answer: a status line, bytes, a whole number, nothing, a list, a map or an error. */
export type Reply =
  | string
  | Buffer
  | number
  | bigint
  | null
  | readonly Reply[]
  | ReadonlyMap<string, Reply>
  | ReplyError;

/** RESP 2 knows neither maps nor a null of its own. */
export type ProtocolVersion = 2 | 3;

/** Text as bytes; a string alone would be a status line. */
export const text = (value: string): Buffer => Buffer.from(value);

const lineEnd = Buffer.from('\r\n');

function writeTo(out: Buffer[], reply: Reply, version: ProtocolVersion): void {
  if (reply === null) out.push(Buffer.from(version === 2 ? '$-1\r\n' : '_\r\n'));
  else if (typeof reply === 'string') out.push(Buffer.from(`+${reply}\r\n`));
  else if (typeof reply === 'number' || typeof reply === 'bigint')
    out.push(Buffer.from(`:${reply}\r\n`));
  else if (Buffer.isBuffer(reply)) out.push(Buffer.from(`$${reply.length}\r\n`), reply, lineEnd);
  else if (reply instanceof ReplyError)
    out.push(Buffer.from(`-${reply.message.replace(/[\r\n]/g, ' ')}\r\n`));
  else if (reply instanceof Map) {
    out.push(Buffer.from(version === 2 ? `*${reply.size * 2}\r\n` : `%${reply.size}\r\n`));
    for (const [name, value] of reply) {
      writeTo(out, text(name), version);
      writeTo(out, value, version);
    }
  } else if (Array.isArray(reply)) {
    out.push(Buffer.from(`*${reply.length}\r\n`));
    for (const each of reply) writeTo(out, each, version);
  }
}

/** Returns the bytes of a reply (RESP, "RESP protocol description"). */
export function encode(reply: Reply, version: ProtocolVersion): Buffer {
  const out: Buffer[] = [];
  writeTo(out, reply, version);
  return Buffer.concat(out);
}
