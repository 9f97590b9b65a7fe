import { ManifestError } from './errors.ts';

/** Readers of untrusted JSON: each takes a value and its path (`schema.inputs[0].name`) and gives it typed. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws {ManifestError} always: says at which path what was expected and what is there instead */
export function wrong(path: string, expected: string, value: unknown): never {
  throw new ManifestError(`manifest: ${path} must be ${expected}, not ${show(value)}`);
}

/** A JSON object. @throws {ManifestError} */
export function readObject(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong(path, 'an object', value);
  }
  return value as JsonObject;
}

/**
 * Reads a JSON object of these fields and no others: for settings, where a misspelt one would be a silently wrong
 * answer.
 * @throws {ManifestError}
 */
export function readSettings(value: unknown, path: string, fields: readonly string[]): JsonObject {
  const object = readObject(value, path);
  const unknown = Object.keys(object).find((key) => !fields.includes(key));
  return unknown === undefined
    ? object
    : wrong(`${path}.${unknown}`, `absent: ${path} has ${fields.join(', ')}`, object[unknown]);
}

/** One of some texts. @throws {ManifestError} */
export function readChoice<T extends string>(
  value: unknown,
  path: string,
  choices: readonly T[],
): T {
  const choice = choices.find((known) => known === value);
  return choice ?? wrong(path, `one of ${choices.join(', ')}`, value);
}

/** A text that is not empty. @throws {ManifestError} */
export function readText(value: unknown, path: string): string {
  return typeof value === 'string' && value !== '' ? value : wrong(path, 'a text', value);
}

/** A finite number. @throws {ManifestError} */
export function readNumber(value: unknown, path: string): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : wrong(path, 'a finite number', value);
}

/** A whole number, `minimum` or more. @throws {ManifestError} */
export function readInteger(value: unknown, path: string, minimum: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum
    ? value
    : wrong(path, `a whole number from ${minimum} up`, value);
}

/** SHA-256 in small hexadecimal letters. @throws {ManifestError} */
export function readSha256(value: unknown, path: string): string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
    ? value
    : wrong(path, 'a SHA-256 of 64 small hexadecimal digits', value);
}

/** Reads every element by `read`, with its own path. @throws {ManifestError} */
export function readList<T>(
  value: unknown,
  path: string,
  read: (element: unknown, path: string) => T,
): T[] {
  if (!Array.isArray(value)) return wrong(path, 'a list', value);
  return value.map((element: unknown, index) => read(element, `${path}[${index}]`));
}

/** An optional field as an object to spread: empty when absent, so that no key says `undefined`. */
export function readOptional<K extends string, T>(
  object: JsonObject,
  key: K,
  path: string,
  read: (value: unknown, path: string) => T,
): { readonly [P in K]?: T } {
  const value = object[key];
  if (value === undefined) return {};
  return { [key]: read(value, `${path}.${key}`) } as { readonly [P in K]?: T };
}

function show(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
