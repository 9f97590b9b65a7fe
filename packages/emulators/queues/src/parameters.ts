import { MessagingApiError } from './errors.ts';
import type { Json } from './json.ts';
import { isJson } from './json.ts';

/** The kinds of parameter: a whole number, a text, names, objects in a list, an object. */
export type Kind = 'text' | 'number' | 'texts' | 'entries' | 'map';

const shapes: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: Number.isSafeInteger,
  texts: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  entries: (value) => Array.isArray(value) && value.every(isJson),
  map: isJson,
};

/** The parameters of one operation or entry, each of its kind. */
export interface Parameters {
  /** @throws {MessagingApiError} MissingParameter */
  needed(name: string): string;
  text(name: string): string | undefined;
  /** @throws {MessagingApiError} InvalidParameterValue outside of the range, bounds included */
  number(name: string, range: readonly [number, number]): number | undefined;
  texts(name: string): readonly string[];
  entries(name: string): readonly Json[];
  map(name: string): Json | undefined;
}

const missing = (name: string): MessagingApiError =>
  new MessagingApiError('MissingParameter', `The request must contain the parameter ${name}.`);

/**
 * Checks that parameters are known and of their kinds.
 *
 * @param known the kind of each parameter that is honoured
 * @param refuse makes the error of one that is not
 * @throws {MessagingApiError} naming the first that is not
 */
export function checked(
  given: Json,
  known: Readonly<Record<string, Kind>>,
  refuse: (name: string) => Error,
): Parameters {
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined || value === null) continue;
    if (kind === undefined) throw refuse(name);
    if (!shapes[kind](value))
      throw new MessagingApiError(
        'InvalidParameterValue',
        `${name} must be a ${kind === 'text' || kind === 'number' || kind === 'map' ? kind : 'list'}.`,
      );
  }
  const value = (name: string): unknown => given[name] ?? undefined;
  const text = (name: string): string | undefined =>
    value(name) === undefined ? undefined : String(value(name));
  return {
    text,
    needed(name) {
      const found = text(name);
      if (found === undefined || found === '') throw missing(name);
      return found;
    },
    number(name, [least, most]) {
      const found = value(name);
      if (typeof found !== 'number') return undefined;
      if (found < least || found > most)
        throw new MessagingApiError(
          'InvalidParameterValue',
          `Value ${found} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}.`,
        );
      return found;
    },
    texts: (name) => (value(name) as readonly string[] | undefined) ?? [],
    entries: (name) => (value(name) as readonly Json[] | undefined) ?? [],
    map: (name) => value(name) as Json | undefined,
  };
}
