import type { ServerResponse } from 'node:http';
import { type AwsRequest, sendAnswer } from '@chorus/emulator-aws';
import { LocalCloudError } from '@chorus/emulator-files';
import { notDone, StatesApiError } from './errors.ts';
import { operations, refusedOperations } from './operations/operations.ts';
import { type OperationName, parseParameters } from './parameters.ts';
import type { StatesService } from './service.ts';
import type { Store } from './store/open-store.ts';

const isAnswered = (name: string): name is OperationName => Object.hasOwn(operations, name);

/** @throws {StatesApiError} NotImplementedException for an operation of AWS's, else UnknownOperationException */
function operationOf(target: string): OperationName {
  const name = /^AWSStepFunctions\.(?<name>\w+)$/.exec(target)?.groups?.['name'] ?? '';
  if (isAnswered(name)) return name;
  if (refusedOperations.includes(name)) throw notDone(name);
  throw new StatesApiError(
    'UnknownOperationException',
    `Step Functions has no operation "${target.slice(0, 80)}"`,
  );
}

/** What operations work on. */
interface Served {
  readonly states: StatesService;
  readonly store: Store;
}

async function answer(served: Served, request: AwsRequest): Promise<unknown> {
  const operation = operationOf(String(request.headers['x-amz-target']));
  const parameters = parseParameters(operation, request.body);
  const traceId = request.headers['x-amzn-trace-id'];
  return operations[operation]({ ...served, parameters, traceId });
}

const statusOf = (name: string): number =>
  name === 'NotImplementedException' ? 501 : name === 'InternalFailure' ? 500 : 400;

/** Returns AWS's error for an error. Writes a fault of the local cloud itself to standard error too. */
function knownError(error: unknown): StatesApiError {
  if (error instanceof StatesApiError) return error;
  console.error(error instanceof LocalCloudError ? error.message : error);
  return new StatesApiError('InternalFailure', `The local cloud failed: ${error}`, {
    cause: error,
  });
}

/** Answers a request to the Step Functions API (AWS JSON 1.0), errors included. */
export async function handleStates(
  served: Served,
  request: AwsRequest,
  response: ServerResponse,
): Promise<void> {
  let status = 200;
  let body: string;
  try {
    body = JSON.stringify(await answer(served, request));
  } catch (error) {
    const { name, message } = knownError(error);
    status = statusOf(name);
    body = JSON.stringify({ __type: name, message });
  }
  const { requestId } = request;
  sendAnswer(response, { status, type: 'application/x-amz-json-1.0', body, requestId });
}
