/** A URL that could not be told of an answer. State machines match on the names. */
abstract class WebhookError extends Error {}

/** It did not take the call; another attempt may end otherwise. */
export class WebhookFailedError extends WebhookError {
  override readonly name = 'WebhookFailedError';
}

/** It wants no more calls (410). */
export class WebhookGoneError extends WebhookError {
  override readonly name = 'WebhookGoneError';
}

/** It may not be called, or there is nothing to tell; another attempt changes nothing. */
export class WebhookRefusedError extends WebhookError {
  override readonly name = 'WebhookRefusedError';
}
