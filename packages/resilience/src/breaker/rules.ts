/** The settings of a breaker. */
export interface Breaker {
  /** How many requests in a row fail before it opens. @default 5 */
  readonly failures?: number;
  /** How long it stays open before one request may try. @default 30 */
  readonly openSeconds?: number;
}

/** Settings, none of them left out. */
export type Settings = Required<Breaker>;

/** How many requests in a row fail before a breaker opens: a crash or two is what a version can live through. */
const defaultFailures = 5;

/** How long a breaker stays open: longer than any request lives, so that those in flight have ended when one tries. */
const defaultOpenSeconds = 30;

/** How long a turn to try is taken for, in milliseconds: a request has ended by then, whatever becomes of it. */
export const turnMs = 30_000;

/**
 * Returns settings with what was left out.
 *
 * @throws {RangeError} for anything but whole numbers: at least 1 failure, 1 to 3600 seconds
 */
export function settingsOf({
  failures = defaultFailures,
  openSeconds = defaultOpenSeconds,
}: Breaker = {}): Settings {
  if (!Number.isInteger(failures) || failures < 1)
    throw new RangeError(`a breaker opens after 1 failure or more, got ${failures}`);
  if (!Number.isInteger(openSeconds) || openSeconds < 1 || openSeconds > 3600)
    throw new RangeError(`a breaker stays open for 1 to 3600 seconds, got ${openSeconds}`);
  return { failures, openSeconds };
}

/** What is known of a target that has failed lately; of one that has not there is nothing. */
export interface Known {
  /** How often it has failed since it answered last. */
  readonly failures: number;
  /** From when on an open breaker lets one request through, in milliseconds since the epoch. */
  readonly retryAt: number;
}

/**
 * A breaker's state: `closed` before it has failed enough, `open` while the target is not asked, `half-open` once one request
 * may try. `suspect` is closed after some failures: the next answer takes them back.
 */
export type BreakerState = 'closed' | 'suspect' | 'open' | 'half-open';

/**
 * Returns the state of a breaker.
 *
 * @param now milliseconds since the epoch
 */
export function stateOf(
  known: Known | undefined,
  settings: Pick<Settings, 'failures'>,
  now: number,
): BreakerState {
  if (known === undefined) return 'closed';
  if (known.failures < settings.failures) return 'suspect';
  return now < known.retryAt ? 'open' : 'half-open';
}

/**
 * Names of errors that say nothing against a target: it has answered that the request is wrong, was busy with others, or was
 * not given the time. A request that is too large for Lambda or the state machine is the caller's, too.
 */
export const notItsFault: readonly string[] = [
  'InvalidRequestError',
  'NotFoundError',
  'ConflictError',
  'PayloadTooLargeError',
  'UnsupportedMediaTypeError',
  'OutOfRangeError',
  'DeadlineExceededError',
  'Lambda.TooManyRequestsException',
  'Lambda.RequestTooLargeException',
  'States.DataLimitExceeded',
];
