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

/** Weights that a model's folder only names cannot be had: the package index does not answer, or gives something else. Worth asking again. */
export class WeightsUnavailableError extends RegistryError {
  override readonly name = 'WeightsUnavailableError';
}
