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

/** Returns the standard state machines that there are, by their names in the target. */
async function deployedMachines(states: SFNClient): Promise<ReadonlyMap<string, string>> {
  const { paginateListStateMachines } = await import('@aws-sdk/client-sfn');
  const found = new Map<string, string>();
  for await (const { stateMachines = [] } of paginateListStateMachines({ client: states }, {}))
    for (const { name = '', type, stateMachineArn } of stateMachines)
      if (type === 'STANDARD' && stateMachineArn !== undefined) found.set(name, stateMachineArn);
  return found;
}

/** Returns the standard state machines of the service that are deployed in the target. */
export async function standardMachines(
  states: SFNClient,
  { stage }: Target,
): Promise<readonly StandardMachine[]> {
  const [{ isExpress, physicalName }, { blueprint }] = await Promise.all([
    import('@chorus/blueprint'),
    import('@chorus/service'),
  ]);
  const deployed = await deployedMachines(states);
  return [...blueprint.workflows, ...(blueprint.machines ?? [])]
    .filter((each) => !isExpress(each))
    .flatMap(({ name }) => {
      const arn = deployed.get(physicalName(name, stage));
      return arn === undefined ? [] : [{ name, arn }];
    });
}

/** Returns the ARNs that an execution's name may have: of each standard state machine. */
export async function arnsOf(states: SFNClient, name: string): Promise<readonly string[]> {
  if (name.startsWith('arn:')) return [name];
  const machines = await deployedMachines(states);
  return [...machines.values()].map(
    (arn) => `${arn.replace(':stateMachine:', ':execution:')}:${name}`,
  );
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
