export { EventGrammarError, InvalidExpressionError, InvalidPatternError } from './errors.ts';
export { compilePattern, type EventPattern } from './pattern/compile-pattern.ts';
export { type Expression, parseExpression } from './schedule/parse-expression.ts';
