import type { Alias } from './aliases.ts';
import { isVersionNumber, latestVersion } from './qualifier.ts';
import { checkVariables } from './variables.ts';
import type { PublishedVersion } from './versions.ts';

/** The state of a function that outlives a restart: its variables, versions and aliases. */
export interface SavedFunction {
  /** Variables of `$LATEST`, over those of the blueprint. */
  readonly environment: Readonly<Record<string, string>>;
  /** In the order they were published. */
  readonly versions: readonly PublishedVersion[];
  readonly aliases: readonly Alias[];
  /** The highest number that a version was given, if that one is deleted. */
  readonly published?: number;
  /** Of a function that was created while the service ran: the name of its image. */
  readonly image?: string;
}

type Fields = Readonly<Record<string, unknown>>;

function fail(where: string, expected: string): never {
  throw new TypeError(`${where} is not ${expected}`);
}

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(where, 'an object');
  return { ...value };
}

function listOf(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(where, 'a list');
}

function textOf(fields: Fields, name: string, where: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : fail(`${where}.${name}`, 'text');
}

function wholeOf(fields: Fields, name: string, where: string): number {
  const value = fields[name];
  return typeof value === 'number' && Number.isInteger(value) && value > 0
    ? value
    : fail(`${where}.${name}`, 'a whole number above 0');
}

function variablesOf(value: unknown, where: string): Record<string, string> {
  const fields = fieldsOf(value, where);
  const variables = Object.fromEntries(
    Object.keys(fields).map((name) => [name, textOf(fields, name, where)]),
  );
  try {
    checkVariables(variables);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`${where}: ${message}`, { cause });
  }
  return variables;
}

function weightsOf(value: unknown, where: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value, where)).map(([version, weight]) => [
      version,
      typeof weight === 'number' && weight >= 0 && weight <= 1
        ? weight
        : fail(`${where}.${version}`, 'a number from 0 to 1'),
    ]),
  );
}

function parseVersion(value: unknown, where: string): PublishedVersion {
  const fields = fieldsOf(value, where);
  const version = textOf(fields, 'version', where);
  if (!isVersionNumber(version)) fail(`${where}.version`, 'the number of a version');
  return {
    version,
    environment: variablesOf(fields['environment'], `${where}.environment`),
    memoryMb: wholeOf(fields, 'memoryMb', where),
    timeoutSeconds: wholeOf(fields, 'timeoutSeconds', where),
    description: textOf(fields, 'description', where),
    latestDescription: textOf(fields, 'latestDescription', where),
    revisionId: textOf(fields, 'revisionId', where),
    lastModified: textOf(fields, 'lastModified', where),
  };
}

function parseAlias(value: unknown, where: string): Alias {
  const fields = fieldsOf(value, where);
  return {
    name: textOf(fields, 'name', where),
    functionVersion: textOf(fields, 'functionVersion', where),
    weights: weightsOf(fields['weights'], `${where}.weights`),
    description: textOf(fields, 'description', where),
    revisionId: textOf(fields, 'revisionId', where),
  };
}

function parseFunction(value: unknown, where: string): SavedFunction {
  const fields = fieldsOf(value, where);
  const versions = listOf(fields['versions'], `${where}.versions`).map((each, index) =>
    parseVersion(each, `${where}.versions[${index}]`),
  );
  const aliases = listOf(fields['aliases'], `${where}.aliases`).map((each, index) =>
    parseAlias(each, `${where}.aliases[${index}]`),
  );
  const numbers = versions.map(({ version }) => Number(version));
  if (numbers.some((number, index) => number <= (numbers[index - 1] ?? 0)))
    fail(`${where}.versions`, 'in the order of their numbers');
  const published =
    fields['published'] === undefined ? undefined : wholeOf(fields, 'published', where);
  if (published !== undefined && published < (numbers.at(-1) ?? 0))
    fail(`${where}.published`, 'the highest number of a version');
  const known = new Set([latestVersion, ...versions.map(({ version }) => version)]);
  for (const { name, functionVersion, weights } of aliases)
    for (const version of [functionVersion, ...Object.keys(weights)])
      if (!known.has(version))
        fail(`version ${version} of ${where}, which ${name} names,`, 'there');
  return {
    environment: variablesOf(fields['environment'], `${where}.environment`),
    versions,
    aliases,
    ...(published !== undefined && { published }),
    ...(fields['image'] !== undefined && { image: textOf(fields, 'image', where) }),
  };
}

/**
 * Reads what `save` wrote. Every field is checked: a worker is started with what is in here.
 *
 * @throws {SyntaxError} if it is no JSON
 * @throws {TypeError} if a field is missing or of another type, an alias names a version that is not there, or a function has a
 *   variable that none may have
 */
export function parseSavedFunctions(text: string): Record<string, SavedFunction> {
  const functions = Object.entries(fieldsOf(JSON.parse(text), 'the content'));
  return Object.fromEntries(functions.map(([name, value]) => [name, parseFunction(value, name)]));
}
