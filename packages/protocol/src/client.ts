/** A typed client for any server of the Open Inference Protocol v2. */

import { headerLengthName, parseHeaderLength } from './body.ts';
import {
  DeadlineExceededError,
  errorOfStatus,
  InternalError,
  InvalidRequestError,
  UnavailableError,
} from './errors.ts';
import { encodeInferRequest } from './infer-request.ts';
import { decodeInferResponse } from './infer-response.ts';
import { parseJson } from './json.ts';
import { type Members, parseArray, parseMembers } from './parse-tensor.ts';
import type { InferRequest, InferResponse, ModelMetadata, ServerMetadata } from './types.ts';

export interface ClientOptions {
  /** The URL before the server's `/v2`, e.g. `http://127.0.0.1:8080` or `https://host/stage`. */
  readonly url: string;
  /** @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch;
  /** Sent with every request, e.g. an API key. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface InferOptions {
  /** @default the version that the server chooses */
  readonly version?: string;
  /** Send and receive tensors as bytes: smaller and exact. @default false */
  readonly binary?: boolean;
  /** Give up after so long; the server learns of it by the parameter `timeout`. @default no limit */
  readonly timeoutMs?: number;
}

/**
 * Every method throws the `ProtocolError` of the answer's status with the server's own message,
 * `UnavailableError` when no server answers, and `InternalError` when the answer is not of the protocol.
 */
export interface Client {
  serverLive(): Promise<boolean>;
  serverReady(): Promise<boolean>;
  serverMetadata(): Promise<ServerMetadata>;
  /** Names of the models; an extension of KServe. */
  listModels(): Promise<readonly string[]>;
  modelMetadata(name: string, version?: string): Promise<ModelMetadata>;
  modelReady(name: string, version?: string): Promise<boolean>;
  /** @throws DeadlineExceededError when `timeoutMs` is over. */
  infer(name: string, request: InferRequest, options?: InferOptions): Promise<InferResponse>;
}

/** Makes a client; it connects when a method is called. */
export function createClient(options: ClientOptions): Client {
  const base = options.url.replace(/\/+$/, '');
  const send = (path: string, init: RequestInit = {}): Promise<Answer> =>
    request(options.fetch ?? globalThis.fetch, `${base}${path}`, {
      ...init,
      headers: { ...options.headers, ...(init.headers as Record<string, string>) },
    });
  return {
    serverLive: async () => isReady(await send('/v2/health/live')),
    serverReady: async () => isReady(await send('/v2/health/ready')),
    serverMetadata: async () => {
      const members = readMembers(await send('/v2'), ['name', 'version'], ['extensions']);
      return members as unknown as ServerMetadata;
    },
    listModels: async () => {
      const { models } = readMembers(await send('/v2/models'), [], ['models']);
      return models as readonly string[];
    },
    modelMetadata: async (name, version) => {
      const answer = await send(modelPath(name, version));
      const members = readMembers(answer, ['name', 'platform'], ['inputs', 'outputs']);
      return members as unknown as ModelMetadata;
    },
    modelReady: async (name, version) => isReady(await send(`${modelPath(name, version)}/ready`)),
    infer: async (name, inferRequest, { version, binary = false, timeoutMs } = {}) => {
      const parameters = {
        ...(binary ? { binary_data_output: true } : {}),
        ...(timeoutMs === undefined ? {} : { timeout: Math.ceil(timeoutMs * 1000) }),
        ...inferRequest.parameters,
      };
      const { body, headers } = encodeInferRequest({ ...inferRequest, parameters }, { binary });
      const answer = await send(`${modelPath(name, version)}/infer`, {
        method: 'POST',
        body,
        headers,
        ...(timeoutMs === undefined
          ? {}
          : { signal: AbortSignal.timeout(Math.max(0, Math.ceil(timeoutMs))) }),
      });
      checkStatus(answer);
      return decodeInferResponse(answer.body, answerHeaderLength(answer));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Method and address, for messages. */
  readonly what: string;
}

async function request(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
): Promise<Answer> {
  const what = `${init.method ?? 'GET'} ${url}`;
  try {
    const response = await fetch(url, init);
    const { status, headers } = response;
    return { status, headers, body: await response.bytes(), what };
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'TimeoutError') {
      throw new DeadlineExceededError(`${what}: no answer in time`, { cause });
    }
    throw new UnavailableError(`${what}: no answer; is the server running?`, { cause });
  }
}

function modelPath(name: string, version: string | undefined): string {
  const model = `/v2/models/${encodeURIComponent(name)}`;
  return version === undefined ? model : `${model}/versions/${encodeURIComponent(version)}`;
}

/** 503 is "not ready"; Triton says 400 for a model that is not. */
function isReady(answer: Answer): boolean {
  if (answer.status === 503 || answer.status === 400) {
    return false;
  }
  checkStatus(answer);
  return true;
}

function checkStatus(answer: Answer): void {
  if (answer.status < 200 || answer.status > 299) {
    throw errorOfStatus(
      answer.status,
      messageIn(answer) ?? `${answer.what} answered ${answer.status}`,
    );
  }
}

/** The protocol says `error`; API Gateway's own refusals say `message`. */
function messageIn(answer: Answer): string | undefined {
  try {
    const members = parseMembers(parseJson(new TextDecoder().decode(answer.body)), 'error');
    return [members['error'], members['message']].find((text) => typeof text === 'string');
  } catch {
    // Not JSON, e.g. a proxy's page: the status alone must do.
    return undefined;
  }
}

/** Reads the JSON object of an answer, after a look at the members that callers rely on. */
function readMembers(
  answer: Answer,
  strings: readonly string[],
  arrays: readonly string[],
): Members {
  checkStatus(answer);
  return answerOf(answer, () => {
    const members = parseMembers(parseJson(new TextDecoder().decode(answer.body)), 'answer');
    for (const name of strings) {
      if (typeof members[name] !== 'string') {
        throw new InvalidRequestError(`${name}: expected a string`);
      }
    }
    for (const name of arrays) {
      parseArray(members[name], name, 'values');
    }
    return members;
  });
}

function answerHeaderLength(answer: Answer): number | undefined {
  return answerOf(answer, () => parseHeaderLength(answer.headers.get(headerLengthName)));
}

/** Reads an answer; any fault in it is the server's. */
function answerOf<T>(answer: Answer, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InternalError(`${answer.what} answered something else than the protocol: ${reason}`, {
      cause,
    });
  }
}
