import { connect } from 'node:net';
import type { BadRequest } from './http-bytes.ts';

/** The bytes that came back, as text of a character a byte. */
export interface Reply {
  readonly text: string;
  /** The status of every answer in it that is not 1xx. */
  readonly statuses: readonly number[];
  /** Nothing came, and the connection stayed open. */
  readonly isMissing: boolean;
}

/** Longer than any answer takes on a busy machine. */
const patienceMs = 60_000;

/** Sends bytes over a connection of their own, and takes what comes until it is closed. */
export function send(port: number, { bytes, hangsUp = false }: BadRequest): Promise<Reply> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let timedOut = false;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes, () => {
        if (hangsUp) socket.end();
      });
    });
    socket.setTimeout(patienceMs, () => {
      timedOut = true;
      socket.destroy();
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server may close before it has read everything: the answer is what counts.
    socket.on('error', () => {});
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1');
      const statuses = [...text.matchAll(/^HTTP\/1\.1 ([2-5]\d\d) /gm)].map(([, code]) =>
        Number(code),
      );
      resolve({ text, statuses, isMissing: timedOut });
    });
  });
}
