import { type Credentials, type S3Settings, s3Settings } from './env.ts';
import { describeError, ModelLoadError } from './errors.ts';
import { type HttpAnswer, send } from './http.ts';
import { type ObjectAddress, refusal, unreachable } from './s3-errors.ts';
import { signGet } from './sign-get.ts';

/** Silence on a connection to S3 that means it is dead. */
const idleMs = 5_000;
const firstPauseMs = 50;
const longestPauseMs = 800;

/** An object, and how long to try for it. */
export interface ObjectRequest extends ObjectAddress {
  /** Epoch milliseconds after which no further attempt starts. */
  readonly retryUntil: number;
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

/** The `<Code>` of S3's error document, or the HTTP status. */
function codeOf(answer: HttpAnswer): string {
  const [, code] = /<Code>(\w+)<\/Code>/.exec(answer.body.toString('utf8')) ?? [];
  return code ?? String(answer.status);
}

/** Reads an object with the AWS SDK, and explains its errors like our own. */
async function getWithSdk(settings: S3Settings, request: ObjectRequest): Promise<Buffer> {
  const { getObjectWithSdk } = await import('./s3-sdk.ts');
  try {
    return await getObjectWithSdk(settings, request.bucket, request.key);
  } catch (error) {
    const { errorMessage, errorType } = describeError(error);
    throw (
      refusal(request, errorType, { cause: error }) ??
      unreachable(request, `by its SDK (${errorType}: ${errorMessage})`, error)
    );
  }
}

/**
 * One signed GET. Resolves with the object, or with `undefined` when only the SDK can know what to do.
 * @throws ModelLoadError when S3 decided the matter, anything else when another attempt may help
 */
async function getOnce(
  settings: S3Settings,
  credentials: Credentials,
  request: ObjectRequest,
): Promise<Buffer | undefined> {
  const url = objectUrl(settings, request.bucket, request.key);
  const headers = signGet({ url, region: settings.region, credentials, date: new Date() });
  const answer = await send(url, {
    method: 'GET',
    headers,
    // No pool: a connection must not outlive the load, lest a snapshot holds it.
    agent: false,
    idleMs,
    ...(request.onSent !== undefined && { onSent: request.onSent }),
  });
  if (answer.status === 200) {
    return answer.body;
  }
  const code = codeOf(answer);
  if (answer.status === 404) {
    throw refusal(request, code) ?? refusal(request, '404');
  }
  if (answer.status >= 500 || answer.status === 429) {
    throw new Error(`HTTP ${answer.status} ${code}`);
  }
  return undefined;
}

/**
 * Reads an object whole. The quick way is a signed GET without the AWS SDK, whose import alone costs more than a
 * cold start here. Failing servers and connections are tried again with growing pauses until `retryUntil`.
 * What is unusual (no static credentials, a redirect to another region, a refusal) is left to the SDK.
 * @throws ModelLoadError `missing-bucket`, `missing-key`, `access-denied` or `unreachable`
 */
export async function getObject(request: ObjectRequest): Promise<Buffer> {
  const settings = s3Settings();
  const { credentials } = settings;
  if (credentials === undefined) {
    request.onSent?.();
    return getWithSdk(settings, request);
  }
  const started = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (
        (await getOnce(settings, credentials, request)) ?? (await getWithSdk(settings, request))
      );
    } catch (error) {
      request.onSent?.();
      const pause = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
      if (error instanceof ModelLoadError) {
        throw error;
      }
      if (Date.now() + pause > request.retryUntil) {
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        const reason = `(${describeError(error).errorMessage})`;
        throw unreachable(request, `in ${attempt} attempts over ${seconds} s ${reason}`, error);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
