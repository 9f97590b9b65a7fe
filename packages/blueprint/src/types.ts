import type { InferRequest, ModelSchema } from '@chorus/protocol';
import type { AnswerSpec } from './answers/answer.ts';
import type { JobSpec } from './jobs/job-spec.ts';
import type { BucketLink } from './links/bucket.ts';
import type { BusLink } from './links/bus.ts';
import type { ExecutionsLink } from './links/executions.ts';
import type { JobLink } from './links/job.ts';
import type { Link } from './links/link.ts';
import type { QueueLink } from './links/queue.ts';
import type { TableLink } from './links/table.ts';
import type { TopicLink } from './links/topic.ts';
import type {
  BusSpec,
  DeadLettersSpec,
  QueueSpec,
  ScheduleSpec,
  TargetSpec,
  TopicSpec,
} from './messaging.ts';
import type { PageSpec } from './pages.ts';
import type { Request } from './requests/request.ts';

/** One Lambda function. */
export interface FunctionSpec {
  readonly name: string;
  /**
   * A model serves ONNX weights from the registry, and has the rights to its own; a task is a step of a workflow; an http
   * function answers routes.
   */
  readonly kind: 'model' | 'task' | 'http';
  /** Folder of the workspace package, from the repository's root; `src/main.ts` in it is the entry point. */
  readonly source: string;
  /**
   * Of a model: folder of the `model.onnx` and `manifest.json` that its first version is made of, from the repository's root.
   * @default `weights` in `source`
   */
  readonly weights?: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Most environments at once; the next event waits, and then is throttled (429). */
  readonly concurrency: number;
  /** Processor on Lambda; a laptop uses its own. @default the stage's, which is arm64 by default */
  readonly architecture?: 'x64' | 'arm64';
  /** Environments that Lambda keeps initialised, and bills, all the time; so does a laptop, as many as it has room for. Not with `snapStart`. @default 0 */
  readonly provisionedConcurrency?: number;
  /** Lambda starts environments from a snapshot of an initialised one. @default false */
  readonly snapStart?: boolean;
  /** On Lambda the function is asked whether it is ready every so many minutes, so that one environment stays. */
  readonly keepWarmMinutes?: number;
  /** Size of /tmp on Lambda. @default 512 */
  readonly temporaryStorageMb?: number;
  /** The resources it may use: each link gives it variables that say where that is, and the rights. @default nothing */
  readonly links?: readonly Link[];
  /** What becomes of events that are sent without waiting for an answer. @default two retries, then they are gone */
  readonly asynchronous?: AsynchronousSpec;
  /** A request that the model's versions answer before they are live; without it they get a workflow's example. */
  readonly example?: InferRequest;
}

/** How Lambda treats a function's asynchronous events. */
export interface AsynchronousSpec {
  /** How often an event that failed is tried again: after a minute, and after two. @default 2 */
  readonly retries?: 0 | 1 | 2;
  /** Events that are older are not tried again. @default 21600 */
  readonly maxAgeSeconds?: number;
  /** The queue that gets what failed for good, with its error. @default none */
  readonly onFailure?: { readonly queue: string };
}

/** The types of state machine, as Step Functions has them. */
export type WorkflowType = 'express' | 'standard';

/** What a state machine may use besides functions. */
export type WorkflowLink =
  | BucketLink
  | BusLink
  | ExecutionsLink
  | JobLink
  | QueueLink
  | TableLink
  | TopicLink;

/**
 * A state machine: Amazon States Language in which `${name}` stands for the ARN of the function `name`, and the variables of its
 * links for the names of tables and buckets, URLs of queues, ARNs of topics and of other state machines: `${REVIEWS_TABLE}`.
 */
export interface StateMachineSpec {
  readonly name: string;
  /**
   * An express workflow answers its request within seconds, and is forgotten. A standard one is started, keeps its history,
   * may wait for a year, and survives what runs it: it has no route, and is no model of the Open Inference Protocol.
   * @default 'express'
   */
  readonly type?: WorkflowType;
  readonly definition: Readonly<Record<string, unknown>>;
  /** The functions that the definition calls. */
  readonly functions: readonly FunctionSpec[];
  /** What its tasks use besides functions: each link gives it a variable that says where that is, and the rights. @default none */
  readonly links?: readonly WorkflowLink[];
  readonly timeoutSeconds: number;
}

/**
 * A state machine that callers do not ask by its name: a part of how workflows are answered. It is deployed with them, and is no
 * model of the Open Inference Protocol.
 */
export interface MachineSpec extends StateMachineSpec {
  /** The workflow that it is a part of, without which it is not deployed. @default the service */
  readonly of?: string;
}

/** How the models of a workflow are asked by messages, if all it does is to gather what they say of the request. */
export interface FannedOut {
  /** The questions as templates, in which the request's variables may stand: each is asked of some models. */
  readonly questions: readonly {
    readonly models: readonly string[];
    readonly inputs?: unknown;
    readonly outputs?: unknown;
  }[];
  /** A template of how many rows are asked about. */
  readonly rows: string;
  /**
   * The definition that makes the workflow's answer of `{rows, answers}`: by model `{payload, attempts}` if it has answered, else
   * `{error, message}`.
   */
  readonly finish: Readonly<Record<string, unknown>>;
}

/** A state machine that answers requests of callers, by its name. */
export interface WorkflowSpec extends StateMachineSpec {
  /** How many of its models must answer at least. */
  readonly quorum: number;
  /** A request body to try it with. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The request, for each entrance. */
  readonly request: Request;
  /** The definition of the same machine with the times of each question in its answer. @default it has no timeline */
  readonly traced?: () => Readonly<Record<string, unknown>>;
  /** How its models are asked by messages. @default it does more than to ask models */
  readonly fannedOut?: FannedOut;
  /** The answer made of the machine's output, for each entrance. */
  readonly answer: AnswerSpec;
  /** The workflow as an Open Inference Protocol model. */
  readonly schema: ModelSchema;
}

