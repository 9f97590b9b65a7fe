import { ConfigurationError } from '@chorus/runtime/errors';

/** @throws {ConfigurationError} unless the text is a JSON object of strings */
export function parseNames(variable: string, text: string): ReadonlyMap<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`${variable} is no JSON`, { cause });
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const names = entries.filter((each): each is [string, string] => typeof each[1] === 'string');
  if (names.length !== entries.length || !text.trimStart().startsWith('{'))
    throw new ConfigurationError(`${variable} must be a JSON object of strings`);
  return new Map(names);
}
