/** Base of everything the registry throws on purpose. Names are written out, so that bundling keeps them. */
export class RegistryError extends Error {
  override readonly name: string = 'RegistryError';
}

/** The model has no version in the registry. Not retried: push one first. */
export class UnknownModelError extends RegistryError {
  override readonly name = 'UnknownModelError';
}

/** The model exists, this version of it does not. Not retried: the message lists those that do. */
export class UnknownVersionError extends RegistryError {
  override readonly name = 'UnknownVersionError';
}

/** The version is there already, with other content; versions are immutable. Not retried: push the next one. */
export class VersionExistsError extends RegistryError {
  override readonly name = 'VersionExistsError';
}

/** Weights differ in size or SHA-256 from their manifest. Not retried: the bytes will not change. */
export class ChecksumError extends RegistryError {
  override readonly name = 'ChecksumError';
}

/** A manifest is not what a manifest has to be; the message names the field. Not retried. */
export class ManifestError extends RegistryError {
  override readonly name = 'ManifestError';
}

/** A name, version or key does not have the form the registry gives them. Not retried. */
export class ModelKeyError extends RegistryError {
  override readonly name = 'ModelKeyError';
}

/** S3 cannot be reached, refuses, or has no such bucket. Worth retrying once that is settled. */
export class RegistryUnavailableError extends RegistryError {
  override readonly name = 'RegistryUnavailableError';
}

/** Base of what goes wrong while another version is made live. What serves is what served before, unless it says so. */
export class PromotionError extends RegistryError {
  override readonly name: string = 'PromotionError';
}

/** Somebody else holds the model's lock. Worth retrying when they are through; the message says until when. */
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

/** Somebody changed the function or its alias between our reading and our writing. Worth retrying after a look. */
export class ChangedMeanwhileError extends PromotionError {
  override readonly name = 'ChangedMeanwhileError';
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
