/** Wraps an expression for a state machine; line breaks of the source become single spaces. */
export function jsonata(expression: string): string {
  return `{% ${expression.trim().replaceAll(/\s+/g, ' ')} %}`;
}
