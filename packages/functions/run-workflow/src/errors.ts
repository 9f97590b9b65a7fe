/** The workflow did not answer, and may do so later: its message is to be received again. */
export class NotAnsweredYetError extends Error {
  override readonly name: string = 'NotAnsweredYetError';
}
