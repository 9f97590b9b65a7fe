import { BlueprintError } from '../errors.ts';
import { functionVariable } from '../names.ts';
import type { Named, Needs } from './needs.ts';

/** Other functions that a function calls. */
export interface FunctionsLink {
  readonly kind: 'functions';
  readonly names: readonly string[];
}

/**
 * Lets a function call the live versions of others, by their names in the blueprint. It finds what to invoke in
 * `<NAME>_FUNCTION`.
 */
export function functions(...names: readonly [string, ...string[]]): FunctionsLink {
  return { kind: 'functions', names };
}

/** @throws {BlueprintError} if one of them is no function of the blueprint */
export function needsOfFunctions({ names }: FunctionsLink, { functions: there }: Named): Needs {
  const unknown = names.filter((name) => !there.includes(name));
  if (unknown.length > 0) throw new BlueprintError(`there is no function ${unknown.join(', ')}`);
  return {
    variables: Object.fromEntries(
      names.map((name) => [functionVariable(name), { kind: 'function', name }]),
    ),
    statements: [
      {
        sid: 'CallFunctions',
        actions: ['lambda:InvokeFunction'],
        resources: names.map((name) => ({ kind: 'function', name, which: 'live' })),
      },
    ],
  };
}
