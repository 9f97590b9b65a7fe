import type { HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { CliError, isCausedBy } from './errors.ts';
import type { Target } from './target.ts';

/** The most events that one call gives. */
const mostEvents = 1000;

/** A state machine whose executions keep their history. */
export interface StandardMachine {
  /** Its name in the blueprint, without the stage. */
  readonly name: string;
  readonly arn: string;
}

/** Does something with Step Functions of a target, and closes the connection. */
export async function withStates<Result>(
  { client }: Target,
  work: (states: SFNClient) => Promise<Result>,
): Promise<Result> {
  const { SFNClient } = await import('@aws-sdk/client-sfn');
  const states = new SFNClient(client);
  try {
    return await work(states);
  } finally {
    states.destroy();
  }
}

/** Returns the standard state machines of the service that are deployed in the target. */
export async function standardMachines(
  states: SFNClient,
  { stage }: Target,
): Promise<readonly StandardMachine[]> {
  const [{ paginateListStateMachines }, { isExpress, physicalName }, { blueprint }] =
    await Promise.all([
      import('@aws-sdk/client-sfn'),
      import('@chorus/blueprint'),
      import('@chorus/service'),
    ]);
  const names = new Map(
    [...blueprint.workflows, ...(blueprint.machines ?? [])]
      .filter((each) => !isExpress(each))
      .map(({ name }) => [physicalName(name, stage), name]),
  );
  const found: StandardMachine[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client: states }, {}))
    for (const { name: physical = '', stateMachineArn } of stateMachines) {
      const name = names.get(physical);
      if (name !== undefined && stateMachineArn !== undefined)
        found.push({ name, arn: stateMachineArn });
    }
  return found;
}

/** Returns the ARNs that an execution's name may have: of each standard state machine. */
export async function arnsOf(
  states: SFNClient,
  target: Target,
  name: string,
): Promise<readonly string[]> {
  if (name.startsWith('arn:')) return [name];
  const machines = await standardMachines(states, target);
  return machines.map(({ arn }) => `${arn.replace(':stateMachine:', ':execution:')}:${name}`);
}

/**
 * Returns the history of an execution; undefined if there is no such one.
 *
 * @param withData with the inputs and outputs of its states. @default false
 * @throws {CliError} for an express execution, which keeps none
 */
export async function historyOf(
  states: SFNClient,
  executionArn: string,
  withData = false,
): Promise<readonly HistoryEvent[] | undefined> {
  const { paginateGetExecutionHistory } = await import('@aws-sdk/client-sfn');
  const all: HistoryEvent[] = [];
  try {
    const pages = paginateGetExecutionHistory(
      { client: states, pageSize: mostEvents },
      { executionArn, includeExecutionData: withData },
    );
    for await (const { events = [] } of pages) all.push(...events);
  } catch (error) {
    if (isCausedBy(error, 'ExecutionDoesNotExist')) return undefined;
    if (isCausedBy(error, 'InvalidArn'))
      throw new CliError(
        `${executionArn} is no execution that keeps a history: an express one tells its times in its answer alone, with ?trace=1`,
        { cause: error },
      );
    throw error;
  }
  return all;
}
