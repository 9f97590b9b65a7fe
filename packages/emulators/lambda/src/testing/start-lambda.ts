import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { handleLambda } from '../api.ts';
import { openSavedFunctions, type SavedFunctions } from '../saved-functions.ts';
import { createLambda, type LambdaOptions, type LambdaService } from '../service.ts';

const program = fileURLToPath(new URL('tiny-function.ts', import.meta.url));

/** A Lambda service behind a port of its own, with one function: `tiny`. */
export interface TestLambda {
  readonly service: LambdaService;
  readonly client: LambdaClient;
  readonly url: string;
  /** The file that functions are saved in. */
  readonly file: string;
  readonly directory: string;
  /** Closes every connection where it stands. */
  dropConnections(): void;
  /** Stops it and leaves its folder. */
  stop(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

export interface TestLambdaOptions extends Partial<LambdaOptions> {
  /** A folder that another one left. */
  readonly folder?: string;
  readonly concurrency?: number;
  readonly timeoutSeconds?: number;
  /** MOOD of the function from the beginning. */
  readonly mood?: string;
  /** How many functions there are beside `tiny`: `tiny-2`, `tiny-3`, … */
  readonly more?: number;
  /** What keeps the functions. @default a file in the folder */
  readonly keep?: SavedFunctions;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** Starts the service; its processes start with their first events. */
export async function startLambda(options: TestLambdaOptions = {}): Promise<TestLambda> {
  const { concurrency = 2, timeoutSeconds = 20, mood, more = 0, folder, keep, ...rest } = options;
  const directory = folder ?? (await mkdtemp(join(tmpdir(), 'chorus-lambda-')));
  const file = join(directory, 'lambda.json');
  const state = keep ?? (await openSavedFunctions(file));
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    if (path.startsWith('/worker/')) return service.handleRuntimeApi(request, response);
    const body = Buffer.concat(await request.toArray());
    const requestId = crypto.randomUUID();
    return handleLambda(service, { method, path, headers, body, requestId }, response);
  });
  const port = await listen(server);
  const names = ['tiny', ...Array.from({ length: more }, (_, index) => `tiny-${index + 2}`)];
  const service = createLambda({
    functions: names.map((name) => ({
      name,
      program: ({ environment }) => ({
        command: process.execPath,
        arguments: [program],
        environment,
      }),
      memoryMb: 128,
      timeoutSeconds,
      concurrency,
      environment: mood === undefined ? {} : { MOOD: mood },
    })),
    host: `127.0.0.1:${port}`,
    directory,
    baseEnvironment: {},
    state,
    ...rest,
  });
  const url = `http://127.0.0.1:${port}`;
  const client = new LambdaClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  async function stop(): Promise<void> {
    client.destroy();
    await service.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return {
    service,
    client,
    url,
    file,
    directory,
    dropConnections: () => server.closeAllConnections(),
    stop,
    async remove() {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Invokes a function of the service, by default `tiny`, and reads its answer. */
export async function ask(
  { service }: TestLambda,
  order: unknown,
  functionName = 'tiny',
): Promise<{
  readonly payload: Answer;
  readonly error: string | undefined;
  readonly version: string;
}> {
  const answer = await service.invoke({
    functionName,
    payload: Buffer.from(JSON.stringify(order)),
  });
  const payload: Answer = JSON.parse(Buffer.from(answer.payload).toString());
  return { payload, error: answer.functionError, version: answer.executedVersion };
}

/** What the function answers, or the error in its place. */
export interface Answer {
  readonly mood?: string;
  readonly version?: string;
  readonly pid?: number;
  readonly address?: string;
  readonly trace?: string;
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** Makes a request to the Lambda API as no SDK would make it. */
export async function askRaw(
  { url }: TestLambda,
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{
  readonly status: number;
  readonly type: string | null;
  readonly message: string | undefined;
}> {
  const response = await fetch(url + path, { method, headers, ...(body && { body }) });
  const text = await response.text();
  const { message }: { message?: string } = text === '' ? {} : (JSON.parse(text) ?? {});
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), message };
}
