import { InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { summarise } from './summarise.ts';

/** The sentences that are compared with each other: the first ones, since time grows with the square of their number. */
export const maxCompared = 300;

/** Longest text, in bytes of UTF-8 of all sentences. */
export const maxTextBytes = 1_048_576;

const defaultCount = 3;
const maxCount = 20;

/** A summary. */
export interface Summary {
  /** Sentences of the text as they are, in its order. */
  readonly summary: readonly string[];
  /** Their places in the text, from 0. */
  readonly indices: readonly number[];
  readonly algorithm: 'lexrank';
  /** How many sentences there were, and how many of them, from the first on, were looked at. */
  readonly sentences: number;
  readonly compared: number;
}

interface Asked {
  readonly sentences: readonly string[];
  readonly count: number;
}

/** @throws {InvalidRequestError} (400) or {PayloadTooLargeError} (413), naming the member */
function parseEvent(event: unknown): Asked {
  const members: Readonly<Record<string, unknown>> =
    typeof event === 'object' && event !== null ? { ...event } : {};
  const { sentences, count = defaultCount } = members;
  if (!Array.isArray(sentences) || !sentences.every((each) => typeof each === 'string'))
    throw new InvalidRequestError('sentences: expected a list of texts');
  if (sentences.length === 0) throw new InvalidRequestError('sentences: expected at least one');
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > maxCount)
    throw new InvalidRequestError(`count: expected an integer from 1 to ${maxCount}`);
  const bytes = sentences.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
  if (bytes > maxTextBytes)
    throw new PayloadTooLargeError(`sentences: ${bytes} bytes; at most ${maxTextBytes}`);
  return { sentences, count };
}

/**
 * Makes the handler that takes the most central sentences out of `{"sentences", "count"?}`, by LexRank.
 *
 * @throws {InvalidRequestError} (400) for what is no list of sentences
 * @throws {PayloadTooLargeError} (413) above `maxTextBytes`
 */
export function createSummariseHandler(): Handler {
  return async (event, context): Promise<Summary | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    const { sentences, count } = parseEvent(event);
    const compared = sentences.slice(0, maxCompared);
    const indices = summarise(compared, count);
    context.notes['compared'] = compared.length;
    return {
      summary: compared.filter((_, index) => indices.includes(index)),
      indices,
      algorithm: 'lexrank',
      sentences: sentences.length,
      compared: compared.length,
    };
  };
}
