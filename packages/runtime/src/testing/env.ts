/** Settings that the test functions read from their environment. */

/** Returns the mood in which `function-of-many-moods.ts` initialises. */
export function initMood(): string | undefined {
  return process.env['MOOD'];
}

/** The X-Ray header that the bootstrap left for tracing libraries. */
export function traceId(): string | undefined {
  return process.env['_X_AMZN_TRACE_ID'];
}
