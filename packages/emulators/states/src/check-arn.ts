import { accountId, region } from '@chorus/emulator-aws';
import { notDone, StatesApiError } from './errors.ts';

const invalid = (reason: string): StatesApiError =>
  new StatesApiError('InvalidArn', `Invalid Arn: '${reason}'`);

/** Returns the error for an ARN without a state machine. */
export const noStateMachine = (arn: string): StatesApiError =>
  new StatesApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

/**
 * Refuses what is not the ARN of a state machine here.
 *
 * @param has whether there is a state machine of an ARN without qualifier
 * @throws {StatesApiError} InvalidArn; StateMachineDoesNotExist, also for those of other regions and accounts;
 *   NotImplementedException for a version or an alias, of which there are none here
 */
export function checkStateMachineArn(arn: string, has: (arn: string) => boolean): void {
  const [prefix, partition, service, inRegion, account, type, name, ...qualifier] = arn.split(':');
  if (prefix !== 'arn' || !partition?.startsWith('aws'))
    throw invalid(`Invalid ARN prefix: ${arn}`);
  if (service !== 'states') throw invalid(`Service not valid in this context: ${service ?? ''}`);
  if (type !== 'stateMachine')
    throw invalid(`Resource type not valid in this context: ${type ?? ''}`);
  if (!inRegion || !account || !/^\d{12}$/.test(account)) throw invalid(`Invalid ARN: ${arn}`);
  if (!name || qualifier.length > 1) throw invalid(`Invalid ARN: ${arn}`);
  const [version] = qualifier;
  const machine = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
  if (inRegion !== region || account !== accountId || !has(machine)) throw noStateMachine(arn);
  if (version !== undefined)
    throw notDone(`versions and aliases of state machines, and ${arn} names one`);
  if (arn !== machine) throw noStateMachine(arn);
}
