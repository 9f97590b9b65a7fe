/** An error of this package; `name` says which. */
export class DriftError extends Error {
  override readonly name: string = 'DriftError';
}

/** Counts that were made with other bins: of another version, or of another reference. */
export class CountsMismatchError extends DriftError {
  override readonly name = 'CountsMismatchError';
}
