import { stateMachineArn } from '@chorus/emulator-aws';
import { StatesApiError, typeNotSupported } from '../errors.ts';
import { startOf, tokenOf, usualPage } from '../pages.ts';
import type { ChildStatus } from '../store/map-run-records.ts';
import type { ExecutionRecord, StoredEvent } from '../store/records.ts';
import { type Call, machineOf, seconds } from './call.ts';
import { settings } from './machines.ts';
import { executionOf, mapRunOf, standardOf } from './named.ts';

function summary({ store }: Call, record: ExecutionRecord): Record<string, unknown> {
  const { arn, machine, name, status, started, stopped, redrives, redriven, mapRun } = record;
  return {
    executionArn: arn,
    stateMachineArn: stateMachineArn(machine),
    name,
    status,
    startDate: seconds(started),
    ...(mapRun !== undefined && { mapRunArn: store.mapRuns.byId(mapRun)?.arn }),
    ...(stopped !== undefined && { stopDate: seconds(stopped) }),
    redriveCount: redrives,
    ...(redriven !== undefined && { redriveDate: seconds(redriven) }),
  };
}

export function describeExecution(call: Call): unknown {
  const record = executionOf(call);
  const { input, output, error, cause, traceHeader } = record;
  const included = call.parameters.includedData !== 'METADATA_ONLY';
  const why = call.states.executions.whyNotRedrivable(record);
  return {
    ...summary(call, record),
    ...(included && { input }),
    inputDetails: { included },
    ...(output !== undefined && {
      ...(included && { output }),
      outputDetails: { included },
    }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(why === undefined
      ? { redriveStatus: 'REDRIVABLE' }
      : { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: why }),
  };
}

export function describeStateMachineForExecution(call: Call): unknown {
  const { machine, definition, started } = executionOf(call);
  return {
    stateMachineArn: stateMachineArn(machine),
    name: machine,
    definition: call.parameters.includedData === 'METADATA_ONLY' ? '{}' : definition,
    updateDate: seconds(started),
    ...settings,
  };
}

/** @throws {StatesApiError} ValidationException unless it is either a machine or a Map Run */
function whose(call: Call): { readonly machine: string } | { readonly mapRun: number } {
  const { stateMachineArn: machineArn, mapRunArn } = call.parameters;
  if ((machineArn === undefined) === (mapRunArn === undefined))
    throw new StatesApiError(
      'ValidationException',
      'You must specify either a state machine ARN or a map run ARN, and not both.',
    );
  if (mapRunArn !== undefined) return { mapRun: mapRunOf(call).id };
  const machine = machineOf(call);
  if (machine.type === 'EXPRESS') throw typeNotSupported();
  return { machine: machine.name };
}

export function listExecutions(call: Call): unknown {
  const { statusFilter, redriveFilter, maxResults, nextToken } = call.parameters;
  const limit = maxResults || usualPage;
  const found = call.store.list({
    ...whose(call),
    ...(statusFilter !== undefined && { status: statusFilter as ChildStatus }),
    ...(redriveFilter !== undefined && { redriven: redriveFilter === 'REDRIVEN' }),
    ...(nextToken !== undefined && { before: startOf(nextToken) }),
    limit: limit + 1,
  });
  const executions = found.slice(0, limit);
  const last = executions.at(-1);
  return {
    executions: executions.map((record) => ({
      ...summary(call, record),
      ...(record.mapRun !== undefined && { itemCount: record.items }),
    })),
    ...(found.length > limit && last && { nextToken: tokenOf(last.id) }),
  };
}

/** The fields of an event's details that hold data of the execution. */
const dataFields = new Set(['input', 'output', 'parameters', 'assignedVariables']);

function withoutData(details: StoredEvent['details']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, fields]) => [
      name,
      Object.fromEntries(
        Object.entries(Object(fields)).filter(([field]) => !dataFields.has(field)),
      ),
    ]),
  );
}

export function getExecutionHistory(call: Call): unknown {
  const { maxResults, nextToken, reverseOrder = false, includeExecutionData } = call.parameters;
  const record = standardOf(call);
  const limit = maxResults || usualPage;
  const found = call.store.events({
    execution: record.id,
    reverse: reverseOrder,
    ...(nextToken !== undefined && { from: startOf(nextToken) }),
    limit: limit + 1,
  });
  const next = found[limit];
  return {
    events: found.slice(0, limit).map(({ at, id, previousEventId, type, details }) => ({
      timestamp: seconds(at),
      type,
      id,
      previousEventId,
      ...(includeExecutionData === false ? withoutData(details) : details),
    })),
    ...(next && { nextToken: tokenOf(next.id) }),
  };
}

export async function stopExecution(call: Call): Promise<unknown> {
  const { arn, started } = standardOf(call);
  const { error, cause } = call.parameters;
  const { stopped } = await call.states.executions.stop(arn, error, cause);
  return { stopDate: seconds(stopped ?? started) };
}

export async function redriveExecution(call: Call): Promise<unknown> {
  const { arn, started } = standardOf(call);
  const { redriven } = await call.states.executions.redrive(arn, call.parameters.clientToken);
  return { redriveDate: seconds(redriven ?? started) };
}
