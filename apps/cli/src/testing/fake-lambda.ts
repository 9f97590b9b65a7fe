import type { IncomingMessage, ServerResponse } from 'node:http';

type Environment = Record<string, string>;

/** A function as the fake keeps it; tests read and change it. */
export interface FakeFunction {
  /** The variables of `$LATEST`. */
  environment: Environment;
  revision: number;
  /** Environments of the published versions; the first is version 1. */
  readonly versions: Environment[];
  /** The alias `live`; undefined before the first swap. */
  live: FakeAlias | undefined;
  /** How many more readings say `InProgress`; set to `slowness` by each update. */
  inProgress: number;
  slowness: number;
  /** The status that an update ends with. */
  outcome: 'Successful' | 'Failed';
  /** Called at each update of `$LATEST` before its revision is checked: here another client may be faster. */
  onUpdate: (fake: FakeFunction) => void;
  /** The same at each update of the alias. */
  onMove: (fake: FakeFunction) => void | Promise<void>;
  /** Returns a version's answer to any event: a value, or an error as Lambda tells it. */
  answer: (environment: Environment) => unknown;
  readonly events: { readonly version: string; readonly event: unknown }[];
}

interface FakeAlias {
  FunctionVersion: string;
  Description: string;
  RoutingConfig?: { AdditionalVersionWeights: Record<string, number> };
  revision: number;
}

/** Marks an answer as the error of a function. */
export class FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;

  constructor(errorType: string, errorMessage: string) {
    this.errorType = errorType;
    this.errorMessage = errorMessage;
  }
}

/** Returns the answer of a model's version, both to whether it is ready and to two rows. */
export function answerOfVersion(version: string | undefined): Readonly<Record<string, unknown>> {
  const price = { name: 'price', datatype: 'FP64', shape: [2], data: [24, 24] };
  return { ready: true, model_version: version, outputs: [price] };
}

/** A function that serves whatever its MODEL_KEY names, live as version 1. */
export function fakeFunction(environment: Environment): FakeFunction {
  return {
    environment,
    revision: 1,
    versions: [{ ...environment }],
    live: { FunctionVersion: '1', Description: '', revision: 1 },
    inProgress: 0,
    slowness: 0,
    outcome: 'Successful',
    onUpdate: () => {},
    onMove: () => {},
    answer: ({ MODEL_KEY = '' }) => answerOfVersion(MODEL_KEY.split('/')[2]),
    events: [],
  };
}

/** An answer of the fake: status, body, and headers. */
type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>];

const refuse = (status: number, name: string, message: string): Reply => [
  status,
  { Type: 'User', Message: message },
  { 'x-amzn-errortype': name },
];

/** Makes a function, with no version yet. */
function createFunction(
  functions: Map<string, FakeFunction>,
  input: {
    readonly FunctionName?: string;
    readonly Environment?: { readonly Variables: Environment };
  },
): Reply {
  const { FunctionName = '', Environment: environment } = input;
  if (functions.has(FunctionName))
    return refuse(409, 'ResourceConflictException', `Function already exist: ${FunctionName}`);
  const created = fakeFunction({ ...environment?.Variables });
  functions.set(FunctionName, { ...created, versions: [], live: undefined });
  return [201, { FunctionName }];
}

/** Invoke, and what makes functions, changes and reads their configurations, versions and aliases. */
export async function answerLambda(
  functions: Map<string, FakeFunction>,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  const [, , , name = '', part = ''] = pathname.split('/');
  const found = functions.get(name);
  const input = body.length === 0 ? {} : JSON.parse(body.toString());
  const qualifier = searchParams.get('Qualifier') ?? '$LATEST';
  const [status, reply, headers = {}] =
    name === '' && request.method === 'POST'
      ? createFunction(functions, input)
      : found === undefined
        ? refuse(404, 'ResourceNotFoundException', `Function not found: ${name}`)
        : await answerOf(found, `${request.method} ${part}`, input, qualifier);
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(reply));
}

