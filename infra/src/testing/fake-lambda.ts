import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';

/** What the alias `live` of a function points to. */
export interface FakeAlias {
  readonly functionVersion: string;
  /** Versions that get a share of the invocations beside it. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Environment of each published version. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What it answers to events; an `errorType` in it is a failure of the function. */
  readonly answers?: (event: unknown) => Readonly<Record<string, unknown>>;
}

/** GetAlias, GetFunctionConfiguration and Invoke of Lambda's API on loopback, by function name. */
export async function fakeLambda(functions: Readonly<Record<string, FakeAlias>>): Promise<{
  readonly client: LambdaClient;
  close(): Promise<void>;
}> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const [, , , name = '', kind, alias] = url.pathname.split('/');
    const found = functions[name];
    const version = url.searchParams.get('Qualifier') ?? '$LATEST';
    const answer =
      kind === 'aliases' && alias === 'live' && found !== undefined
        ? {
            Name: 'live',
            FunctionVersion: found.functionVersion,
            ...(found.weights && { RoutingConfig: { AdditionalVersionWeights: found.weights } }),
          }
        : kind === 'configuration' && found?.environments[version] !== undefined
          ? { Version: version, Environment: { Variables: found.environments[version] } }
          : kind === 'invocations' && version === 'live'
            ? found?.answers?.(await json(request))
            : undefined;
    response.writeHead(answer === undefined ? 404 : 200, {
      'content-type': 'application/json',
      ...(answer === undefined && { 'x-amzn-errortype': 'ResourceNotFoundException' }),
      ...(answer !== undefined && 'errorType' in answer && { 'x-amz-function-error': 'Unhandled' }),
    });
    response.end(JSON.stringify(answer ?? { Message: `no ${name}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new LambdaClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    client,
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
