import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Handle } from '@chorus/emulator-aws';
import { serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import type { AsynchronousSettings } from '../asynchronous/asynchronous.ts';
import type { FunctionImage } from '../create-function.ts';
import { createLambda } from '../create-lambda.ts';
import type { LambdaOptions } from '../lambda-options.ts';
import type { LambdaService } from '../lambda-service.ts';
import { openSavedFunctions, type SavedFunctions } from '../saved-functions.ts';

/** Name of the image that further functions like `tiny` can be created from. */
export const tinyImage = 'chorus-tiny:local';

const program = fileURLToPath(new URL('tiny-function.ts', import.meta.url));

/** A Lambda service behind a port of its own, with one function: `tiny`. */
export interface TestLambda {
  readonly service: LambdaService;
  /** Begins with the messages of queues, and with events that wait for their next attempt. */
  resume(): void;
  readonly client: LambdaClient;
  readonly url: string;
  /** The file that functions are saved in. */
  readonly file: string;
  readonly directory: string;
  /** Closes every connection where it stands. */
  dropConnections(): void;
  /** Stops every worker; the port still answers. */
  close(): Promise<void>;
  /** Stops it and leaves its folder. */
  stop(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

export interface TestLambdaOptions extends Partial<LambdaOptions> {
  /** A folder that another one left. */
  readonly folder?: string;
  readonly concurrency?: number;
  /** Environments that are kept for the alias `live`. */
  readonly kept?: number;
  readonly timeoutSeconds?: number;
  /** What becomes of the functions' asynchronous events. */
  readonly asynchronous?: AsynchronousSettings;
  /** MOOD of the function from the beginning. */
  readonly mood?: string;
  /** How many functions there are beside `tiny`: `tiny-2`, `tiny-3`, … */
  readonly more?: number;
  /** The functions' names, instead; all of them are the same program. */
  readonly names?: readonly string[];
  /** Other emulators on the same port, by service. */
  readonly beside?: Readonly<Record<string, Handle>>;
  /** The store of the functions' state. @default a file in the folder */
  readonly keep?: SavedFunctions;
}

const namesOf = (more: number): readonly string[] => [
  'tiny',
  ...Array.from({ length: more }, (_, index) => `tiny-${index + 2}`),
];

/** Starts the service; its processes start with their first events. */
export async function startLambda(options: TestLambdaOptions = {}): Promise<TestLambda> {
  const { concurrency = 2, kept, timeoutSeconds = 20, mood, more = 0, ...given } = options;
  const { folder, keep, asynchronous = {}, beside = {}, names = namesOf(more), ...rest } = given;
  const directory = folder ?? (await mkdtemp(join(tmpdir(), 'chorus-lambda-')));
  const file = join(directory, 'lambda.json');
  const state = keep ?? (await openSavedFunctions(file));
  const port = await serve({
    ...beside,
    lambda: (request, response) => emulator.handle(request, response),
  });
  const tiny: FunctionImage = {
    program: ({ environment }) => ({
      command: process.execPath,
      arguments: [program],
      environment,
    }),
    concurrency,
  };
  const emulator = createLambda({
    credentials: testCredentials,
    functions: names.map((name) => ({
      name,
      ...tiny,
      memoryMb: 128,
      timeoutSeconds,
      asynchronous,
      ...(kept !== undefined && { kept: { alias: 'live', environments: kept } }),
      environment: mood === undefined ? {} : { MOOD: mood },
    })),
    images: { [tinyImage]: tiny },
    host: port.host,
    directory,
    baseEnvironment: {},
    state,
    ...rest,
  });
  const { url } = port;
  const client = new LambdaClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
  async function stop(): Promise<void> {
    client.destroy();
    await emulator.close();
    await port.close();
  }
  return {
    service: emulator.service,
    resume: emulator.resume,
    client,
    url,
    file,
    directory,
    dropConnections: port.dropConnections,
    close: emulator.close,
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

/** The function's answer, or the error in its place. */
export interface Answer {
  readonly mood?: string;
  readonly version?: string;
  readonly pid?: number;
  readonly address?: string;
  readonly trace?: string;
  readonly initialisation?: string;
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** Makes a signed request to the Lambda API as no SDK would make it. */
export async function askRaw(
  { url }: TestLambda,
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{
  readonly status: number;
  readonly type: string | null;
  /** Seconds; absent unless the answer says when to try again. */
  readonly retryAfter?: string;
  readonly message: string | undefined;
}> {
  const response = await signedFetch({
    url: url + path,
    service: 'lambda',
    credentials: testCredentials,
    method,
    headers,
    ...(body && { body }),
  });
  const text = await response.text();
  const { message }: { message?: string } = text === '' ? {} : (JSON.parse(text) ?? {});
  const retryAfter = response.headers.get('retry-after');
  return {
    status: response.status,
    type: response.headers.get('x-amzn-errortype'),
    ...(retryAfter !== null && { retryAfter }),
    message,
  };
}
