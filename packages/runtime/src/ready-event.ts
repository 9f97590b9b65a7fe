/**
 * Tells whether an event is `{"chorus":"ready"}`, which every function answers with `{"ready":true}` once it could serve: how
 * functions are warmed and tried without a question.
 */
export function isReadyEvent(event: unknown): boolean {
  return (
    typeof event === 'object' && event !== null && 'chorus' in event && event.chorus === 'ready'
  );
}
