/** A URL that may not be told of anything. The message says why. */
export class WebhookUrlError extends Error {
  override readonly name = 'WebhookUrlError';
}
