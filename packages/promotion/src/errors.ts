/** Base of what goes wrong while another version is made live. What serves is what served before, unless it says so. */
export class PromotionError extends Error {
  override readonly name: string = 'PromotionError';
}

/** Another process holds the model's lock. Worth retrying when it is through; the message says until when. */
export class LockedError extends PromotionError {
  override readonly name = 'LockedError';
}

/** The lock expired or was taken over while it was needed. Not retried: see what is live first. */
export class LockLostError extends PromotionError {
  override readonly name = 'LockLostError';
}

/** The function or its alias is not deployed. Not retried: deploy first. */
export class NotDeployedError extends PromotionError {
  override readonly name = 'NotDeployedError';
}

/** The function or its alias was changed between our reading and our writing. Worth retrying after a look. */
export class ChangedMeanwhileError extends PromotionError {
  override readonly name = 'ChangedMeanwhileError';
}

/** Another version is live than the one that the new one was judged beside. Not retried: judge it beside that one. */
export class LiveChangedError extends PromotionError {
  override readonly name = 'LiveChangedError';
}

/** The version's function did not load its weights, or its configuration did not get through. Not retried. */
export class NotReadyError extends PromotionError {
  override readonly name: string = 'NotReadyError';
}

/** The version did not answer a request within the function's time. Not retried: it never gets a caller's request. */
export class AnswerTimedOutError extends NotReadyError {
  override readonly name = 'AnswerTimedOutError';
}

/** The version's process ended over a request, most often for want of memory. Not retried. */
export class AnswerCrashedError extends NotReadyError {
  override readonly name = 'AnswerCrashedError';
}

/** The version answered a request with an error. Not retried. */
export class AnswerFailedError extends NotReadyError {
  override readonly name = 'AnswerFailedError';
}

/** The version answered other tensors than its manifest says, or none of finite numbers. Not retried. */
export class BadAnswerError extends NotReadyError {
  override readonly name = 'BadAnswerError';
}

/** The version takes or gives other tensors than the one that is live. Not retried: it is another model. */
export class SchemaMismatchError extends PromotionError {
  override readonly name = 'SchemaMismatchError';
}

/** An object beside the weights (a lock, a history) is not what it has to be. Not retried: the message says what to do. */
export class DamagedRecordError extends PromotionError {
  override readonly name = 'DamagedRecordError';
}
