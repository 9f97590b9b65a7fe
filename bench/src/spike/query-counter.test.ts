import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMessageCounter } from './query-counter.ts';

/** Returns a message of PostgreSQL's protocol; the first one of a connection has no type. */
function message(type: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(4 + payload.length);
  return Buffer.concat([Buffer.from(type), head, payload]);
}

it('counts the messages that run queries, in whatever pieces they come', () => {
  const messages = fc.array(
    fc.tuple(fc.constantFrom('Q', 'P', 'B', 'D', 'E', 'S', 'X'), fc.uint8Array({ maxLength: 40 })),
  );
  fc.assert(
    fc.property(messages, fc.integer({ min: 1, max: 20 }), (sent, size) => {
      const start = message('', Buffer.from('\0\x03\0\0user\0QQEE\0\0'));
      const bytes = Buffer.concat([
        start,
        ...sent.map(([type, payload]) => message(type, Buffer.from(payload))),
      ]);
      const count = createMessageCounter();
      let total = 0;
      for (let at = 0; at < bytes.length; at += size) total += count(bytes.subarray(at, at + size));
      expect(total).toBe(sent.filter(([type]) => type === 'Q' || type === 'E').length);
    }),
  );
});
