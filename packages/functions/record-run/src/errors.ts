/** There is no file to run a pipeline with. Not tried again. */
export class NoDataError extends Error {
  override name = 'NoDataError';
}
