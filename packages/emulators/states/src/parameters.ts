import { payloadLimitBytes } from '@chorus/asl';
import { notDone, StatesApiError, unreadable } from './errors.ts';

/** The operations of the Step Functions API that are answered, by their names in the SDK. */
export type OperationName =
  | 'DescribeExecution'
  | 'DescribeMapRun'
  | 'DescribeStateMachine'
  | 'DescribeStateMachineForExecution'
  | 'GetExecutionHistory'
  | 'ListExecutions'
  | 'ListMapRuns'
  | 'ListStateMachines'
  | 'RedriveExecution'
  | 'SendTaskFailure'
  | 'SendTaskHeartbeat'
  | 'SendTaskSuccess'
  | 'StartExecution'
  | 'StartSyncExecution'
  | 'StopExecution'
  | 'UpdateMapRun';

/** The constraints of a parameter in AWS's model. */
interface Parameter {
  /** Nothing may be given for one that is refused. */
  readonly type: 'text' | 'number' | 'fraction' | 'boolean' | 'refused';
  readonly required?: boolean;
  /** Least and most of a text's characters, or of a number's value. */
  readonly range?: readonly [least: number, most: number];
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  /** Its value is in no message. */
  readonly sensitive?: true;
}

/** Largest input of an execution, in bytes of UTF-8. */
export const maxInputBytes: number = payloadLimitBytes;

const arn: Parameter = { type: 'text', required: true, range: [1, 256] };
const longArn: Parameter = { type: 'text', required: true, range: [1, 2000] };
const name: Parameter = { type: 'text', range: [1, 80] };
const data: Parameter = { type: 'text', range: [0, maxInputBytes], sensitive: true };
const traceHeader: Parameter = { type: 'text', range: [0, 256], pattern: /^\p{ASCII}*$/u };
const includedData: Parameter = { type: 'text', values: ['ALL_DATA', 'METADATA_ONLY'] };
const maxResults: Parameter = { type: 'number', range: [0, 1000] };
const taskToken: Parameter = { type: 'text', required: true, range: [1, 2048] };
const nextToken: Parameter = { type: 'text', range: [1, 1024] };
const error: Parameter = { type: 'text', range: [0, 256], sensitive: true };
const cause: Parameter = { type: 'text', range: [0, 32_768], sensitive: true };
const statusFilter: Parameter = {
  type: 'text',
  values: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'],
};

/** By operation, every member of its input in the SDK's model; a test finds those that are missing here. */
export const parameters: Readonly<Record<OperationName, Readonly<Record<string, Parameter>>>> = {
  DescribeExecution: { executionArn: arn, includedData },
  DescribeMapRun: { mapRunArn: longArn },
  DescribeStateMachine: { stateMachineArn: arn, includedData },
  DescribeStateMachineForExecution: { executionArn: arn, includedData },
  GetExecutionHistory: {
    executionArn: arn,
    maxResults,
    nextToken,
    reverseOrder: { type: 'boolean' },
    includeExecutionData: { type: 'boolean' },
  },
  ListExecutions: {
    stateMachineArn: { ...arn, required: false },
    statusFilter,
    maxResults,
    nextToken: { ...nextToken, range: [1, 3096] },
    redriveFilter: { type: 'text', values: ['REDRIVEN', 'NOT_REDRIVEN'] },
    mapRunArn: { ...longArn, required: false },
  },
  ListMapRuns: {
    executionArn: arn,
    maxResults,
    nextToken: { ...nextToken, range: [1, 3096] },
  },
  ListStateMachines: { maxResults, nextToken },
  RedriveExecution: { executionArn: arn, clientToken: { type: 'text', range: [1, 64] } },
  SendTaskFailure: { taskToken, error, cause },
  SendTaskHeartbeat: { taskToken },
  SendTaskSuccess: { taskToken, output: { ...data, required: true } },
  StartExecution: { stateMachineArn: arn, name, input: data, traceHeader },
  StartSyncExecution: { stateMachineArn: arn, name, input: data, traceHeader, includedData },
  StopExecution: { executionArn: arn, error, cause },
  UpdateMapRun: {
    mapRunArn: longArn,
    maxConcurrency: { type: 'number', range: [0, Number.POSITIVE_INFINITY] },
    toleratedFailurePercentage: { type: 'fraction', range: [0, 100] },
    toleratedFailureCount: { type: 'number', range: [0, Number.POSITIVE_INFINITY] },
  },
};

