import { checkDepth } from '@chorus/protocol';
import { StatesApiError } from './errors.ts';

/** Signs of a number that no double holds, or of half a surrogate pair: inputs without them need not be walked. */
const suspicious = /[eE]\+?\d{3}|\d{309}|\\u[dD][89a-fA-F]/;

function refuseUnwritable(value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError('a number is too large for a double');
  if (typeof value === 'string' && !value.isWellFormed())
    throw new RangeError('a text has half of a surrogate pair');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    refuseUnwritable(key);
    refuseUnwritable(inner);
  }
}

/**
 * Parses the input of an execution, from its JSON.
 *
 * @throws {StatesApiError} InvalidExecutionInput if it is not JSON, nested too deep, or could not be written again as it was
 */
export function parseInput(input: string): unknown {
  try {
    const parsed: unknown = JSON.parse(input);
    checkDepth(parsed);
    if (suspicious.test(input)) refuseUnwritable(parsed);
    return parsed;
  } catch (cause) {
    throw new StatesApiError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${cause instanceof Error ? cause.message : cause}'`,
      { cause },
    );
  }
}
