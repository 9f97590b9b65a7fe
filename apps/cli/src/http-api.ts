import { CliError, messageOf } from './errors.ts';

/** The HTTP API of the service. */
export interface HttpApi {
  /** Without a slash at its end; a deployed one has its stage as path. */
  readonly url: string;
  /** The key of a deployed API. */
  readonly apiKey: string | undefined;
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
  const headers = {
    'content-type': 'application/json',
    ...(api.apiKey !== undefined && { 'x-api-key': api.apiKey }),
  };
  return send(api.url + path, { method: 'POST', headers, body: JSON.stringify(body) }, answerMs);
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
