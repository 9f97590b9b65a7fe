/** AWS Lambda through its SDK; imported only when it is needed, see `clients.ts`. */

import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { sdkOptions } from './sdk-options.ts';

/** A function's answer, or its error when `failed`: both are JSON. */
export interface Invocation {
  readonly failed: boolean;
  readonly payload: Uint8Array;
}

/** What a function's configuration says about the model it serves. */
export interface FunctionConfiguration {
  /** `Active` when it takes invocations. */
  readonly state: string;
  readonly stateReason: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Lambda {
  invoke(functionName: string, payload: string, signal: AbortSignal): Promise<Invocation>;
  readConfiguration(functionName: string, signal: AbortSignal): Promise<FunctionConfiguration>;
}

/** Makes a client; its methods throw the SDK's own errors. */
export function connectLambda(): Lambda {
  const client = new LambdaClient(sdkOptions);
  return {
    async invoke(functionName, payload, signal) {
      const command = new InvokeCommand({ FunctionName: functionName, Payload: payload });
      const answer = await client.send(command, { abortSignal: signal });
      return {
        failed: answer.FunctionError !== undefined,
        payload: answer.Payload ?? new Uint8Array(),
      };
    },
    async readConfiguration(functionName, signal) {
      const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
      const answer = await client.send(command, { abortSignal: signal });
      return {
        state: answer.State ?? 'Unknown',
        stateReason: answer.StateReason,
        environment: answer.Environment?.Variables ?? {},
      };
    },
  };
}
