/** AWS Step Functions through its SDK; imported only when it is needed, see `clients.ts`. */

import { type BillingDetails, SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { hasOwnStatesEndpoint } from './env.ts';
import { sdkOptions } from './sdk-options.ts';

/** The end of a synchronous execution of an Express workflow. */
export interface Execution {
  /** `SUCCEEDED`, `FAILED` or `TIMED_OUT`. */
  readonly status: string;
  /** JSON, when it succeeded. */
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The billing by Step Functions; undefined when the answer has none. */
  readonly billing: Billing | undefined;
}

/** Duration and memory of an execution, rounded up as they are on the bill. */
export interface Billing {
  readonly durationMs: number;
  readonly memoryMb: number;
}

/** A workflow's start. */
export interface Start {
  readonly stateMachineArn: string;
  readonly input: string;
  /** Left out: Step Functions makes one. */
  readonly name: string | undefined;
}

export interface StepFunctions {
  startSync(start: Start, signal: AbortSignal): Promise<Execution>;
}

/** Makes a client; its methods throw the SDK's own errors. */
export function connectStepFunctions(): StepFunctions {
  const client = new SFNClient({
    ...sdkOptions,
    // At AWS, StartSyncExecution lives at `sync-states.…`; an endpoint of our own has no such second name.
    disableHostPrefix: hasOwnStatesEndpoint(),
  });
  return {
    async startSync({ stateMachineArn, input, name }, signal) {
      const command = new StartSyncExecutionCommand({
        stateMachineArn,
        input,
        ...(name === undefined ? {} : { name }),
      });
      const answer = await client.send(command, { abortSignal: signal });
      const { status = 'FAILED', output, error, cause, billingDetails } = answer;
      return { status, output, error, cause, billing: billingOf(billingDetails) };
    },
  };
}

function billingOf(details: BillingDetails = {}): Billing | undefined {
  const { billedDurationInMilliseconds: durationMs, billedMemoryUsedInMB: memoryMb } = details;
  return durationMs === undefined || memoryMb === undefined ? undefined : { durationMs, memoryMb };
}
