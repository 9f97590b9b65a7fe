import { ConnectionLostError, NoAnswerError } from '../errors.ts';

/** A request with a body, whose progress can be seen; `fetch` cannot tell it. */
interface Outgoing {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Blob;
  readonly signal: AbortSignal;
  /** Called with the share of the body that is sent, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** A response of any status. */
export interface Incoming {
  readonly status: number;
  /** Seconds after which to ask again, if the answer says so. */
  readonly retryAfter: number | undefined;
  /** Parsed JSON; undefined for anything else. */
  readonly body: unknown;
}

/** Sends a request and resolves with its answer. */
export type Send = (outgoing: Outgoing) => Promise<Incoming>;

/** Longest time without a byte going out or an answer coming in, in milliseconds; the API itself gives up after 29 s. */
const patienceMs = 35_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends a request.
 *
 * @throws {ConnectionLostError} if there is no connection, or it breaks
 * @throws {NoAnswerError} if nothing moves for `patienceMs`
 * @throws {DOMException} AbortError, if the signal says so
 */
export const send: Send = ({ method, url, headers, body, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    let patience = 0;
    const settle = (): void => {
      clearTimeout(patience);
      signal.removeEventListener('abort', abort);
    };
    const wait = (): void => {
      clearTimeout(patience);
      patience = window.setTimeout(() => {
        settle();
        request.abort();
        reject(new NoAnswerError());
      }, patienceMs);
    };
    const abort = (): void => {
      settle();
      request.abort();
      reject(signal.reason);
    };
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      wait();
      if (total > 0) onProgress?.(loaded / total);
    };
    request.onload = () => {
      settle();
      const after = Number(request.getResponseHeader('retry-after') ?? Number.NaN);
      resolve({
        status: request.status,
        retryAfter: after >= 0 ? after : undefined,
        body: parsed(request.responseText),
      });
    };
    request.onerror = () => {
      settle();
      reject(new ConnectionLostError());
    };
    signal.addEventListener('abort', abort);
    wait();
    request.send(body);
  });
