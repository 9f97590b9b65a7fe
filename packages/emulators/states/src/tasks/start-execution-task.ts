import { randomUUID } from 'node:crypto';
import { StatesError, type TaskRequest } from '@chorus/asl';
import { StatesApiError } from '../errors.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { SyncExecution } from '../sync-execution.ts';
import { refusal } from './refusal.ts';
import { sdkMetadata } from './sdk-metadata.ts';

/** The integration without its pattern. */
export const startExecutionResource = 'arn:aws:states:::states:startExecution';

/** By parameter of `states:startExecution`, the type of value that it takes; a test finds those that are missing. */
export const startExecutionParameters: Readonly<Record<string, 'text' | 'any'>> = {
  stateMachineArn: 'text',
  name: 'text',
  input: 'any',
  traceHeader: 'text',
};

/** An execution that has been started. */
interface Started {
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
}

/** What starts an execution from within another. */
export interface NestedStart {
  readonly stateMachineArn: string;
  readonly input?: string;
  readonly name?: string;
  readonly traceHeader?: string;
  readonly parent?: string;
  /** Whether it must be one whose end can be waited for. */
  readonly mustEnd: boolean;
}

/** What the task asks of the service. */
export interface NestedExecutions {
  /** @throws {StatesApiError} what StartExecution refuses */
  start(request: NestedStart): Promise<Started>;
  /**
   * Runs an Express state machine to its end.
   *
   * @param input JSON
   * @throws {StatesApiError} what StartSyncExecution refuses
   */
  run(arn: string, input: string, name: string | undefined): Promise<SyncExecution>;
  ended(arn: string, signal: AbortSignal): Promise<ExecutionRecord>;
  /** Aborts an execution whose starter was aborted. */
  stop(arn: string): Promise<unknown>;
  readonly isClosed: boolean;
}

const upperFirst = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

function argumentsOf(value: unknown): Record<string, string> {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const names = new Map(
    Object.keys(startExecutionParameters).map((name) => [upperFirst(name), name]),
  );
  return Object.fromEntries(
    given.map(([field, argument]): [string, string] => {
      const name = names.get(field);
      if (name === undefined)
        throw refusal(`The parameter ${field} is not one of ${startExecutionResource}`);
      if (typeof argument === 'string') return [name, argument];
      if (startExecutionParameters[name] === 'text')
        throw refusal(`${startExecutionResource} takes text as ${field}`);
      return [name, JSON.stringify(argument) ?? 'null'];
    }),
  );
}

/** AWS's name of what its own service refuses to a task (recorded). */
function refusedByService(error: StatesApiError): StatesError {
  const { name, message } = error;
  const code = `Service: AWSStepFunctions; Status Code: 400; Error Code: ${name}; Request ID: ${randomUUID()}; Proxy: null`;
  return new StatesError(`StepFunctions.${name}Exception`, `${message} (${code})`, {
    cause: error,
  });
}

function answerOf({ arn, started }: Started): Record<string, unknown> {
  const requestId = randomUUID();
  const answer = { ExecutionArn: arn, StartDate: started };
  const headers = {
    connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(JSON.stringify(answer))),
    'Content-Type': 'application/x-amz-json-1.0',
    Date: new Date().toUTCString(),
    'x-amzn-RequestId': requestId,
  };
  return { ...answer, ...sdkMetadata(requestId, headers) };
}

/**
 * Starts an execution as `states:startExecution` does.
 *
 * @throws {StatesError} `StepFunctions.…Exception` for what StartExecution refuses, States.Runtime for other parameters
 */
export async function startExecutionTask(
  nested: NestedExecutions,
  task: Pick<TaskRequest, 'arguments' | 'long'>,
  mustEnd: boolean,
): Promise<Record<string, unknown>> {
  const { stateMachineArn = '', ...given } = argumentsOf(task.arguments);
  const parent = task.long?.id;
  try {
    return answerOf(
      await nested.start({
        stateMachineArn,
        mustEnd,
        ...given,
        ...(parent !== undefined && { parent }),
      }),
    );
  } catch (error) {
    if (error instanceof StatesApiError) throw refusedByService(error);
    throw error;
  }
}

/** Returns what `.sync` tells of an execution; `.sync:2` has its input and output as JSON, not as text of it. */
function endedAnswer(record: ExecutionRecord, parsed: boolean): Record<string, unknown> {
  const { arn, name, input, output, error, cause, started, stopped, status } = record;
  const value = (text: string): unknown => (parsed ? JSON.parse(text) : text);
  return {
    ExecutionArn: arn,
    Input: value(input),
    InputDetails: { Included: true },
    Name: name,
    ...(output !== undefined && { Output: value(output), OutputDetails: { Included: true } }),
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
    StartDate: started,
    StateMachineArn: arn.replace(':execution:', ':stateMachine:').slice(0, -(name.length + 1)),
    Status: status,
    StopDate: stopped,
  };
}

/**
 * Starts an execution and waits for its end, as `.sync` and `.sync:2` do. It goes on waiting after a restart, and stops the
 * execution when the task is stopped.
 *
 * @throws {StatesError} States.TaskFailed if the execution does not succeed, its description the cause
 */
export async function startAndWait(
  nested: NestedExecutions,
  { signal, long, ...task }: TaskRequest,
  parsed: boolean,
): Promise<unknown> {
  const answer =
    long?.submitted?.answer ??
    (await startExecutionTask(nested, { ...task, ...(long && { long }) }, true));
  long?.submit(answer);
  const arn = String(Object(answer).ExecutionArn);
  let record: ExecutionRecord;
  try {
    record = await nested.ended(arn, signal);
  } catch (reason) {
    if (!nested.isClosed) await nested.stop(arn);
    throw reason;
  }
  const description = endedAnswer(record, parsed);
  if (record.status !== 'SUCCEEDED')
    throw new StatesError('States.TaskFailed', JSON.stringify(description));
  return description;
}
