import type { OperationName } from '../parameters.ts';
import type { Call } from './call.ts';
import {
  describeExecution,
  describeStateMachineForExecution,
  getExecutionHistory,
  listExecutions,
  redriveExecution,
  stopExecution,
} from './executions.ts';
import { describeStateMachine, listStateMachines } from './machines.ts';
import { describeMapRun, listMapRuns, updateMapRun } from './map-runs.ts';
import { startExecution, startSyncExecution } from './start.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './tasks.ts';

/** The functions that answer operations. They throw `StatesApiError`. */
export const operations: Readonly<Record<OperationName, (call: Call) => unknown>> = {
  DescribeExecution: describeExecution,
  DescribeMapRun: describeMapRun,
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  GetExecutionHistory: getExecutionHistory,
  ListExecutions: listExecutions,
  ListMapRuns: listMapRuns,
  ListStateMachines: listStateMachines,
  RedriveExecution: redriveExecution,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StartSyncExecution: startSyncExecution,
  StopExecution: stopExecution,
  UpdateMapRun: updateMapRun,
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
  'DescribeStateMachineAlias',
  'GetActivityTask',
  'ListActivities',
  'ListStateMachineAliases',
  'ListStateMachineVersions',
  'ListTagsForResource',
  'PublishStateMachineVersion',
  'TagResource',
  'TestState',
  'UntagResource',
  'UpdateStateMachine',
  'UpdateStateMachineAlias',
  'ValidateStateMachineDefinition',
];