/** The parameters of a request, of which each has the type of the table above. */
export interface Parameters {
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly mapRunArn: string;
  readonly maxConcurrency?: number;
  readonly toleratedFailurePercentage?: number;
  readonly toleratedFailureCount?: number;
  readonly taskToken: string;
  readonly output: string;
  readonly error?: string;
  readonly cause?: string;
  readonly clientToken?: string;
  readonly statusFilter?: string;
  readonly redriveFilter?: 'REDRIVEN' | 'NOT_REDRIVEN';
  readonly reverseOrder?: boolean;
  readonly includeExecutionData?: boolean;
  readonly name?: string;
  readonly input?: string;
  readonly traceHeader?: string;
  readonly includedData?: 'ALL_DATA' | 'METADATA_ONLY';
  readonly maxResults?: number;
  readonly nextToken?: string;
}

function fieldsOf(body: Buffer): Readonly<Record<string, unknown>> {
  let fields: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    fields = JSON.parse(text || '{}');
  } catch (cause) {
    throw unreadable(
      `The body is not JSON: ${cause instanceof Error ? cause.message : cause}`,
      cause,
    );
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw unreadable('The body is not a JSON object');
  return { ...fields };
}

function checkType(name: string, value: unknown, type: Parameter['type']): void {
  if (type === 'number' && !Number.isInteger(value)) throw unreadable(`${name} must be an integer`);
  if (type === 'fraction' && typeof value !== 'number')
    throw unreadable(`${name} must be a number`);
  if (type === 'boolean' && typeof value !== 'boolean')
    throw unreadable(`${name} must be true or false`);
  if (type !== 'text') return;
  if (typeof value !== 'string') throw unreadable(`${name} must be text`);
  if (!value.isWellFormed())
    throw unreadable(`${name} has half of a surrogate pair, which is no text`);
}

/** Returns the constraint that a value violates, in AWS's words. */
function violationOf(value: unknown, parameter: Parameter): string | undefined {
  const { required, range: [least, most] = [0, Number.POSITIVE_INFINITY], values } = parameter;
  if (value === undefined) return required ? 'Member must not be null' : undefined;
  if (typeof value === 'boolean') return undefined;
  const isText = typeof value === 'string';
  const size = isText
    ? parameter.sensitive
      ? Buffer.byteLength(value)
      : [...value].length
    : Number(value);
  const measure = isText ? 'length' : 'value';
  if (size < least) return `Member must have ${measure} greater than or equal to ${least}`;
  if (size > most) return `Member must have ${measure} less than or equal to ${most}`;
  if (values !== undefined && !values.includes(String(value)))
    return `Member must satisfy enum value set: [${values.join(', ')}]`;
  if (parameter.pattern?.test(String(value)) === false)
    return `Member must satisfy regular expression pattern: ${parameter.pattern.source.slice(1, -1)}`;
  return undefined;
}

/**
 * Parses the parameters of a request, as far as AWS's model of them goes; null is as good as absent.
 *
 * @throws {StatesApiError} SerializationException for a body that is no JSON object or has a member of another type,
 *   ValidationException for values outside the model, NotImplementedException for a member that would have to be ignored
 */
export function parseParameters(operation: OperationName, body: Buffer): Parameters {
  const known = parameters[operation];
  const given = Object.entries(fieldsOf(body)).filter(([, value]) => value !== null);
  for (const [name, value] of given) {
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    if (parameter === undefined || parameter.type === 'refused')
      throw notDone(`${name.slice(0, 80)} in ${operation}`);
    checkType(name, value, parameter.type);
  }
  const fields = Object.fromEntries(given);
  const violations = Object.entries(known).flatMap(([name, parameter]) => {
    const violation = violationOf(fields[name], parameter);
    if (violation === undefined) return [];
    const shown = fields[name] === undefined ? ' null' : ` '${fields[name]}'`;
    return `Value${parameter.sensitive ? '' : shown} at '${name}' failed to satisfy constraint: ${violation}`;
  });
  if (violations.length > 0)
    throw new StatesApiError(
      'ValidationException',
      `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`,
    );
  return fields as unknown as Parameters;
}
