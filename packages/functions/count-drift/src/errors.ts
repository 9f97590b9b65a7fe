/** Base of what this function fails with. */
class CountDriftError extends Error {
  override readonly name: string = 'CountDriftError';
}

/** Models whose logs could not be counted; the others were. */
export class NotCountedError extends CountDriftError {
  override readonly name = 'NotCountedError';
}
