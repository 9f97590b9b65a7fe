/** The file of a run is gone, or is another one by now. Not tried again: the new one has a run of its own. */
export class ChangedDataError extends Error {
  override name = 'ChangedDataError';
}
