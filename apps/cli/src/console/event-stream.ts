import type { IncomingMessage, ServerResponse } from 'node:http';

/** A comment is sent so often, in milliseconds, so that a page notices a lost connection. */
const beatMs = 10_000;

/** Events that a page is sent while it listens (server-sent events). */
export interface EventStream {
  /** @param id what a page that reconnects sends back, see `lastEventId` */
  send(value: unknown, id?: number): void;
  /** Ends it for good: the page does not ask again. */
  end(): void;
  /** Raised when the page has gone. */
  readonly gone: AbortSignal;
}

/** Returns the id of the last event that a page has got before it lost its connection; 0 for a page that is new. */
export function lastEventId({ headers }: Pick<IncomingMessage, 'headers'>): number {
  const id = Number(headers['last-event-id'] ?? 0);
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}

/** Answers a request with a stream of events. */
export function openEventStream(response: ServerResponse): EventStream {
  const gone = new AbortController();
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.write('retry: 1000\n\n');
  const beat = setInterval(() => response.write(': beat\n\n'), beatMs);
  response.once('close', () => {
    clearInterval(beat);
    gone.abort();
  });
  return {
    gone: gone.signal,
    send(value, id) {
      const line = id === undefined ? '' : `id: ${id}\n`;
      response.write(`${line}data: ${JSON.stringify(value)}\n\n`);
    },
    end() {
      response.write('event: end\ndata: {}\n\n');
      response.end();
    },
  };
}
