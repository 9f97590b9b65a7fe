import { MessagingApiError } from '../errors.ts';

/** An operation, or a parameter, that this cloud would have to ignore. */
export const notDone = (what: string): MessagingApiError =>
  new MessagingApiError('NotImplemented', `The local cloud's SNS does not do ${what}.`, {
    status: 501,
  });
