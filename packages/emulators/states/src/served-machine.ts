import { compile, InvalidDefinitionError, type MachineType, type StateMachine } from '@chorus/asl';
import { stateMachineArn } from '@chorus/emulator-aws';
import { resourceProblems } from './resource-problems.ts';

/** A state machine as the local cloud runs it. */
export interface LocalStateMachine {
  /** Physical name: `chorus-house-price`. */
  readonly name: string;
  /** Amazon States Language with `${token}` substitutions. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly substitutions: Readonly<Record<string, string>>;
  /** @default 'EXPRESS' */
  readonly type?: MachineType;
}

export interface ServedMachine {
  readonly name: string;
  readonly arn: string;
  readonly type: MachineType;
  readonly machine: StateMachine;
  /** The definition as it runs, substitutions done, as JSON. */
  readonly definition: string;
  readonly created: Date;
}

/**
 * Compiles a machine.
 *
 * @throws {InvalidDefinitionError} with every mistake in its definition, or every task that is not done here
 */
export function serveMachine(
  { name, definition, substitutions, type = 'EXPRESS' }: LocalStateMachine,
  now: number,
): ServedMachine {
  const machine = compile(definition, { name, type, substitutions });
  const problems = resourceProblems(machine.definition);
  if (problems.length > 0) throw new InvalidDefinitionError(problems);
  const text = JSON.stringify(definition).replaceAll(
    /\$\{(\w+)\}/g,
    (token, key: string) => substitutions[key] ?? token,
  );
  const arn = stateMachineArn(name);
  return { name, arn, type, machine, definition: text, created: new Date(now) };
}
