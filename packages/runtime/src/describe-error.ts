/** An error as the Lambda Runtime API takes it. */
export interface ErrorReport {
  readonly errorMessage: string;
  readonly errorType: string;
  readonly stackTrace: readonly string[];
}

/** Longest name, message and line of a stack that are reported, in characters: Lambda refuses a report above 6 MB. */
const maxNameLength = 256;
const maxMessageLength = 200_000;
const maxLineLength = 1_000;
const maxLines = 100;
const maxStackLength = maxLines * maxLineLength;

/**
 * Reads from a thrown value, which may be a Proxy or have getters. A read that throws in turn counts as not there.
 */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** `thrown instanceof type`; false where even that question throws, as of a revoked Proxy. */
export function isA<T>(thrown: unknown, type: abstract new (...given: never) => T): thrown is T {
  return attempt(() => thrown instanceof type) ?? false;
}

/** A property, of what can have one: `Reflect.get` throws for the rest. */
const property = (thrown: unknown, name: string): unknown =>
  attempt(() => Reflect.get(thrown as object, name));

const textOf = (value: unknown): string | undefined => {
  const text = attempt(() => String(value));
  return text === '' ? undefined : text;
};

function propertyText(thrown: unknown, name: string): string | undefined {
  const value = property(thrown, name);
  return value === undefined || value === null ? undefined : textOf(value);
}

/** Returns the message of an error, or what tells most of a thrown value. */
function messageOf(thrown: unknown): string {
  return (
    propertyText(thrown, 'message') ??
    // A refused connection to a name with several addresses is an AggregateError that has a code but no message.
    propertyText(thrown, 'code') ??
    // The text of an Error without a message is its name, which is told already.
    (isA(thrown, Error) ? '' : (attempt(() => String(thrown)) ?? 'a value that has no text'))
  );
}

/** Returns the cause of an error, if it has one. */
export const causeOf = (thrown: unknown): unknown => property(thrown, 'cause');

/**
 * Describes anything thrown for the Runtime API, and never throws itself: whatever a value lacks or refuses to tell is
 * left out. A value without a name gets the type `Error`.
 */
export function describeError(thrown: unknown): ErrorReport {
  const name = property(thrown, 'name');
  // A function has a name that is not an error's.
  const isNamed = typeof name === 'string' && name !== '' && typeof thrown !== 'function';
  const stack = property(thrown, 'stack');
  const lines = typeof stack === 'string' ? stack.slice(0, maxStackLength).split('\n') : [];
  return {
    errorMessage: messageOf(thrown).slice(0, maxMessageLength),
    errorType: isNamed ? name.slice(0, maxNameLength) : 'Error',
    stackTrace: lines
      .map((line) => line.trim())
      .filter((line) => line.startsWith('at '))
      .slice(0, maxLines)
      .map((line) => line.slice(0, maxLineLength)),
  };
}
