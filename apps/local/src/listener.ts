import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Credentials,
  type Handle,
  RequestAbortedError,
  signedHandler,
} from '@chorus/emulator-aws';
import type { BatchEmulator } from '@chorus/emulator-batch';
import type { DynamodbEmulator } from '@chorus/emulator-dynamodb';
import type { EventsEmulator } from '@chorus/emulator-events';
import type { LambdaEmulator } from '@chorus/emulator-lambda';
import type { LogsEmulator } from '@chorus/emulator-logs';
import type { QueuesEmulator } from '@chorus/emulator-queues';
import type { S3Emulator } from '@chorus/emulator-s3';
import type { StatesEmulator } from '@chorus/emulator-states';
import type { StsEmulator } from '@chorus/emulator-sts';
import type { Pages } from '@chorus/pages';
import { whyStrange } from '@chorus/pages';
import type { Admission } from './admission.ts';
import { type Refusal, refuse } from './refusals.ts';
import { acceptTarget } from './request-target.ts';
import { type Destination, destinationOf } from './router.ts';
import { refuseForNow } from './too-many-requests.ts';
import { refuseService } from './unknown-service.ts';

export interface Services {
  readonly s3: S3Emulator;
  readonly batch: BatchEmulator;
  readonly lambda: LambdaEmulator;
  readonly states: StatesEmulator;
  readonly sts: StsEmulator;
  readonly dynamodb: DynamodbEmulator;
  /** EventBridge. */
  readonly events: EventsEmulator;
  /** EventBridge Scheduler, which is of the same emulator. */
  readonly scheduler: Pick<EventsEmulator, 'handle'>;
  /** CloudWatch Logs. */
  readonly logs: LogsEmulator;
  /** What `chorus` asks the local cloud itself. */
  readonly chorus: { readonly handle: Handle };
  readonly queues: QueuesEmulator;
  /** The admission of work that is asked for from outside. */
  readonly admission: Admission;
  api(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void>;
}

export interface ListenerOptions {
  /** The keys that requests to AWS services must be signed with. */
  readonly credentials: Credentials;
  requestId(): string;
  /** Whether the HTTP API has a route for a path. */
  isRoute(path: string): boolean;
  readonly pages: Pages | undefined;
  /** Origins that uploads from pages go to. */
  uploadOrigins(): readonly string[];
}

const starting: Refusal = {
  status: 503,
  code: 'ServiceUnavailableException',
  message: 'the local cloud is starting; ask again in a moment',
  retryAfter: 1,
};

const stopping: Refusal = {
  status: 503,
  code: 'ServiceUnavailableException',
  message: 'the local cloud is stopping',
  retryAfter: 5,
};

const free = (): void => {};

/** Returns the API through which a request starts functions or workflows, if it does. */
function workOf(
  destination: Destination,
  { url = '', headers }: IncomingMessage,
): 'api' | 'lambda' | 'states' | undefined {
  if (destination === 'api') return destination;
  if (destination === 'lambda' && /\/invocations(\?|$)/.test(url)) return destination;
  const isExecution = headers['x-amz-target'] === 'AWSStepFunctions.StartSyncExecution';
  return destination === 'states' && isExecution ? destination : undefined;
}

/** Calls that functions make for events they have are not counted: their event is, and would wait for itself. */
function isNested({ lambda }: Services, { headers }: IncomingMessage): boolean {
  const trace = headers['x-amzn-trace-id'];
  return typeof trace === 'string' && lambda.service.isNested(trace);
}

/** The one port's listener, and its beginning and end. */
export interface Listener {
  listen(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Serves the AWS APIs and the Runtime API from now on, and the routes of the API once `ready` has settled. Every
   * request before that is answered: 503 with Retry-After, and 200 for whether the process lives.
   */
  open(services: Services, ready: Promise<unknown>): void;
  /**
   * Refuses new requests to the API (503) and resolves when those in flight are answered. Workers are still served:
   * a request in flight may need one that is only starting.
   */
  drain(): Promise<void>;
  /**
   * Answers (503) every request that is still unanswered, and all that come after: the services are closed next. Workers
   * may still say how their events ended.
   */
  refuseRest(): void;
}

/** A bug in a service is a 500 and a line on standard error, never a crash. */
export function createListener(options: ListenerOptions): Listener {
  const { credentials, requestId, isRoute, pages, uploadOrigins } = options;
  const isPage = (path: string): boolean => pages?.has(path) === true;
  let services: Services | undefined;
  let isReady = false;
  let drained: (() => void) | undefined;
  let isOver = false;
  /** Requests that were answered while a service was still at them. */
  const refused = new WeakSet<ServerResponse>();
  /** Requests that are not answered yet, but for those of workers. */
  const inFlight = new Map<ServerResponse, Destination>();

  async function handle(
    opened: Services,
    destination: Exclude<Destination, 'page'>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (destination === 'runtime') return opened.lambda.handle(request, response);
    if (destination === 's3') return opened.s3.handle(request, response);
    const id = requestId();
    const work = workOf(destination, request);
    const isCounted = work !== undefined && !isNested(opened, request);
    const leave = isCounted ? opened.admission.tryEnter() : free;
    if (work !== undefined && leave === undefined) {
      request.resume();
      refuseForNow(work, opened.admission.limit, id, response);
      return;
    }
    try {
      await serve(opened, destination, request, response, id);
    } finally {
      leave?.();
    }
  }

  async function serve(
    services: Services,
    destination: Exclude<Destination, 'runtime' | 's3' | 'page'>,
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
  ): Promise<void> {
    if (destination === 'api') return services.api(request, response, id);
    if (destination === 'sqs') return services.queues.handleSqs(request, response);
    if (destination === 'sns') return services.queues.handleSns(request, response);
    if (typeof destination === 'string') return services[destination].handle(request, response);
    const refuseSigned = signedHandler({
      credentials,
      answer: ({ headers, requestId }, response) =>
        refuseService(destination.unknown, headers, requestId, response),
    });
    return refuseSigned(request, response);
  }

  /** Returns the reason not to serve a request now, or at all. */
  function refusalOf(
    request: IncomingMessage,
    destination: Destination,
    isPath: boolean,
  ): Refusal | undefined {
    const mayShare = destination === 's3' && services?.s3.service.takesFromPages(request) === true;
    const strange = whyStrange(request, mayShare);
    if (strange !== undefined) return { status: 403, code: 'AccessDenied', message: strange };
    if (!isPath)
      return {
        status: 400,
        code: 'InvalidURI',
        message: `The request target ${request.url} is neither a path nor an http URL.`,
      };
    if (isOver && destination !== 'runtime') return stopping;
    // A page is there before what it asks.
    if (destination === 'page') return undefined;
    if (destination === 'api' && drained !== undefined) return stopping;
    if (services === undefined || (destination === 'api' && !isReady)) return starting;
    return undefined;
  }

  function serving(
    destination: Destination,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> | undefined {
    if (destination === 'page') return pages?.send(request, response, uploadOrigins());
    return services && handle(services, destination, request, response);
  }

  return {
    listen(request, response) {
      const isPath = acceptTarget(request);
      const hasBucket = (name: string) => services?.s3.service.hasBucket(name) === true;
      const destination = destinationOf(request, { isRoute, isPage, hasBucket });
      const head = request.method === 'HEAD';
      const refusal = refusalOf(request, destination, isPath);
      if (refusal !== undefined) {
        // The body is read and thrown away: an answer before its end could be lost with the connection.
        request.resume();
        if (refusal === stopping) response.setHeader('connection', 'close');
        if (refusal === starting && isLiveness(request)) {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(head ? undefined : '{"live":true}');
          return;
        }
        refuse(response, destination, refusal, head);
        return;
      }
      if (destination !== 'runtime') {
        inFlight.set(response, destination);
        response.once('close', () => {
          inFlight.delete(response);
          if (inFlight.size === 0) drained?.();
        });
      }
      const served = serving(destination, request, response);
      served?.catch((error: unknown) => {
        if (error instanceof RequestAbortedError) return;
        if (refused.has(response) && isSecondAnswer(error)) return;
        // A worker's path holds its secret.
        const where = destination === 'runtime' ? 'the Runtime API' : request.url;
        console.error(`${request.method} ${where} failed:`, error);
        if (!response.headersSent)
          refuse(response, destination, {
            status: 500,
            code: 'InternalFailure',
            message: 'internal error of the local cloud; see its output',
          });
        else response.destroy();
      });
    },
    open(opened, ready) {
      services = opened;
      const serve = () => {
        isReady = true;
      };
      ready.then(serve, () => {});
    },
    drain: () =>
      new Promise((resolve) => {
        drained = resolve;
        if (inFlight.size === 0) resolve();
      }),
    refuseRest() {
      isOver = true;
      for (const [response, destination] of inFlight) {
        if (response.headersSent) continue;
        refused.add(response);
        refuse(response, destination, stopping);
      }
    },
  };
}

/** The question whether the process lives; the gateway function answers it once it can be asked. */
function isLiveness({ method, url }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && url === '/v2/health/live';
}

/** True of what Node throws at a service that answers a request which has its answer. */
function isSecondAnswer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_HTTP_HEADERS_SENT';
}
