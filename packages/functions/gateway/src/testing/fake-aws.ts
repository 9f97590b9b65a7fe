import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The fake's reply to one call: like AWS, with a refusal, never, or by closing the connection. */
export type Reply =
  | { readonly payload: unknown }
  | { readonly functionError: unknown }
  | { readonly refusal: string; readonly status: number }
  | 'silence'
  | 'reset';

/** A Lambda function: its configuration, and what it does with an event. */
interface FakeFunction {
  configuration: Record<string, unknown>;
  invoke: (event: Record<string, unknown>) => Reply;
}

/** A state machine as a function of its input: returns the members of the SDK's answer, or a refusal. */
type FakeMachine = (input: string, name: string | undefined) => Reply;

/** One call as it arrived. */
interface FakeCall {
  /** `invoke chorus-svr:live`, `configuration chorus-svr:1`, `versions chorus-svr`, `start arn:…`, `get bucket/key`, `put bucket/key`. */
  readonly what: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Lambda, Step Functions and S3 as far as the gateway calls them, on a port of their own. */
export interface FakeAws {
  readonly endpoint: string;
  /** By name with its alias or version: `chorus-svr:live`, `chorus-svr:1`. */
  readonly functions: Map<string, FakeFunction>;
  readonly machines: Map<string, FakeMachine>;
  /** `bucket/key` -> content. */
  readonly objects: Map<string, string>;
  readonly calls: FakeCall[];
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * Lists a page of ListVersionsByFunction: two entries, in no order, and first `$LATEST`, which serves something else.
 */
function listVersions(functions: FakeAws['functions'], name: string, marker: number): unknown {
  const Variables = { MODEL_KEY: 'models/any/v99/model.onnx' };
  const published = [...functions]
    .flatMap(([key, { configuration }]) => {
      const [of, Version = ''] = key.split(':');
      return of === name && /^\d+$/.test(Version) ? [{ ...configuration, Version }] : [];
    })
    .reverse();
  const all = [{ Version: '$LATEST', Environment: { Variables } }, ...published];
  const end = marker + 2;
  return {
    Versions: all.slice(marker, end),
    ...(end < all.length && { NextMarker: String(end) }),
  };
}

export async function startFakeAws(): Promise<FakeAws> {
  const functions = new Map<string, FakeFunction>();
  const machines = new Map<string, FakeMachine>();
  const objects = new Map<string, string>();
  const calls: FakeCall[] = [];
  const missing: Reply = { refusal: 'ResourceNotFoundException', status: 404 };

  function decide(request: IncomingMessage, body: string): [string, Reply] {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://aws');
    const path = decodeURIComponent(pathname);
    const call = /^\/2015-03-31\/functions\/([^/]+)\/(invocations|configuration|versions)$/.exec(
      path,
    );
    if (call !== null) {
      const [, name = '', part] = call;
      if (part === 'versions') {
        const marker = Number(searchParams.get('Marker') ?? 0);
        return [`versions ${name}`, { payload: listVersions(functions, name, marker) }];
      }
      const found = functions.get(name);
      return part === 'configuration'
        ? [
            `configuration ${name}`,
            found === undefined ? missing : { payload: found.configuration },
          ]
        : [`invoke ${name}`, found === undefined ? missing : found.invoke(JSON.parse(body))];
    }
    if (request.headers['x-amz-target'] === 'AWSStepFunctions.StartSyncExecution') {
      const { stateMachineArn, input, name } = JSON.parse(body);
      const machine = machines.get(stateMachineArn);
      const refusal = { refusal: 'StateMachineDoesNotExist', status: 400 };
      return [`start ${stateMachineArn}`, machine === undefined ? refusal : machine(input, name)];
    }
    if (request.method === 'PUT') {
      return [`put ${path.slice(1)}`, { payload: '' }];
    }
    const content = objects.get(path.slice(1));
    const noKey = { refusal: 'NoSuchKey', status: 404 };
    return [`get ${path.slice(1)}`, content === undefined ? noKey : { payload: content }];
  }

  function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
    if (reply === 'silence') {
      return;
    }
    if (reply === 'reset') {
      request.socket.destroy();
    } else if ('refusal' in reply) {
      const { refusal, status } = reply;
      const isXml = request.headers['x-amz-target'] === undefined && request.method === 'GET';
      response
        .writeHead(status, { 'x-amzn-errortype': refusal })
        .end(
          isXml
            ? `<Error><Code>${refusal}</Code><Message>no</Message></Error>`
            : JSON.stringify({ __type: refusal, message: 'internal names of AWS' }),
        );
    } else if ('functionError' in reply) {
      response
        .writeHead(200, { 'x-amz-function-error': 'Unhandled' })
        .end(JSON.stringify(reply.functionError));
    } else {
      const { payload } = reply;
      response.writeHead(200).end(typeof payload === 'string' ? payload : JSON.stringify(payload));
    }
  }

  const server = createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    const body = await readBody(request);
    const [what, reply] = decide(request, body);
    calls.push({ what, headers: request.headers, body });
    send(reply, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    functions,
    machines,
    objects,
    calls,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
