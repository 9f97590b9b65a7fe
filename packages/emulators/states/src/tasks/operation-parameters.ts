import type { Kind, Parameters } from './known-parameters.ts';
import { refusal } from './refusal.ts';
import type { ServiceData } from './service-callers.ts';

/** The scalar types of an attribute value, and what of JSON each takes. */
const scalars: Readonly<Record<string, 'string' | 'boolean'>> = {
  S: 'string',
  N: 'string',
  B: 'string',
  BOOL: 'boolean',
  NULL: 'boolean',
};

const isObject = (value: unknown): value is ServiceData =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns what is wrong with an attribute value, in AWS's words: a number in `N` has to be text. */
function attributeProblem(value: unknown): string | undefined {
  if (!isObject(value)) return undefined; // DynamoDB's to refuse
  for (const [type, held] of Object.entries(value)) {
    const scalar = Object.hasOwn(scalars, type) ? scalars[type] : undefined;
    if (scalar !== undefined && held !== null && typeof held !== scalar)
      return `The value for the field '${type}' must be a ${scalar.toUpperCase()}`;
    const inner = type === 'L' && Array.isArray(held) ? held : undefined;
    const problem = inner
      ? firstProblem(inner)
      : type === 'M'
        ? attributesProblem(held)
        : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function firstProblem(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const problem = attributeProblem(value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const attributesProblem = (value: unknown): string | undefined =>
  isObject(value) ? firstProblem(Object.values(value)) : undefined;

const types = { text: 'string', number: 'number', flag: 'boolean' } as const;

function problemOf(name: string, value: unknown, kind: Kind | undefined): string | undefined {
  if (kind === undefined) return `The field '${name}' is not supported by Step Functions`;
  if (kind === 'none') return `The local cloud does not do the field '${name}'`;
  if (kind === 'attributes') return attributesProblem(value);
  if (kind === 'any') return undefined;
  const type = types[kind];
  return typeof value === type
    ? undefined
    : `The value for the field '${name}' must be a ${type.toUpperCase()}`;
}

/**
 * Returns the parameters of a task's operation, without those that are null (recorded on AWS).
 *
 * @throws {StatesError} States.Runtime, which no Catcher sees, for a name that the operation does not have or the local cloud
 *   does not do, and for a value of another type
 */
export function operationParameters(value: unknown, known: Parameters): ServiceData {
  const given = Object.entries(isObject(value) ? value : {}).filter(([, each]) => each !== null);
  const problems = given.flatMap(
    ([name, each]) =>
      problemOf(name, each, Object.hasOwn(known, name) ? known[name] : undefined) ?? [],
  );
  if (problems.length > 0)
    throw refusal(
      `The Parameters '${JSON.stringify(value)}' could not be used to start the Task: [${problems.join(', ')}]`,
    );
  return Object.fromEntries(given);
}
