import type { IncomingMessage, ServerResponse } from 'node:http';

/** A function as the fake keeps it; tests read and change it. */
export interface FakeFunction {
  environment: Record<string, string>;
  revision: number;
  /** How many more readings say `InProgress`; set to `slowness` by each update. */
  inProgress: number;
  slowness: number;
  /** What an update ends with. */
  outcome: 'Successful' | 'Failed';
  /** Called at each update before its revision is checked: here somebody else may be faster. */
  onUpdate: (fake: FakeFunction) => void;
  /** What the function answers to any event: a value, or an error as Lambda tells it. */
  answer: (environment: Record<string, string>) => unknown;
  readonly events: unknown[];
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

/** A function that serves whatever its MODEL_KEY names. */
export function fakeFunction(environment: Record<string, string>): FakeFunction {
  return {
    environment,
    revision: 1,
    inProgress: 0,
    slowness: 0,
    outcome: 'Successful',
    onUpdate: () => {},
    answer: ({ MODEL_KEY = '' }) => ({ ready: true, model_version: MODEL_KEY.split('/')[2] }),
    events: [],
  };
}

/** GetFunctionConfiguration, UpdateFunctionConfiguration and Invoke. */
export function answerLambda(
  functions: Map<string, FakeFunction>,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const [, , , name = '', part = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  const found = functions.get(name);
  if (found === undefined) {
    fail(response, 404, 'ResourceNotFoundException', `Function not found: ${name}`);
    return;
  }
  if (part === 'invocations') {
    found.events.push(JSON.parse(body.toString()));
    const answer = found.answer(found.environment);
    const isFailure = answer instanceof FunctionFailure;
    response
      .writeHead(200, isFailure ? { 'x-amz-function-error': 'Unhandled' } : {})
      .end(JSON.stringify(answer));
    return;
  }
  if (request.method === 'PUT') {
    found.onUpdate(found);
    const { Environment, RevisionId } = JSON.parse(body.toString());
    if (RevisionId !== String(found.revision)) {
      fail(response, 412, 'PreconditionFailedException', 'The Revision Id does not match');
      return;
    }
    found.environment = Environment.Variables;
    found.revision++;
    found.inProgress = found.slowness;
  } else if (found.inProgress > 0 && --found.inProgress === 0) {
    // On AWS the end of an update is a new revision too.
    found.revision++;
  }
  const configuration = {
    FunctionName: name,
    Environment: { Variables: found.environment },
    RevisionId: String(found.revision),
    LastUpdateStatus: found.inProgress > 0 ? 'InProgress' : found.outcome,
    LastUpdateStatusReason: found.outcome === 'Failed' ? 'no such image' : undefined,
  };
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify(configuration));
}

function fail(response: ServerResponse, status: number, name: string, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name })
    .end(JSON.stringify({ Type: 'User', Message: message }));
}
