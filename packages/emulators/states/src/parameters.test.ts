import * as sdk from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { operations, refusedOperations } from './operations/operations.ts';
import { type OperationName, parameters } from './parameters.ts';

/** Returns the members of an operation's input in the SDK's model. */
function inputOf(operation: string): string[] {
  const model: unknown = Reflect.get(sdk, `${operation}$`);
  const input: unknown =
    Array.isArray(model) && typeof model[4] === 'function' ? model[4]() : undefined;
  if (!Array.isArray(input) || !Array.isArray(input[4]))
    throw new TypeError(`the SDK's model of ${operation} has another form`);
  return input[4].map(String);
}

describe.each(Object.keys(parameters) as OperationName[])('%s', (operation) => {
  it('has decided about each of its parameters, and about no others', () => {
    expect(Object.keys(parameters[operation]).sort()).toEqual(inputOf(operation).sort());
  });
});

it('has decided about each operation of the SDK, and about no others', () => {
  const commands = Object.keys(sdk).flatMap(
    (name) => /^(?<operation>[A-Z]\w*)Command$/.exec(name)?.groups?.['operation'] ?? [],
  );
  expect([...Object.keys(operations), ...refusedOperations].sort()).toEqual(commands.sort());
});
