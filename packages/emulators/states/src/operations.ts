import { checkStateMachineArn } from './check-arn.ts';
import { StatesApiError } from './errors.ts';
import { parseInput } from './execution-input.ts';
import { page } from './pages.ts';
import type { OperationName, Parameters } from './parameters.ts';
import type { ServedMachine, StatesService, SyncExecution } from './service.ts';

/** The input of an operation. */
interface Call {
  readonly states: StatesService;
  readonly parameters: Parameters;
  /** `X-Amzn-Trace-Id`, which goes before the parameter. */
  readonly traceId: string | undefined;
}

const seconds = (date: Date): number => date.getTime() / 1000;

function machineOf({ states, parameters }: Call): ServedMachine {
  const { stateMachineArn } = parameters;
  checkStateMachineArn(stateMachineArn, (arn) => states.list().some((each) => each.arn === arn));
  return states.describe(stateMachineArn);
}

async function startSync(call: Call): Promise<unknown> {
  const { name, input = '{}' } = call.parameters;
  if (name !== undefined && !/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]+$/u.test(name))
    throw new StatesApiError('InvalidName', `Invalid Name: '${name}'`);
  const machine = machineOf(call);
  const execution = await call.states.startSync(machine.arn, parseInput(input), name);
  return describeExecution(execution, machine.arn, input, call);
}

function describeExecution(
  { arn, name, result }: SyncExecution,
  stateMachineArn: string,
  input: string,
  { parameters, traceId }: Call,
): unknown {
  const included = parameters.includedData !== 'METADATA_ONLY';
  const traceHeader = traceId ?? parameters.traceHeader;
  const { startTime: started, stopTime: stopped } = result;
  return {
    executionArn: arn,
    stateMachineArn,
    name,
    startDate: seconds(started),
    stopDate: seconds(stopped),
    status: result.status,
    ...(included && { input }),
    inputDetails: { included },
    ...(result.status === 'SUCCEEDED'
      ? {
          ...(included && { output: JSON.stringify(result.output) }),
          outputDetails: { included },
        }
      : { error: result.error, cause: result.cause }),
    ...(traceHeader !== undefined && { traceHeader }),
    billingDetails: {
      billedMemoryUsedInMB: 64,
      billedDurationInMilliseconds: Math.ceil((stopped.getTime() - started.getTime()) / 100) * 100,
    },
  };
}

const summary = ({ arn, name, created }: ServedMachine): Record<string, unknown> => ({
  stateMachineArn: arn,
  name,
  type: 'EXPRESS',
  creationDate: seconds(created),
});

function describe(call: Call): unknown {
  const machine = machineOf(call);
  return {
    ...summary(machine),
    status: 'ACTIVE',
    definition: call.parameters.includedData === 'METADATA_ONLY' ? '{}' : machine.definition,
    roleArn: 'arn:aws:iam::000000000000:role/local',
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
  };
}

function list({ states, parameters }: Call): unknown {
  const { entries, ...more } = page(states.list(), parameters.maxResults, parameters.nextToken);
  return { stateMachines: entries.map(summary), ...more };
}

/** The functions that answer operations. They throw `StatesApiError`. */
export const operations: Readonly<Record<OperationName, (call: Call) => unknown>> = {
  StartSyncExecution: startSync,
  ListStateMachines: list,
  DescribeStateMachine: describe,
};

/** The operations of Step Functions that are not done here; what is in neither list is none. */
export const refusedOperations: readonly string[] = [
  'CreateActivity',
  'CreateStateMachine',
  'CreateStateMachineAlias',
  'DeleteActivity',
  'DeleteStateMachine',
  'DeleteStateMachineAlias',
  'DeleteStateMachineVersion',
  'DescribeActivity',
  'DescribeExecution',
  'DescribeMapRun',
  'DescribeStateMachineAlias',
  'DescribeStateMachineForExecution',
  'GetActivityTask',
  'GetExecutionHistory',
  'ListActivities',
  'ListExecutions',
  'ListMapRuns',
  'ListStateMachineAliases',
  'ListStateMachineVersions',
  'ListTagsForResource',
  'PublishStateMachineVersion',
  'RedriveExecution',
  'SendTaskFailure',
  'SendTaskHeartbeat',
  'SendTaskSuccess',
  'StartExecution',
  'StopExecution',
  'TagResource',
  'TestState',
  'UntagResource',
  'UpdateMapRun',
  'UpdateStateMachine',
  'UpdateStateMachineAlias',
  'ValidateStateMachineDefinition',
];
