/** Settings that the test functions read from their environment. */

/** How `function-of-many-moods.ts` shall initialise. */
export function initMood(): string | undefined {
  return process.env['MOOD'];
}

/** The X-Ray header that the bootstrap left for tracing libraries. */
export function traceId(): string | undefined {
  return process.env['_X_AMZN_TRACE_ID'];
}
