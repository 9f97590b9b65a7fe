import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { WebhookFailedError } from './errors.ts';
import type { Address } from './find-addresses.ts';

/** A call of a URL. */
export interface Call {
  readonly url: URL;
  /** The addresses that its host was found to have. */
  readonly addresses: readonly Address[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Certificates that sign the receiver's, in PEM. @default Node's own */
  readonly ca?: string | undefined;
}

/** Gives a connection the addresses that are known, whatever it asks for. */
const known = (addresses: readonly Address[]): LookupFunction =>
  ((_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  }) satisfies LookupFunction;

/**
 * Posts a body, once: no redirect is followed, and the answer's body is not read.
 *
 * @returns the status of the answer
 * @throws {WebhookFailedError} if there is no answer before the signal comes
 */
export function post(
  { url, addresses, headers, body, ca }: Call,
  signal: AbortSignal,
): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise<number>((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        lookup: known(addresses),
        // A connection of its own: one that is kept may be to an address of before.
        agent: false,
        signal,
        ...(ca !== undefined && { ca }),
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      const why = signal.aborted ? 'it did not answer in time' : (cause.code ?? cause.message);
      reject(new WebhookFailedError(`${url.origin}${url.pathname}: ${why}`, { cause }));
    });
    sent.end(body);
  });
}