async function answerOf(
  fake: FakeFunction,
  operation: string,
  input: Record<string, never>,
  qualifier: string,
): Promise<Reply> {
  switch (operation) {
    case 'POST invocations':
      return invoke(fake, input, qualifier);
    case 'GET ':
      return [200, { Configuration: readConfiguration(fake, qualifier)[1] }];
    case 'GET configuration':
      return readConfiguration(fake, qualifier);
    case 'PUT configuration':
      return updateConfiguration(fake, input);
    case 'POST versions':
      if (!isCurrent(input, fake.revision)) return conflict;
      fake.versions.push({ ...fake.environment });
      return [201, { Version: String(fake.versions.length) }];
    case 'GET versions':
      return [
        200,
        {
          Versions: fake.versions.map((Variables, index) => ({
            Version: String(index + 1),
            Environment: { Variables },
          })),
        },
      ];
    default:
      return answerAlias(fake, operation, input);
  }
}

const conflict = refuse(412, 'PreconditionFailedException', 'The Revision Id does not match');

function isCurrent({ RevisionId }: { RevisionId?: string }, revision: number): boolean {
  return RevisionId === undefined || RevisionId === String(revision);
}

async function answerAlias(
  fake: FakeFunction,
  operation: string,
  input: Partial<FakeAlias> & { RevisionId?: string },
): Promise<Reply> {
  if (operation === 'POST aliases') {
    const { FunctionVersion = '', Description = '' } = input;
    fake.live = { FunctionVersion, Description, revision: 1 };
    return [201, fake.live];
  }
  if (operation === 'PUT aliases') await fake.onMove(fake);
  if (fake.live === undefined) return refuse(404, 'ResourceNotFoundException', 'Cannot find alias');
  if (operation === 'PUT aliases') {
    if (!isCurrent(input, fake.live.revision)) return conflict;
    const { RevisionId: _, ...change } = input;
    fake.live = { ...fake.live, ...change, revision: fake.live.revision + 1 };
  }
  return [200, { ...fake.live, RevisionId: String(fake.live.revision) }];
}

function versionOf(fake: FakeFunction, qualifier: string): string {
  return qualifier === 'live' ? (fake.live?.FunctionVersion ?? '') : qualifier;
}

function environmentOf(fake: FakeFunction, version: string): Environment {
  return version === '$LATEST' ? fake.environment : (fake.versions[Number(version) - 1] ?? {});
}

function invoke(fake: FakeFunction, event: unknown, qualifier: string): Reply {
  const version = versionOf(fake, qualifier);
  fake.events.push({ version, event });
  const answer = fake.answer(environmentOf(fake, version));
  return [
    200,
    answer,
    {
      'x-amz-executed-version': version,
      ...(answer instanceof FunctionFailure && { 'x-amz-function-error': 'Unhandled' }),
    },
  ];
}

function readConfiguration(fake: FakeFunction, qualifier: string): Reply {
  const version = versionOf(fake, qualifier);
  const isLatest = version === '$LATEST';
  if (isLatest && fake.inProgress > 0 && --fake.inProgress === 0) {
    // On AWS the end of an update is a new revision too.
    fake.revision++;
  }
  return [
    200,
    {
      Version: version,
      Environment: { Variables: environmentOf(fake, version) },
      State: 'Active',
      RevisionId: isLatest ? String(fake.revision) : version,
      LastUpdateStatus: isLatest && fake.inProgress > 0 ? 'InProgress' : fake.outcome,
      LastUpdateStatusReason: fake.outcome === 'Failed' ? 'no such image' : undefined,
    },
  ];
}

function updateConfiguration(
  fake: FakeFunction,
  input: {
    readonly Environment?: { readonly Variables: Environment };
    readonly RevisionId?: string;
  },
): Reply {
  fake.onUpdate(fake);
  if (!isCurrent(input, fake.revision)) return conflict;
  fake.environment = { ...input.Environment?.Variables };
  fake.revision++;
  fake.inProgress = fake.slowness;
  return readConfiguration({ ...fake, inProgress: fake.slowness }, '$LATEST');
}
