import { RefusedError } from '../errors.ts';
import type { Settings } from '../settings.ts';
import type { Answer } from './answer.ts';
import { base64Of } from './base64.ts';
import type { Incoming, Send } from './send.ts';

/** A photo as it is sent. */
export interface Outbound {
  readonly blob: Blob;
  /** The upload's key, once there is one: asking again about another place needs no second upload. */
  key?: string;
}

/** The part of a request that is not the photo. */
interface Circumstances {
  readonly place: { readonly lat: number; readonly lon: number } | null;
  /** True of subjects that are kept by people: their place says nothing. */
  readonly kept: boolean;
}

/** How a caller follows and stops a request. */
interface Following {
  readonly signal: AbortSignal;
  onProgress(share: number): void;
}

/** The service's API as the page uses it. */
export interface Client {
  /**
   * Asks what is in a photo; uploads it first where it is too large for a request.
   *
   * @throws {RefusedError} if the API answers with a failure; else what `send` throws
   */
  ask(photo: Outbound, circumstances: Circumstances, following: Following): Promise<Answer>;
  /** Tells whether an answer was right, and what is in the photo if not. */
  judge(judgement: Judgement): Promise<void>;
}

/** A judgement of an answer, right or wrong, and the truth if it is known. */
interface Judgement {
  readonly requestId: string;
  readonly right: boolean;
  readonly predicted: string | null;
  /** Null for none. */
  readonly truth?: string | null;
}

interface Upload {
  readonly url: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

const isGood = ({ status }: Incoming): boolean => status >= 200 && status < 300;

function refusal({ status, body, retryAfter }: Incoming): RefusedError {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : '';
  return new RefusedError(status, typeof error === 'string' ? error : '', retryAfter);
}

const noProgress = (): void => {};

/** Makes the client of an API. */
export function createClient(settings: Settings, send: Send): Client {
  async function post(
    route: string,
    value: unknown,
    { signal, onProgress }: Following,
  ): Promise<Incoming> {
    const answer = await send({
      method: 'POST',
      url: settings.api + route,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
      signal,
      onProgress,
    });
    if (!isGood(answer)) throw refusal(answer);
    return answer;
  }

  async function upload(
    { blob }: Outbound,
    following: Following,
    isAgain = false,
  ): Promise<string> {
    const size = { contentType: blob.type, bytes: blob.size };
    const quiet = { ...following, onProgress: noProgress };
    const { body } = await post(settings.routes.uploads, size, quiet);
    const { url, key, headers } = body as Upload;
    const put = await send({ method: 'PUT', url, headers, body: blob, ...following });
    // The URL was valid for some minutes only, and the device may have slept.
    if (put.status === 403 && !isAgain) return upload({ blob }, following, true);
    if (!isGood(put)) throw refusal(put);
    return key;
  }

  async function reference(photo: Outbound, following: Following): Promise<object> {
    if (photo.key === undefined && photo.blob.size <= settings.inlineBytes)
      return { image: await base64Of(photo.blob) };
    photo.key ??= await upload(photo, following);
    return { key: photo.key };
  }

  return {
    async ask(photo, { place, kept }, following) {
      const wasUploaded = photo.key !== undefined;
      const given = {
        ...(await reference(photo, following)),
        ...(place !== null && { location: { lat: place.lat, lon: place.lon } }),
        ...(kept && { [settings.words.kept.field]: true }),
      };
      const quiet = 'key' in given ? { ...following, onProgress: noProgress } : following;
      try {
        return (await post(settings.routes.predict, given, quiet)).body as Answer;
      } catch (error) {
        // The upload has expired since.
        const isGone = error instanceof RefusedError && error.status === 404 && wasUploaded;
        if (!isGone) throw error;
        delete photo.key;
        return this.ask(photo, { place, kept }, following);
      }
    },
    async judge(judgement) {
      const signal = new AbortController().signal;
      const label = { workflow: settings.workflow, ...judgement };
      await post(settings.routes.labels, label, { signal, onProgress: noProgress });
    },
  };
}
