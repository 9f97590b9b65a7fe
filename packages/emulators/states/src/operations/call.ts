import { checkStateMachineArn } from '../check-arn.ts';
import type { Parameters } from '../parameters.ts';
import type { ServedMachine } from '../served-machine.ts';
import type { StatesService } from '../service.ts';
import type { Store } from '../store/open-store.ts';

/** The input of an operation. */
export interface Call {
  readonly states: StatesService;
  readonly store: Store;
  readonly parameters: Parameters;
  /** `X-Amzn-Trace-Id`, which goes before the parameter. */
  readonly traceId: string | undefined;
}

/** Returns a time as AWS's JSON has it: seconds since the epoch. */
export const seconds = (milliseconds: number): number => milliseconds / 1000;

/** @throws {StatesApiError} InvalidArn, StateMachineDoesNotExist */
export function machineOf({ states, parameters }: Call): ServedMachine {
  const { stateMachineArn } = parameters;
  checkStateMachineArn(stateMachineArn, (arn) => states.list().some((each) => each.arn === arn));
  return states.describe(stateMachineArn);
}

/** Returns the trace header of a call, if it has one. */
export function traceHeaderOf({ parameters, traceId }: Call): { readonly traceHeader?: string } {
  const traceHeader = traceId ?? parameters.traceHeader;
  return traceHeader === undefined ? {} : { traceHeader };
}
