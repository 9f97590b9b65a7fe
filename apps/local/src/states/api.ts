import type { ServerResponse } from 'node:http';
import { checkDepth } from '@chorus/protocol';
import { StatesApiError } from './errors.ts';
import type { ServedMachine, StatesService, SyncExecution } from './service.ts';

/** A request to the Step Functions API, its body read. */
export interface StatesRequest {
  /** The header `X-Amz-Target`: `AWSStepFunctions.StartSyncExecution`. */
  readonly target: string;
  readonly body: Buffer;
  readonly requestId: string;
}

/** Largest input of an execution, in bytes of UTF-8. */
export const maxInputBytes = 262_144;

const seconds = (date: Date): number => date.getTime() / 1000;

function text(body: Record<string, unknown>, field: string): string {
  const value = body[field];
  if (typeof value !== 'string' || value === '')
    throw new StatesApiError('ValidationException', `${field} must be a non-empty string`);
  return value;
}

async function startSync(states: StatesService, body: Record<string, unknown>): Promise<unknown> {
  const input = body['input'] === undefined ? '{}' : text(body, 'input');
  if (Buffer.byteLength(input) > maxInputBytes)
    throw new StatesApiError('ValidationException', `input must be at most ${maxInputBytes} bytes`);
  const name = body['name'] === undefined ? undefined : text(body, 'name');
  if (name !== undefined && !/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name))
    throw new StatesApiError('InvalidName', `Invalid Name: '${name}'`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(input);
    checkDepth(parsed);
  } catch (cause) {
    throw new StatesApiError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
      },
    );
  }
  const arn = text(body, 'stateMachineArn');
  return describeExecution(await states.startSync(arn, parsed, name), arn, input);
}

function describeExecution(
  execution: SyncExecution,
  stateMachineArn: string,
  input: string,
): unknown {
  const { arn, name, result } = execution;
  const started = result.startTime;
  const stopped = result.stopTime;
  return {
    executionArn: arn,
    stateMachineArn,
    name,
    startDate: seconds(started),
    stopDate: seconds(stopped),
    status: result.status,
    input,
    inputDetails: { included: true },
    ...(result.status === 'SUCCEEDED'
      ? { output: JSON.stringify(result.output), outputDetails: { included: true } }
      : { error: result.error, cause: result.cause }),
    billingDetails: {
      billedMemoryUsedInMB: 64,
      billedDurationInMilliseconds: Math.ceil((stopped.getTime() - started.getTime()) / 100) * 100,
    },
  };
}

const summary = ({ arn, name, created }: ServedMachine): Record<string, unknown> => ({
  stateMachineArn: arn,
  name,
  type: 'EXPRESS',
  creationDate: seconds(created),
});

/** The members of a request. @throws {StatesApiError} SerializationException unless it is a JSON object */
function membersOf({ body }: StatesRequest): Record<string, unknown> {
  let members: unknown;
  try {
    members = JSON.parse(body.toString() || '{}');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new StatesApiError('SerializationException', `The body is not JSON: ${reason}`, {
      cause,
    });
  }
  if (typeof members !== 'object' || members === null || Array.isArray(members))
    throw new StatesApiError('SerializationException', 'The body is not a JSON object');
  return members as Record<string, unknown>;
}

async function answer(states: StatesService, request: StatesRequest): Promise<unknown> {
  const body = membersOf(request);
  switch (request.target) {
    case 'AWSStepFunctions.StartSyncExecution':
      return startSync(states, body);
    case 'AWSStepFunctions.ListStateMachines':
      return { stateMachines: states.list().map(summary) };
    case 'AWSStepFunctions.DescribeStateMachine': {
      const machine = states.describe(text(body, 'stateMachineArn'));
      return {
        ...summary(machine),
        status: 'ACTIVE',
        definition: machine.definition,
        roleArn: 'arn:aws:iam::000000000000:role/local',
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
      };
    }
    default:
      throw new StatesApiError(
        'NotImplementedException',
        `The local cloud's Step Functions does not do ${request.target}.`,
      );
  }
}

const statusOf = (name: string): number =>
  name === 'NotImplementedException' ? 501 : name === 'InternalFailure' ? 500 : 400;

/** Answers a request to the Step Functions API (AWS JSON 1.0), errors included. */
export async function handleStates(
  states: StatesService,
  request: StatesRequest,
  response: ServerResponse,
): Promise<void> {
  let status = 200;
  let body: string;
  try {
    body = JSON.stringify(await answer(states, request));
  } catch (error) {
    const known =
      error instanceof StatesApiError
        ? error
        : new StatesApiError('InternalFailure', `The local cloud failed: ${error}`, {
            cause: error,
          });
    status = statusOf(known.name);
    body = JSON.stringify({ __type: known.name, message: known.message });
  }
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': request.requestId,
  });
  response.end(body);
}
