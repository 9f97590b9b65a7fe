/** JSON in the body of an HTTP request: text that is UTF-8, nested no deeper than anything here needs. */

import { InvalidRequestError } from './errors.ts';
import { parseJson } from './json.ts';

/**
 * Deepest nesting of arrays and objects: a tensor has at most 32 dimensions, and three levels around them. Without a limit,
 * code that walks through a body of thousands of levels runs out of stack.
 */
export const maxJsonDepth: number = 64;

/**
 * Returns the text of a body; a byte order mark is left out.
 *
 * @param hint what else may be wrong with the body, for the message.
 * @throws InvalidRequestError when it is not UTF-8.
 */
export function decodeText(bytes: Uint8Array, hint = ''): string {
  const wrong = `the body is not UTF-8 text${looksLikeUtf16(bytes) ? ' but UTF-16: send it as UTF-8' : ''}${hint}`;
  if (looksLikeUtf16(bytes)) {
    throw new InvalidRequestError(wrong);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidRequestError(wrong, { cause });
  }
}

/** A byte order mark, or every other byte of the first two characters 0: JSON begins with ASCII and holds no NUL. */
function looksLikeUtf16([a, b, c, d]: Uint8Array): boolean {
  return (
    (a === 0xff && b === 0xfe) ||
    (a === 0xfe && b === 0xff) ||
    (a === 0 && b !== 0 && c === 0) ||
    (a !== 0 && b === 0 && d === 0)
  );
}

/** @throws InvalidRequestError when a parsed body is nested more than `maxJsonDepth` levels deep. */
export function checkDepth(value: unknown): void {
  if (isDeeper(value, maxJsonDepth)) {
    throw new InvalidRequestError(
      `the body is nested more than ${maxJsonDepth} levels deep; no request needs that`,
    );
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (levels === 0) {
    return true;
  }
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.some((member) => isDeeper(member, levels - 1));
}

/**
 * Parses a body that is JSON; an integer past 2^53 becomes a bigint.
 *
 * @param hint what else may be wrong with a body that is not text, for the message.
 * @throws InvalidRequestError when it is not UTF-8, not JSON, or nested more than `maxJsonDepth` levels deep.
 */
export function decodeJson(bytes: Uint8Array, hint?: string): unknown {
  const value = parseJson(decodeText(bytes, hint));
  checkDepth(value);
  return value;
}
