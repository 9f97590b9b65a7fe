import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Handle } from '../signed-handler.ts';

/** Serves an emulator at a free port, and tells the process that has forked this one which it is. */
export function serveParent(handle: Handle): void {
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
