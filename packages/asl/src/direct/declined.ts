import { AslError } from '../errors.ts';

/** An expression, or data, that jsonata has to evaluate. */
class DeclinedError extends AslError {
  override name = 'DeclinedError';
}

/** Thrown where jsonata has to do it. It is made once, since its stack is of no use. */
export const declined: DeclinedError = new DeclinedError('jsonata evaluates this.');
