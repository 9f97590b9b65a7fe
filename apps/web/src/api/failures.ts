import {
  ConnectionLostError,
  NoAnswerError,
  RefusedError,
  UnreadablePhotoError,
} from '../errors.ts';

/** A failure as a person reads it. */
export interface Failure {
  readonly title: string;
  readonly hint: string;
  /** Whether the same photo may do better in a moment. */
  readonly canRetry: boolean;
  /** Seconds after which the page tries again by itself. */
  readonly retryAfter?: number;
  /** The page tries again once the connection is back. */
  readonly isOffline?: boolean;
}

/** The API's own words as a sentence. */
function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(first) ? first : `${first}.`;
}

function failureOfAnswer({ status, message, retryAfter }: RefusedError): Failure {
  const again = retryAfter === undefined ? {} : { retryAfter: Math.max(1, retryAfter) };
  switch (status) {
    case 413:
      return {
        title: 'The photo is too large',
        hint: 'Send it smaller: a screenshot of it will do.',
        canRetry: false,
      };
    case 415:
      return {
        title: 'This kind of file cannot be read',
        hint: message === '' ? 'Send it as JPEG, PNG or WebP.' : sentence(message),
        canRetry: false,
      };
    case 429:
      return {
        title: 'Many people are asking',
        hint: 'Your photo is kept here until there is room.',
        canRetry: true,
        ...again,
      };
    case 503:
      return {
        title: 'No answer just now',
        hint: 'The service is starting, or a part of it is down. Your photo is kept here.',
        canRetry: true,
        ...again,
      };
    case 504:
      return {
        title: 'It took too long',
        hint: 'The service was too busy to answer in time. Try again.',
        canRetry: true,
      };
    case 403:
      return {
        title: 'The service refused the photo',
        hint: message === '' ? 'Reload the page, then try again.' : sentence(message),
        canRetry: true,
      };
    default:
      return status < 500
        ? { title: 'The photo cannot be used', hint: sentence(message), canRetry: false }
        : {
            title: 'Something broke in the service',
            hint: 'It is not your photo. Try again.',
            canRetry: true,
          };
  }
}

/** Returns what to tell a person about an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RefusedError) return failureOfAnswer(error);
  if (error instanceof UnreadablePhotoError)
    return { title: 'This file cannot be used', hint: error.message, canRetry: false };
  if (error instanceof ConnectionLostError)
    return {
      title: 'No connection',
      hint: 'Your photo is kept here and is sent when the connection is back.',
      canRetry: true,
      isOffline: true,
    };
  if (error instanceof NoAnswerError)
    return {
      title: 'No answer came',
      hint: 'The connection may be bad. Try again.',
      canRetry: true,
    };
  return {
    title: 'Something went wrong in this page',
    hint: `Reload it, then try again. (${error instanceof Error ? error.message : String(error)})`,
    canRetry: true,
  };
}
