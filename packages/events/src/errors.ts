/** A pattern or an expression that AWS would refuse, or that is not done here; the message says which part of it. */
export class EventGrammarError extends Error {
  override readonly name: string = 'EventGrammarError';
}

/** A pattern of events that is none. */
export class InvalidPatternError extends EventGrammarError {
  override readonly name = 'InvalidPatternError';
}

/** The expression or the time zone of a schedule that is none. */
export class InvalidExpressionError extends EventGrammarError {
  override readonly name = 'InvalidExpressionError';
}
