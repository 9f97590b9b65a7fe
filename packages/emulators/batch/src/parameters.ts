import { invalid, notDone } from './errors.ts';
import type { ExitRule, RetryStrategy } from './local-job.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Returns an object's members, of which those that are null are as good as absent. @throws {AwsApiError} ClientException */
export function fieldsOf(name: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(`${name} must be an object`);
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));
}

/** Refuses members that would have to be ignored. @throws {AwsApiError} NotImplementedException */
export function checkMembers(where: string, fields: Fields, known: readonly string[]): void {
  const other = Object.keys(fields).find((name) => !known.includes(name));
  if (other !== undefined) throw notDone(`${other.slice(0, 80)} in ${where}`);
}

/** @throws {AwsApiError} ClientException unless it is absent or a text */
export function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '' || !value.isWellFormed())
    throw invalid(`${name} must be text`);
  return value;
}

/** @throws {AwsApiError} ClientException unless it is a text */
export function required(name: string, value: unknown): string {
  const text = textOf(name, value);
  if (text === undefined) throw invalid(`${name} should not be empty or null`);
  return text;
}

/** Returns a whole number within its range; undefined if it is absent. @throws {AwsApiError} ClientException */
export function countOf(
  name: string,
  value: unknown,
  [least, most]: readonly [number, number],
): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (typeof value !== 'number' || !Number.isInteger(count) || count < least || count > most)
    throw invalid(`${name} must be a whole number from ${least} to ${most}`);
  return count;
}

/** @throws {AwsApiError} ClientException unless it is absent or a list of texts */
export function textsOf(name: string, value: unknown = []): readonly string[] {
  return listOf(name, value).map((each, index) => required(`${name}[${index}]`, each));
}

/** @throws {AwsApiError} ClientException unless it is absent or a list */
export function listOf(name: string, value: unknown = []): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`${name} must be a list`);
  return value;
}

/** Returns texts by name, of an object. @throws {AwsApiError} ClientException */
export function mapOf(name: string, value: unknown = {}): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsOf(name, value));
  return Object.fromEntries(entries.map(([key, each]) => [key, required(`${name}.${key}`, each)]));
}

/** @throws {AwsApiError} */
export function retryStrategyOf(value: unknown): RetryStrategy | undefined {
  if (value === undefined) return undefined;
  const fields = fieldsOf('retryStrategy', value);
  checkMembers('retryStrategy', fields, ['attempts', 'evaluateOnExit']);
  return {
    attempts: countOf('retryStrategy.attempts', fields['attempts'], [1, 10]) ?? 1,
    evaluateOnExit: listOf('evaluateOnExit', fields['evaluateOnExit']).map(exitRuleOf),
  };
}

function exitRuleOf(value: unknown): ExitRule {
  const fields = fieldsOf('evaluateOnExit', value);
  const names = ['onStatusReason', 'onReason', 'onExitCode'] as const;
  checkMembers('evaluateOnExit', fields, [...names, 'action']);
  const action = required('action', fields['action']);
  if (!/^(?:retry|exit)$/i.test(action)) throw invalid('action must be RETRY or EXIT');
  return {
    ...Object.fromEntries(
      names.flatMap((name) => {
        const pattern = textOf(name, fields[name]);
        return pattern === undefined ? [] : [[name, pattern]];
      }),
    ),
    action,
  };
}
