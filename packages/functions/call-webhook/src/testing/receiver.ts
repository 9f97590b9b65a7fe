import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call that a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A program that is told of answers, at a free port of this machine. */
export interface Receiver {
  readonly port: number;
  readonly received: readonly Received[];
  /** The statuses of its next answers, or `hang`; after them 204. */
  readonly answers: (number | 'hang' | 'endless')[];
  /** Breaks off what hangs. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** Starts a receiver. @param pair its certificate and key; without them it speaks plain HTTP */
export async function startReceiver(pair?: {
  readonly cert: string;
  readonly key: string;
}): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver['answers'] = [];
  const server = pair === undefined ? createHttp() : createHttps(pair);
  server.on('request', async (request, response) => {
    const { url = '', headers } = request;
    received.push({ path: url, headers, body: await text(request) });
    const answer = answers.shift() ?? 204;
    if (answer === 'hang') return;
    if (answer === 'endless') {
      response.writeHead(200);
      const fill = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', fill);
      fill();
      return;
    }
    response.writeHead(answer, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    answers,
    dropConnections: () => server.closeAllConnections(),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
