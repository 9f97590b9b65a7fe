/**
 * JSON whose integers past 2^53 survive, as (U)INT64 tensors need. Both ways cost nothing extra for a text
 * without such integers. They follow the proposal "JSON.parse source text access", which V8 implements.
 */

import { InvalidRequestError } from './errors.ts';

/** The part of the proposal that TypeScript's library does not declare yet. */
interface SourceTextAccess {
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
}

const sourceJson = JSON as typeof JSON & SourceTextAccess;

/** An integer of 16 digits or more, where a JSON value can begin; a long fraction does not count. */
const longInteger = /[\s,:[-]\d{16,}(?![\d.eE])/;
/** A text that is one bare number; as an alternative in the pattern above it would slow that down fivefold. */
const bareNumber = /^\d/;
/** As many digits as (U)INT64 can have: a longer one fits no datatype, and BigInt would be slow on it. */
const parsableInteger = /^-?\d{1,20}$/;

/**
 * Parses a JSON text; an integer past 2^53 becomes a bigint, wherever it stands.
 *
 * @throws InvalidRequestError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return longInteger.test(text) || bareNumber.test(text)
      ? sourceJson.parse(text, reviveLongInteger)
      : JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message : 'it is nested too deeply';
    throw new InvalidRequestError(`the body is not valid JSON: ${reason}`, { cause });
  }
}

function reviveLongInteger(_key: string, value: unknown, context: { source?: string }): unknown {
  const { source } = context;
  return typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    source !== undefined &&
    parsableInteger.test(source)
    ? BigInt(source)
    : value;
}

/** Writes a value as JSON text, bigints as plain integers. */
export function stringifyJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // A bigint makes the plain way throw a TypeError; a search for one beforehand would cost every answer.
    if (!(error instanceof TypeError)) {
      throw error;
    }
    return JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'bigint' ? sourceJson.rawJSON(part.toString()) : part,
    );
  }
}
