import { randomUUID } from 'node:crypto';
import { StatesError, type TaskRequest } from '@chorus/asl';
import type { ExecutedInvocation, LambdaService } from '@chorus/emulator-lambda';
import { LambdaError } from '@chorus/emulator-lambda';
import { refusal } from './refusal.ts';
import { sdkMetadata } from './sdk-metadata.ts';

/** The integration without its pattern. */
export const invokeResource = 'arn:aws:states:::lambda:invoke';

/** By parameter of `lambda:invoke`, what of it is done: any value, some, or none; a test finds those that are missing. */
export const invokeParameters: Readonly<Record<string, 'any' | 'none' | readonly unknown[]>> = {
  FunctionName: 'any',
  Payload: 'any',
  Qualifier: 'any',
  InvocationType: ['RequestResponse'],
  LogType: ['None'],
  ClientContext: 'none',
  DurableExecutionName: 'none',
  TenantId: 'none',
};

interface InvokeArguments {
  readonly FunctionName: string;
  readonly Payload?: unknown;
  readonly Qualifier?: string;
}

/** @throws {StatesError} States.Runtime, naming what would have to be ignored */
function argumentsOf(value: unknown): InvokeArguments {
  const given = typeof value === 'object' && value !== null ? value : {};
  for (const [name, argument] of Object.entries(given)) {
    const done = Object.hasOwn(invokeParameters, name) ? invokeParameters[name] : undefined;
    if (done === undefined) throw refusal(`The parameter ${name} is not one of ${invokeResource}`);
    if (done !== 'any' && (done === 'none' || !done.includes(argument)))
      throw refusal(
        `The local cloud's ${invokeResource} does not do ${name} ${JSON.stringify(argument)}`,
      );
  }
  const { FunctionName, Payload, Qualifier } = given as Partial<InvokeArguments>;
  if (typeof FunctionName !== 'string' || FunctionName === '')
    throw refusal(`${invokeResource} needs the name of a function as FunctionName`);
  if (Qualifier !== undefined && typeof Qualifier !== 'string')
    throw refusal(`${invokeResource} takes text as Qualifier`);
  return { FunctionName, Payload, ...(Qualifier !== undefined && { Qualifier }) };
}

/** The event: a payload that is a text is JSON already (recorded on AWS). */
function eventOf(payload: unknown): Buffer {
  if (typeof payload !== 'string') return Buffer.from(JSON.stringify(payload ?? {}));
  try {
    JSON.parse(payload);
  } catch (cause) {
    throw new StatesError(
      'Lambda.InvalidRequestContentException',
      `Could not parse request body into json: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
  return Buffer.from(payload);
}

/** What a function answered; half an answer, or none, has no error type to go by. @throws {StatesError} Lambda.Unknown */
function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StatesError(
      'Lambda.Unknown',
      `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
      { cause },
    );
  }
}

function functionErrorOf(text: string): StatesError {
  const parsed = parseAnswer(text);
  const errorType: unknown =
    typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'errorType') : undefined;
  return new StatesError(typeof errorType === 'string' ? errorType : 'Lambda.Unknown', text);
}

/**
 * `lambda:invoke` as Step Functions does it: the function's error becomes the task's, its JSON the cause.
 *
 * @throws {StatesError} States.Runtime for what is not done here, `Lambda.…` for what Lambda refuses, else the function's
 */
export async function invokeTask(
  lambda: Pick<LambdaService, 'invoke'>,
  task: Pick<TaskRequest, 'arguments'>,
): Promise<unknown> {
  const { FunctionName, Payload, Qualifier } = argumentsOf(task.arguments);
  const payload = eventOf(Payload);
  const requestId = randomUUID();
  let answer: ExecutedInvocation;
  try {
    answer = await lambda.invoke({
      functionName: FunctionName,
      qualifier: Qualifier,
      payload,
      requestId,
    });
  } catch (cause) {
    if (cause instanceof LambdaError)
      throw new StatesError(`Lambda.${cause.name}`, cause.message, { cause });
    throw new StatesError('Lambda.Unknown', String(cause), { cause });
  }
  const text = Buffer.from(answer.payload).toString();
  if (answer.functionError !== undefined) throw functionErrorOf(text);
  return {
    ExecutedVersion: answer.executedVersion,
    Payload: parseAnswer(text),
    ...sdkMetadata(requestId, {
      Connection: 'keep-alive',
      'Content-Length': String(answer.payload.byteLength),
      'Content-Type': 'application/json',
      Date: new Date().toUTCString(),
      'X-Amz-Executed-Version': answer.executedVersion,
      'x-amzn-Remapped-Content-Length': '0',
      'x-amzn-RequestId': requestId,
    }),
    StatusCode: 200,
  };
}