/** A parameter of a route, for the API's document. */
export interface ParameterDocument {
  readonly name: string;
  /** A `path` parameter stands in braces in the route's path. */
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  /** JSON Schema of its value. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example?: string;
}

/** The body and the answers of a route to a function, for the API's document. */
export interface RouteDocument {
  readonly summary: string;
  /** Those of the path that are not named here are texts. @default none but the path's own */
  readonly parameters?: readonly ParameterDocument[];
  /** JSON Schema of the body; none for a route without one. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly example?: unknown;
  /** JSON Schema of the answer. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** Status of the answer. @default 200 */
  readonly status?: number;
  /** Statuses of its failures, whose body is `{"error": …}`. */
  readonly failures: readonly number[];
}

/** The state machines that a route starts instead of its workflow, by its query string. */
export interface AsynchronousRoute {
  /** For `?async=1`: takes an `AcceptInput`, and answers with an id. */
  readonly accept: string;
  /** For any other value than 0: answers that there is no such value. */
  readonly refuse: string;
  /** For `webhook` without `async=1`: answers that nothing is told of an answer that comes at once. */
  readonly refuseWebhook: string;
}

/** The state machines that a route starts instead of its workflow, by `trace` in its query string. */
interface TracedRoute {
  /** For `?trace=1`: the workflow, with a timeline in its answer. */
  readonly machine: string;
  /** For any other value than 0, and for an answer that comes later. */
  readonly refuse: string;
}

/**
 * A route of the HTTP API: straight to a state machine, or to a function. `{name}` in a path stands for one segment,
 * `{name+}` at its end for all that follow; a function gets them with the request. One path may have several methods.
 */
export type RouteSpec =
  | {
      readonly method: 'POST';
      readonly path: string;
      readonly workflow: string;
      readonly asynchronous?: AsynchronousRoute;
      readonly traced?: TracedRoute;
      /** The state machine that starts these for a request with an Idempotency-Key, so that it is answered once. */
      readonly once?: string;
    }
  | {
      readonly method: 'ANY' | 'GET' | 'POST';
      readonly path: string;
      readonly function: string;
      readonly document?: RouteDocument;
    };

export interface BucketSpec {
  readonly name: string;
  readonly purpose: string;
  /** Objects are removed after so many days; without it they stay. */
  readonly expireDays?: number;
  /** The same of those whose keys start so: `scratch/`. @default they stay, or go, with the others */
  readonly expiring?: readonly { readonly prefix: string; readonly days: number }[];
  /** Web pages may PUT with presigned URLs (CORS). @default false */
  readonly browserUploads?: boolean;
  /** What new objects start. @default nothing */
  readonly created?: readonly CreatedSpec[];
}

/** What an object starts that is written to a bucket: a rule for S3's "Object Created" on EventBridge's default bus. */
export interface CreatedSpec extends DeadLettersSpec {
  /** Of the rule; the default bus is the account's, so no other rule may have it. */
  readonly name: string;
  /** Start of the keys that count: `in/`. */
  readonly prefix: string;
  /** Started with the event, or with its own input where it has one. At least once for each write. */
  readonly target: Exclude<TargetSpec, { readonly queue: string }>;
}

/** An attribute of a table's key: text, number or bytes, by DynamoDB's letters. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** Another key by which a table's items are found, with all of their attributes; it lags behind the table on AWS. */
export interface IndexSpec {
  readonly name: string;
  readonly key: KeyAttribute;
  readonly sort?: KeyAttribute;
}

/** A table of DynamoDB. Its key cannot change: a table with another key has another name. */
export interface TableSpec {
  readonly name: string;
  readonly purpose: string;
  /** The attribute that items are divided by. */
  readonly key: KeyAttribute;
  /** The attribute that items of one key are in the order of. */
  readonly sort?: KeyAttribute;
  /**
   * Attribute with the epoch seconds at which an item expires; it is removed up to days later, so readers look at it too.
   * @default items stay
   */
  readonly ttl?: string;
  readonly indexes?: readonly IndexSpec[];
}

/** PostgreSQL with a Redis-protocol cache before it; functions with the link `featureStore()` ask it. */
export interface FeatureStoreSpec {
  /** Folder of the package that has the migrations, from the repository's root. */
  readonly source: string;
  /** Most connections to the database, all environments of all functions together. */
  readonly maxConnections: number;
}

/** Everything the service is made of, said once: `infra` deploys it, `apps/local` runs it. */
export interface Blueprint {
  readonly functions: readonly FunctionSpec[];
  readonly workflows: readonly WorkflowSpec[];
  /** State machines that are parts of how these are answered. */
  readonly machines?: readonly MachineSpec[];
  readonly routes: readonly RouteSpec[];
  readonly buckets: readonly BucketSpec[];
  readonly tables?: readonly TableSpec[];
  readonly queues?: readonly QueueSpec[];
  readonly topics?: readonly TopicSpec[];
  readonly buses?: readonly BusSpec[];
  readonly schedules?: readonly ScheduleSpec[];
  readonly jobs?: readonly JobSpec[];
  readonly featureStore?: FeatureStoreSpec;
  /** `start` always serves them; a deployment only with `publicPages`. */
  readonly pages?: readonly PageSpec[];
  /** On AWS the pages, and public twins of the routes that they call, are open to everyone. @default false */
  readonly publicPages?: boolean;
}
