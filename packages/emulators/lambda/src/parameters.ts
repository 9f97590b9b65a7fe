import { invalidValue, LambdaError, notDone, unreadable } from './errors.ts';

/** The operations of the Lambda API that are answered, by their names in the SDK. */
export type OperationName =
  | 'ListFunctions'
  | 'CreateFunction'
  | 'DeleteFunction'
  | 'GetFunction'
  | 'GetFunctionConfiguration'
  | 'UpdateFunctionConfiguration'
  | 'Invoke'
  | 'PublishVersion'
  | 'ListVersionsByFunction'
  | 'CreateAlias'
  | 'ListAliases'
  | 'GetAlias'
  | 'UpdateAlias'
  | 'DeleteAlias'
  | 'ListEventSourceMappings'
  | 'GetEventSourceMapping';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown, name: string, operation: string) => void;

function wrongType(name: string, expected: string): never {
  throw new LambdaError('SerializationException', 400, `${name} must be ${expected}`);
}

function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrongType(name, 'an object');
  return { ...value };
}

const text: Check = (value, name) => {
  if (typeof value !== 'string') wrongType(name, 'text');
};
const number: Check = (value, name) => {
  if (typeof value !== 'number') wrongType(name, 'a number');
};
const flag: Check = (value, name) => {
  if (typeof value !== 'boolean') wrongType(name, 'true or false');
};

const mapOf =
  (check: Check): Check =>
  (value, name, operation) => {
    for (const [key, each] of Object.entries(fieldsOf(value, name)))
      check(each, `${name}.${key}`, operation);
  };

/** An object of the members given; others are refused by name, and null is as good as absent. */
const objectOf =
  (members: Readonly<Record<string, Check>>): Check =>
  (value, name, operation) => {
    for (const [key, each] of Object.entries(fieldsOf(value, name))) {
      const member = name === '' ? key : `${name}.${key}`;
      const check = Object.hasOwn(members, key) ? members[key] : undefined;
      if (each === null) continue;
      if (check === undefined) throw notDone(`${member} in ${operation}`);
      check(each, member, operation);
    }
  };

/**
 * The treatment of an operation's parameters. Those in the path (`FunctionName`, an alias's `Name`) are always
 * heeded.
 */
export interface Parameters {
  readonly query?: readonly string[];
  /** Members by header. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, Check>>;
  /** Answered with 501 and the member's name, as everything that is not listed. */
  readonly refused?: readonly string[];
  /** The same of those that are headers: among so many others only these are told. */
  readonly refusedHeaders?: Readonly<Record<string, string>>;
}

const routingConfig = objectOf({ AdditionalVersionWeights: mapOf(number) });

/** By operation, every member of its input in the SDK's model; a test finds those that are missing here. */
export const parameters: Readonly<Record<OperationName, Parameters>> = {
  ListFunctions: { query: ['FunctionVersion', 'Marker', 'MaxItems'], refused: ['MasterRegion'] },
  CreateFunction: {
    body: {
      FunctionName: text,
      Role: text,
      Code: objectOf({ ImageUri: text }),
      PackageType: text,
      MemorySize: number,
      Timeout: number,
      Description: text,
      Environment: objectOf({ Variables: mapOf(text) }),
      Publish: flag,
    },
    refused: [
      'Runtime',
      'Handler',
      'VpcConfig',
      'DeadLetterConfig',
      'KMSKeyArn',
      'TracingConfig',
      'Tags',
      'Layers',
      'FileSystemConfigs',
      'ImageConfig',
      'CodeSigningConfigArn',
      'Architectures',
      'EphemeralStorage',
      'SnapStart',
      'LoggingConfig',
      'CapacityProviderConfig',
      'DurableConfig',
      'PublishTo',
      'TenancyConfig',
    ],
  },
  DeleteFunction: { query: ['Qualifier'] },
  GetFunction: { query: ['Qualifier'] },
  GetFunctionConfiguration: { query: ['Qualifier'] },
  UpdateFunctionConfiguration: {
    body: {
      Environment: objectOf({ Variables: mapOf(text) }),
      MemorySize: number,
      Timeout: number,
      Description: text,
      RevisionId: text,
    },
    refused: [
      'Role',
      'Handler',
      'VpcConfig',
      'Runtime',
      'DeadLetterConfig',
      'KMSKeyArn',
      'TracingConfig',
      'Layers',
      'FileSystemConfigs',
      'ImageConfig',
      'EphemeralStorage',
      'SnapStart',
      'LoggingConfig',
      'CapacityProviderConfig',
      'DurableConfig',
    ],
  },
  Invoke: {
    query: ['Qualifier'],
    headers: { 'x-amz-invocation-type': 'InvocationType', 'x-amz-log-type': 'LogType' },
    refusedHeaders: {
      'x-amz-client-context': 'ClientContext',
      'x-amz-durable-execution-name': 'DurableExecutionName',
      'x-amz-tenant-id': 'TenantId',
    },
  },
  PublishVersion: {
    body: { CodeSha256: text, Description: text, RevisionId: text },
    refused: ['PublishTo'],
  },
  ListVersionsByFunction: { query: ['Marker', 'MaxItems'] },
  CreateAlias: {
    body: { Name: text, FunctionVersion: text, Description: text, RoutingConfig: routingConfig },
  },
  ListAliases: { query: ['FunctionVersion', 'Marker', 'MaxItems'] },
  GetAlias: {},
  UpdateAlias: {
    body: {
      FunctionVersion: text,
      Description: text,
      RoutingConfig: routingConfig,
      RevisionId: text,
    },
  },
  DeleteAlias: {},
  ListEventSourceMappings: { query: ['EventSourceArn', 'FunctionName', 'Marker', 'MaxItems'] },
  GetEventSourceMapping: {},
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Refuses query parameters and headers of an operation that would have to be ignored.
 *
 * @throws {LambdaError} NotImplementedException, naming the parameter
 */
export function checkParameters(
  operation: OperationName,
  query: URLSearchParams,
  headers: Headers,
): void {
  const known = parameters[operation];
  for (const name of query.keys())
    if (!known.query?.includes(name)) throw notDone(`${name} in ${operation}`);
  for (const [header, member] of Object.entries(known.refusedHeaders ?? {}))
    if (headers[header] !== undefined) throw notDone(`${member} in ${operation}`);
}

/**
 * Parses the JSON body of an operation, its types checked.
 *
 * @throws {LambdaError} InvalidRequestContentException, SerializationException; NotImplementedException for what would
 *   have to be ignored
 */
export function parseBody<Of extends object>(operation: OperationName, body: Buffer): Of {
  const known = parameters[operation];
  let parsed: unknown = {};
  try {
    if (body.byteLength > 0) parsed = JSON.parse(body.toString());
  } catch (cause) {
    throw unreadable('Could not parse request body into json', cause);
  }
  const fields = fieldsOf(parsed, 'The request body');
  objectOf(known.body ?? {})(fields, '', operation);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Of;
}

/** One of the values that a parameter may have. @throws {LambdaError} ValidationException */
export function oneOf<Value extends string>(
  parameter: string,
  value: string,
  allowed: readonly Value[],
): Value {
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw invalidValue(parameter, value, `enum value set: [${allowed.join(', ')}]`);
  return found;
}
