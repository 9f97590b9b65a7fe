/** AWS Lambda through its SDK; imported only when it is needed, see `clients.ts`. */

import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import { sdkOptions } from './sdk-options.ts';

/** A function's answer, or its error when `failed`: both are JSON. */
export interface Invocation {
  readonly failed: boolean;
  readonly payload: Uint8Array;
}

/** The part of a function's configuration that tells about the model it serves. */
export interface FunctionConfiguration {
  /** `Active` when it takes invocations. */
  readonly state: string;
  readonly stateReason: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** A function as it was published: neither its number nor its environment ever changes. */
export interface PublishedFunction {
  /** `1`, `2`, … */
  readonly functionVersion: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Lambda {
  invoke(functionName: string, payload: string, signal: AbortSignal): Promise<Invocation>;
  readConfiguration(functionName: string, signal: AbortSignal): Promise<FunctionConfiguration>;
  /** @param functionName without a version or an alias. @returns not `$LATEST`, which is not published */
  listPublished(functionName: string, signal: AbortSignal): Promise<readonly PublishedFunction[]>;
}

/** Lambda's name of the function that is not published, listed with those that are. */
const latest = '$LATEST';

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
    async listPublished(functionName, signal) {
      const request = { FunctionName: functionName };
      const pages = paginateListVersionsByFunction({ client }, request, { abortSignal: signal });
      const published: PublishedFunction[] = [];
      for await (const { Versions = [] } of pages) {
        for (const { Version = latest, Environment } of Versions) {
          if (Version !== latest) {
            const environment = Environment?.Variables ?? {};
            published.push({ functionVersion: Version, environment });
          }
        }
      }
      return published;
    },
  };
}
