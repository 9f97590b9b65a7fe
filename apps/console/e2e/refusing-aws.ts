import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An endpoint of AWS where every right is missing. */
export interface RefusingAws {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts an endpoint that refuses all requests, each in the protocol of its service. @param message AWS's words for people */
export async function startRefusingAws(message: string): Promise<RefusingAws> {
  const server = createServer((request, response) => {
    request.resume();
    if (/\/s3\/aws4_request/.test(request.headers.authorization ?? '')) {
      const error = `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
      response.writeHead(403, { 'content-type': 'application/xml' }).end(error);
      return;
    }
    const type = 'AccessDeniedException';
    response
      .writeHead(400, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type })
      .end(JSON.stringify({ __type: type, message }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
