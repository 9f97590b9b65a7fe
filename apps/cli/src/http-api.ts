import { CliError, messageOf } from './errors.ts';

/** A request as it is sent. */
interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns a request's headers with those that let it in: a key, a token or a signature. */
export type Admit = (request: ApiRequest) => Promise<Readonly<Record<string, string>>>;

/** The HTTP API of the service. */
export interface HttpApi {
  /** A deployed one has its stage as path. */
  readonly url: string;
  /** Undefined where everyone may call. */
  readonly admit?: Admit | undefined;
}

/** Returns the address of a path of the API. */
export function addressOf({ url }: HttpApi, path: string): string {
  return url.replace(/\/+$/, '') + path;
}

/** The API's answer. */
export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
  /** The JSON in `text`; undefined when it is none. */
  readonly json: unknown;
}

/** A little over API Gateway's 29 s: a later answer is not going to come. */
const answerMs = 31_000;
/** As long as the URL is valid; 20 MB take their time on a thin line. */
const uploadMs = 15 * 60_000;

/**
 * POSTs JSON.
 *
 * @throws {CliError} when there is no answer
 */
export async function post(api: HttpApi, path: string, body: unknown): Promise<ApiAnswer> {
  const request = {
    method: 'POST',
    url: addressOf(api, path),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const headers = (await api.admit?.(request)) ?? request.headers;
  return send(request.url, { ...request, headers }, answerMs);
}

/**
 * GETs a path.
 *
 * @throws {CliError} when there is no answer
 */
export async function get(api: HttpApi, path: string): Promise<ApiAnswer> {
  const request = { method: 'GET', url: addressOf(api, path), headers: {}, body: '' };
  const headers = (await api.admit?.(request)) ?? request.headers;
  return send(request.url, { method: 'GET', headers }, answerMs);
}

/**
 * PUTs bytes to a presigned URL.
 *
 * @throws {CliError} when there is no answer
 */
export async function put(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array<ArrayBuffer>,
): Promise<ApiAnswer> {
  return send(url, { method: 'PUT', headers, body }, uploadMs);
}

async function send(url: string, request: RequestInit, timeoutMs: number): Promise<ApiAnswer> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return { status: response.status, text, json: parse(text) };
  } catch (cause) {
    // fetch's own message is "fetch failed"; what failed is in its cause.
    const reason = cause instanceof Error ? (cause.cause ?? cause) : cause;
    const why = messageOf(reason);
    throw new CliError(
      `No answer from ${url.split('?')[0]}: ${why || 'connection refused'}\nIs it running? Start the local cloud with: npx -y pnpm@12 start`,
      { cause },
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the error for an answer that is not what was asked for. */
export function refusal({ status, json }: ApiAnswer, url: string): CliError {
  const said = typeof json === 'object' && json !== null && 'error' in json;
  const what = said ? String(json.error) : `${url} did not answer as Chorus does`;
  return new CliError(`${status}: ${what}`);
}
