import { StatesApiError } from '../errors.ts';
import { parseInput } from '../execution-input.ts';
import type { Call } from './call.ts';

/** @throws {StatesApiError} InvalidOutput unless it is JSON */
function parseOutput(output: string): unknown {
  try {
    return parseInput(output);
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : cause;
    throw new StatesApiError('InvalidOutput', `Invalid Output: '${reason}'`, { cause });
  }
}

export async function sendTaskSuccess({ states, parameters }: Call): Promise<unknown> {
  const { taskToken, output } = parameters;
  await states.executions.tokens.send(taskToken, { output: parseOutput(output) });
  return {};
}

export async function sendTaskFailure({ states, parameters }: Call): Promise<unknown> {
  const { taskToken, error = '', cause = '' } = parameters;
  await states.executions.tokens.send(taskToken, { error, cause });
  return {};
}

export function sendTaskHeartbeat({ states, parameters }: Call): unknown {
  states.executions.tokens.beat(parameters.taskToken);
  return {};
}
