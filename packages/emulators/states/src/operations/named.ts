import { checkExecutionArn, checkMapRunArn } from '../check-arn.ts';
import { typeNotSupported } from '../errors.ts';
import type { MapRunRecord } from '../store/map-run-records.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Call } from './call.ts';

/** @throws {StatesApiError} InvalidArn, ExecutionDoesNotExist */
export function executionOf({ states, parameters }: Call): ExecutionRecord {
  checkExecutionArn(parameters.executionArn);
  return states.executions.find(parameters.executionArn);
}

/** @throws {StatesApiError} StateMachineTypeNotSupported for an Express child of a Map, which has no history */
export function standardOf(call: Call): ExecutionRecord {
  const record = executionOf(call);
  if (record.isExpress === 1) throw typeNotSupported();
  return record;
}

/** @throws {StatesApiError} InvalidArn, ResourceNotFound */
export function mapRunOf({ states, parameters }: Call): MapRunRecord {
  checkMapRunArn(parameters.mapRunArn);
  return states.mapRuns.find(parameters.mapRunArn);
}
