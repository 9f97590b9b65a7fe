import { MessagingApiError } from '../errors.ts';

/** An operation, or a parameter, that this cloud would have to ignore. */
export const notDone = (what: string): MessagingApiError =>
  new MessagingApiError('UnsupportedOperation', `The local cloud's SQS does not do ${what}.`);
