import { accountId, region } from '@chorus/emulator-aws';
import { notDone, StatesApiError } from './errors.ts';

const invalid = (reason: string): StatesApiError =>
  new StatesApiError('InvalidArn', `Invalid Arn: '${reason}'`);

/** Returns the error for an ARN without a state machine. */
export const noStateMachine = (arn: string): StatesApiError =>
  new StatesApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

/** Returns the ARN of a Standard execution. */
export const standardExecutionArn = (machine: string, name: string): string =>
  `arn:aws:states:${region}:${accountId}:execution:${machine}:${name}`;

/** An ARN of Step Functions, as far as all of them are alike. */
interface StatesArn {
  readonly inRegion: string;
  readonly account: string;
  /** What follows the type. */
  readonly names: readonly string[];
}

/** @throws {StatesApiError} InvalidArn unless it names something of the type */
function parseArn(
  arn: string,
  expected: 'stateMachine' | 'execution' | 'express' | 'mapRun',
): StatesArn {
  const [prefix, partition, service, inRegion, account, type, ...names] = arn.split(':');
  if (prefix !== 'arn' || !partition?.startsWith('aws'))
    throw invalid(`Invalid ARN prefix: ${arn}`);
  if (service !== 'states') throw invalid(`Service not valid in this context: ${service ?? ''}`);
  if (type !== expected) throw invalid(`Resource type not valid in this context: ${type ?? ''}`);
  if (!inRegion || !account || !/^\d{12}$/.test(account)) throw invalid(`Invalid ARN: ${arn}`);
  return { inRegion, account, names };
}

/** The ARN of an Express child of a distributed Map; other Express executions are not kept. */
const expressChild = /^arn:[^:]+:states:[^:]*:[^:]*:express:[^:/]+\/[^:]+:[^:]+:[^:]+$/;

/**
 * Refuses what is not the ARN of a Map Run.
 *
 * @throws {StatesApiError} InvalidArn
 */
export function checkMapRunArn(arn: string): void {
  const { names } = parseArn(arn, 'mapRun');
  if (names.length !== 2 || names.includes('')) throw invalid(`Invalid ARN: ${arn}`);
}

/**
 * Refuses what is not the ARN of an execution that is kept: a Standard one, or a distributed Map's Express child.
 *
 * @throws {StatesApiError} InvalidArn
 */
export function checkExecutionArn(arn: string): void {
  if (expressChild.test(arn)) return;
  const { names } = parseArn(arn, 'execution');
  if (names.length !== 2 || names.includes('')) throw invalid(`Invalid ARN: ${arn}`);
}

/**
 * Refuses what is not the ARN of a state machine here.
 *
 * @param has whether there is a state machine of an ARN without qualifier
 * @throws {StatesApiError} InvalidArn; StateMachineDoesNotExist, also for those of other regions and accounts;
 *   NotImplementedException for a version or an alias, of which there are none here
 */
export function checkStateMachineArn(arn: string, has: (arn: string) => boolean): void {
  const { inRegion, account, names } = parseArn(arn, 'stateMachine');
  const [name, ...qualifier] = names;
  if (!name || qualifier.length > 1) throw invalid(`Invalid ARN: ${arn}`);
  const [version] = qualifier;
  const machine = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
  if (inRegion !== region || account !== accountId || !has(machine)) throw noStateMachine(arn);
  if (version !== undefined)
    throw notDone(`versions and aliases of state machines, and ${arn} names one`);
  if (arn !== machine) throw noStateMachine(arn);
}
