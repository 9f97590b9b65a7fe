import { InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { normalise } from './normalise.ts';
import { sentencesOf } from './sentences.ts';
import { stripMarkup } from './strip-markup.ts';

/** Longest text, in bytes of UTF-8. */
export const maxTextBytes = 1_048_576;

/** A text as the next steps read it. */
export interface Preprocessed {
  /** Plain text in NFC: no markup, no controls, a line break where a paragraph ends. It may hold `<`: what shows it as HTML escapes it. */
  readonly text: string;
  readonly sentences: readonly string[];
}

/** @throws {InvalidRequestError} (400) or {PayloadTooLargeError} (413), in the words of a request for a text */
function parseEvent(event: unknown): string {
  const text: unknown =
    typeof event === 'object' && event !== null && 'text' in event ? event.text : undefined;
  if (typeof text !== 'string')
    throw new InvalidRequestError('text: expected a text, as {"text":"…"}');
  const bytes = Buffer.byteLength(text);
  if (bytes > maxTextBytes)
    throw new PayloadTooLargeError(`text: ${bytes} bytes; at most ${maxTextBytes}`);
  if (!text.isWellFormed())
    throw new InvalidRequestError(
      `text: half of a surrogate pair at ${text.search(/\p{Surrogate}/u)}: send well-formed Unicode`,
    );
  return text;
}

/**
 * Makes the handler that turns `{"text"}` into plain text and its sentences.
 *
 * @throws {InvalidRequestError} (400) for what is no text, and a text of which nothing is left
 * @throws {PayloadTooLargeError} (413) above `maxTextBytes`
 */
export function createPreprocessHandler(): Handler {
  return async (event, context): Promise<Preprocessed | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    const text = normalise(stripMarkup(parseEvent(event)));
    const sentences = sentencesOf(text);
    if (sentences.length === 0)
      throw new InvalidRequestError('text: expected a text, got one without a character to read');
    context.notes['sentences'] = sentences.length;
    return { text, sentences };
  };
}
