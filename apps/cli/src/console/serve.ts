import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whyStrange } from '@chorus/pages';
import { CliError, isCausedBy } from '../errors.ts';
import { type Console, isConsolePath } from './console.ts';

const loopback = '127.0.0.1';

/**
 * Serves the console on a port of 127.0.0.1 to pages that it has served itself.
 *
 * @param port 0 takes a free one
 * @throws {CliError} if the port is taken
 */
export async function serveConsole(
  opened: Console,
  port: number,
  report: (line: string) => void,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const refuse = (status: number, error: string): void => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error }));
    };
    const strange = whyStrange(request, false);
    if (strange !== undefined) return refuse(403, strange);
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!isConsolePath(path)) return refuse(404, `nothing at ${path.slice(0, 80)}`);
    opened.send(request, response).catch((error: unknown) => {
      report(`${request.method} ${path} failed: ${String(error)}`);
      if (response.headersSent) response.destroy();
      else refuse(500, 'the console has failed; see its output');
    });
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    origin: `http://${loopback}:${bound}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, loopback, resolve);
    });
  } catch (cause) {
    if (!isCausedBy(cause, 'EADDRINUSE')) throw cause;
    throw new CliError(`Port ${port} is taken. Choose another with --port, or leave it out`, {
      cause,
    });
  }
}
