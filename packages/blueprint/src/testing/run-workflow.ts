import { compile, execute, type StateMachine, StatesError, virtualClock } from '@chorus/asl';
import type { AnsweredBody } from '../answers/answer.ts';
import { substitutionKey } from '../names.ts';
import type { WorkflowSpec } from '../types.ts';

/** Event of a function. */
export interface Event {
  readonly inputs: readonly {
    readonly name: string;
    readonly datatype: string;
    readonly shape: readonly number[];
    readonly data: readonly unknown[];
  }[];
  readonly parameters: { readonly chorus_deadline_ms: number };
}

/** The answers of fake functions, by name: a payload, or an error that is thrown. */
export type Functions = Readonly<Record<string, (event: Event) => unknown>>;

/** The answer of a workflow. */
export interface Output {
  readonly statusCode: number;
  readonly body: AnsweredBody & { readonly error: string; readonly requestId: string };
}

/** Compiles a workflow as it is deployed; every function's ARN is its name. */
export function machineOf({ name, definition, functions }: WorkflowSpec): StateMachine {
  const substitutions = Object.fromEntries(
    functions.map((each) => [substitutionKey(each.name), each.name]),
  );
  return compile(definition, { name, substitutions });
}

/** Runs a workflow over fake functions; every delay passes at once. @throws {Error} unless the state machine succeeds */
export async function run(
  machine: StateMachine,
  input: unknown,
  functions: Functions,
  random?: () => number,
): Promise<Output> {
  const result = await execute(machine, input, {
    clock: virtualClock(0),
    ...(random && { random }),
    async runTask(task) {
      const { FunctionName, Payload } = task.arguments as { FunctionName: string; Payload: Event };
      return { Payload: await functions[FunctionName]?.(Payload) };
    },
  });
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return result.output as Output;
}

/** A model's answer of one tensor. */
export function answers(name: string, data: readonly unknown[], more: object = {}): unknown {
  return {
    model_version: 'v1',
    parameters: { chorus_duration_ms: 1, chorus_cold_start: false },
    outputs: [{ name, datatype: 'FP64', shape: [data.length], data, ...more }],
  };
}

/** A function that fails with an error of this name, as Lambda tells it. */
export const fails =
  (name: string, message = 'why') =>
  (): never => {
    throw new StatesError(name, JSON.stringify({ errorType: name, errorMessage: message }));
  };
