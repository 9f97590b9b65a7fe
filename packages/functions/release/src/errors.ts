/** A candidate's files are not there, or are not what they should be. Not tried again. */
export class CandidateError extends Error {
  override name = 'CandidateError';
}

/** A model that this function may not release. */
export class UnknownModelFunctionError extends Error {
  override name = 'UnknownModelFunctionError';
}
