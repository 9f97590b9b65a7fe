import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A connection to the cloud that can be cut. */
export interface Proxy {
  readonly url: string;
  /** Ends every connection and takes no more. */
  cut(): Promise<void>;
}

/**
 * Starts a proxy before the cloud. It has the cloud's own port, at the other loopback address: the cloud answers to
 * no other port.
 */
export async function startProxy(to: string): Promise<Proxy> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(Number(port), hostname);
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      // A client that is cut off says so by itself.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(Number(port), '::1');
  await once(server, 'listening');
  return {
    url: `http://[::1]:${port}`,
    async cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
