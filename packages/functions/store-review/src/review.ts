import { InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';

/** A review to keep. */
export interface Review {
  readonly id: string;
  /** The text that was asked about; the same id with another text is a conflict. */
  readonly text: string;
  /** What the steps before made of it: any JSON. */
  readonly result: unknown;
  /** Epoch milliseconds at which the caller needs the answer. */
  readonly deadlineMs: number | undefined;
}

/** Longest item, in bytes: DynamoDB takes 400 KB, and names count. */
const maxItemBytes = 390_000;

/** Ids are the caller's or an execution's name. */
const idPattern = /^[A-Za-z0-9_-]{1,80}$/;

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/**
 * Reads the event.
 *
 * @throws {InvalidRequestError} (400) naming the member that is missing or of another type
 * @throws {PayloadTooLargeError} (413) for more than an item holds
 */
export function parseReview(event: unknown): Review {
  const { id, text, result, deadlineMs } = recordOf(event);
  if (typeof id !== 'string' || !idPattern.test(id))
    throw new InvalidRequestError(
      'id: expected 1 to 80 letters, digits, hyphens or underscores, as in "order-17"',
    );
  if (typeof text !== 'string' || text === '' || !text.isWellFormed())
    throw new InvalidRequestError('text: expected a text of well-formed Unicode');
  if (result === undefined || result === null)
    throw new InvalidRequestError('result: expected what was made of the text');
  if (deadlineMs !== undefined && typeof deadlineMs !== 'number')
    throw new InvalidRequestError('deadlineMs: expected a number, epoch milliseconds');
  const bytes = Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(result));
  if (bytes > maxItemBytes)
    throw new PayloadTooLargeError(
      `text: it makes ${bytes} bytes with its result; at most ${maxItemBytes} are kept`,
    );
  return { id, text, result, deadlineMs };
}
