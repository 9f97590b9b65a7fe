import { describeError } from './describe-error.ts';
import { type Credentials, type S3Settings, s3Settings } from './env.ts';
import { BodyTooLargeError, type HttpAnswer, send } from './http.ts';
import { type ObjectAddress, ObjectError, refusal, tooLarge, unreachable } from './s3-errors.ts';
import { signGet } from './sign-get.ts';

export { ObjectError, type ObjectReason } from './s3-errors.ts';

/** Silence on a connection to S3 that means it is dead. */
const idleMs = 5_000;
const firstPauseMs = 50;
const longestPauseMs = 800;

/** An object, and how long to try for it. */
export interface ObjectRequest extends ObjectAddress {
  /** Epoch milliseconds after which no further attempt starts. */
  readonly retryUntil: number;
  /** Ends the attempt that is under way. */
  readonly signal?: AbortSignal;
  /** Only so many bytes from the start; an object that has fewer is read whole. */
  readonly firstBytes?: number;
  /** More bytes than this are not downloaded, whether they are announced or not. */
  readonly maxBytes?: number;
  /** Called once the first request is on the wire, or has failed. */
  readonly onSent?: () => void;
}

/** Path-style at an endpoint of our own, virtual-hosted at Amazon's. */
function objectUrl(settings: S3Settings, bucket: string, key: string): URL {
  const escaped = key
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, percentEncode))
    .join('/');
  return settings.endpoint === undefined
    ? new URL(`https://${bucket}.s3.${settings.region}.amazonaws.com/${escaped}`)
    : new URL(`${settings.endpoint.replace(/\/$/, '')}/${bucket}/${escaped}`);
}

/** The five characters that `encodeURIComponent` leaves alone and a signature does not. */
function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Returns the `Range` header for a request, if it wants a part. */
function rangeOf({ firstBytes }: ObjectRequest): string | undefined {
  return firstBytes === undefined ? undefined : `bytes=0-${firstBytes - 1}`;
}

/** Returns the size of the whole object, where the answer is a part of it: `bytes 0-9/1234`. */
function wholeSizeOf(contentRange: string | undefined): number {
  return Number(contentRange?.split('/')[1] ?? 0);
}

/** The `<Code>` of S3's error document, or the HTTP status. */
function codeOf(answer: HttpAnswer): string {
  const [, code] = /<Code>(\w+)<\/Code>/.exec(answer.body.toString('utf8')) ?? [];
  return code ?? String(answer.status);
}

/** Reads an object with the AWS SDK, and explains its errors like our own. */
async function readWithSdk(settings: S3Settings, request: ObjectRequest): Promise<Buffer> {
  const { bucket, key, maxBytes, signal } = request;
  const range = rangeOf(request);
  const { getObjectWithSdk } = await import('./s3-sdk.ts');
  try {
    const body = await getObjectWithSdk(settings, {
      bucket,
      key,
      ...(range !== undefined && { range }),
      ...(maxBytes !== undefined && { maxBytes }),
      ...(signal !== undefined && { signal }),
    });
    if (body === undefined) throw tooLarge(request, maxBytes ?? 0);
    return body;
  } catch (error) {
    if (error instanceof ObjectError) throw error;
    const { errorMessage, errorType } = describeError(error);
    // An empty object has no first byte to begin a range with.
    if (errorType === 'InvalidRange') return Buffer.alloc(0);
    throw (
      refusal(request, errorType, { cause: error }) ??
      unreachable(request, `by its SDK (${errorType}: ${errorMessage})`, error)
    );
  }
}

/**
 * One signed GET. Resolves with the bytes, or with `undefined` when only the SDK can know what to do.
 * @throws ObjectError when S3 decided the matter, anything else when another attempt may help
 */
async function readOnce(
  settings: S3Settings,
  credentials: Credentials,
  request: ObjectRequest,
): Promise<Buffer | undefined> {
  const { bucket, key, maxBytes, onSent, signal } = request;
  const url = objectUrl(settings, bucket, key);
  const headers = signGet({ url, region: settings.region, credentials, date: new Date() });
  const range = rangeOf(request);
  const answer = await send(url, {
    method: 'GET',
    headers: { ...headers, ...(range !== undefined && { range }) },
    // No pool: a connection must not outlive the load, lest a snapshot holds it.
    agent: false,
    idleMs,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(signal !== undefined && { signal }),
    ...(onSent !== undefined && { onSent }),
  });
  if (answer.status === 200 || answer.status === 206) {
    if (wholeSizeOf(answer.headers['content-range']) > (maxBytes ?? Infinity)) {
      throw tooLarge(request, maxBytes ?? 0);
    }
    return answer.body;
  }
  const code = codeOf(answer);
  // An empty object has no first byte to begin a range with.
  if (answer.status === 416) return Buffer.alloc(0);
  if (answer.status === 404) {
    throw refusal(request, code) ?? refusal(request, '404');
  }
  if (answer.status >= 500 || answer.status === 429) {
    throw new Error(`HTTP ${answer.status} ${code}`);
  }
  return undefined;
}

/**
 * Reads an object. The quick way is a signed GET without the AWS SDK, whose import alone costs more than a cold start
 * here. Failing servers and connections are tried again with growing pauses until `retryUntil`. What is unusual (no static
 * credentials, a redirect to another region, a refusal) is left to the SDK.
 * @throws ObjectError
 */
export async function readObject(request: ObjectRequest): Promise<Buffer> {
  const settings = s3Settings();
  const { credentials } = settings;
  if (credentials === undefined) {
    request.onSent?.();
    return readWithSdk(settings, request);
  }
  const started = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (
        (await readOnce(settings, credentials, request)) ?? (await readWithSdk(settings, request))
      );
    } catch (error) {
      request.onSent?.();
      const pause = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
      if (error instanceof ObjectError) {
        throw error;
      }
      if (error instanceof BodyTooLargeError) {
        throw tooLarge(request, error.maxBytes, { cause: error });
      }
      if (Date.now() + pause > request.retryUntil || request.signal?.aborted === true) {
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        const reason = `(${describeError(error).errorMessage})`;
        throw unreachable(request, `in ${attempt} attempts over ${seconds} s ${reason}`, error);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
