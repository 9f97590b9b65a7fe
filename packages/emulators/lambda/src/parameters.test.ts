import * as sdk from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { type OperationName, type Parameters, parameters } from './parameters.ts';

/** A structure or an operation in the SDK's model; only what is used here. */
type Model = readonly unknown[];

function isModel(value: unknown): value is Model {
  return Array.isArray(value);
}

/**
 * Returns the input of an operation: its members in order, and what is said of each (a list, when it is in a header,
 * query or path).
 */
function inputOf(operation: OperationName): { names: string[]; traits: unknown[] } {
  const model: unknown = Reflect.get(sdk, `${operation}$`);
  if (!isModel(model) || typeof model[4] !== 'function')
    throw new TypeError(`the SDK has no model of ${operation}`);
  const input: unknown = model[4]();
  if (!isModel(input) || !isModel(input[4]) || !isModel(input[5]))
    throw new TypeError(`the SDK’s model of ${operation} has another form`);
  return { names: input[4].map(String), traits: [...input[5]] };
}

function traitOf(trait: unknown, name: string): string | undefined {
  const found: unknown = isModel(trait) ? trait[1] : undefined;
  const value: unknown =
    typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** In the path: heeded in every operation. The event itself is `Payload`. */
const always: Readonly<Record<string, readonly string[]>> = {
  ListFunctions: [],
  CreateFunction: [],
  GetAlias: ['FunctionName', 'Name'],
  UpdateAlias: ['FunctionName', 'Name'],
  DeleteAlias: ['FunctionName', 'Name'],
  Invoke: ['FunctionName', 'Payload'],
  ListEventSourceMappings: [],
  GetEventSourceMapping: ['UUID'],
};

describe.each(Object.entries(parameters) as [OperationName, Parameters][])(
  '%s',
  (operation, known) => {
    it('has decided about each of its parameters, and about no others', () => {
      const decided = [
        ...(always[operation] ?? ['FunctionName']),
        ...(known.query ?? []),
        ...Object.values(known.headers ?? {}),
        ...Object.keys(known.body ?? {}),
        ...(known.refused ?? []),
        ...Object.values(known.refusedHeaders ?? {}),
      ];
      expect(decided.sort()).toEqual(inputOf(operation).names.sort());
    });

    it('looks for each where the SDK puts it', () => {
      const { names, traits } = inputOf(operation);
      const headers = { ...known.headers, ...known.refusedHeaders };
      for (const [index, name] of names.entries()) {
        const header = traitOf(traits[index], 'httpHeader')?.toLowerCase();
        const inHeader = Object.keys(headers).find((each) => headers[each] === name);
        expect([name, inHeader]).toEqual([name, header]);
        const query = traitOf(traits[index], 'httpQuery');
        if (known.query?.includes(name)) expect(query).toBe(name);
        if (known.body !== undefined && name in known.body) expect(query).toBeUndefined();
      }
    });
  },
);
