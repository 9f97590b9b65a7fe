import type { LockRecord } from '@chorus/promotion';
import type { ModelVersion } from '../pins.ts';
import type { Versioned } from './first-version.ts';

/** The stacks of a stage, in the order in which they are deployed: the ids in the assembly. */
export const stackIds = ['Foundation', 'Functions', 'Serving'] as const;
export type StackId = (typeof stackIds)[number];

/** The facts about the credentials and the account that they are of. */
export interface AccountTools {
  identity(): Promise<{ readonly account: string; readonly partition: string }>;
  /** Environments that the account may have at once, and those that no function reserves. */
  concurrency(): Promise<{ readonly limit: number; readonly unreserved: number }>;
  /** Names of the availability zones of the region that can be used. */
  zones(): Promise<readonly string[]>;
  /** The version of the CDK's bootstrap stack, by the parameter that has it; undefined where there is none. */
  bootstrapVersion(parameter: string): Promise<number | undefined>;
}

/** A stack as CloudFormation describes it. */
export interface StackState {
  readonly name: string;
  /** `UPDATE_COMPLETE` */
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly isProtected: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a stack is taken back to. */
export interface StackBefore {
  readonly template: string;
  /** Names of its parameters; their values stay. */
  readonly parameters: readonly string[];
}

/** A stack's template as it was given, and those of the stacks nested in it, by their logical ids. */
export interface TemplateTree {
  readonly template: string;
  readonly nested: Readonly<Record<string, TemplateTree>>;
}

/** A resource of a stack, or of one nested in it. */
export interface StackResource {
  /** `AWS::S3::Bucket` */
  readonly type: string;
  /** Its physical id. */
  readonly id: string;
}

/** CloudFormation, by the physical names of stacks. */
export interface StackTools {
  /** @returns undefined for a stack that there is not */
  read(name: string): Promise<StackState | undefined>;
  /** The templates of a stack and of those nested in it. */
  templates(name: string): Promise<TemplateTree>;
  /** Reads what a stack has to be taken back to. */
  before(name: string): Promise<StackBefore>;
  /** The reason of the first resource that failed in the last operation of a stack, for people. */
  reason(name: string): Promise<string | undefined>;
  /**
   * Deploys a stack of an assembly, by the CDK's command line, and waits.
   *
   * @throws {InfraError} if it fails, or is interrupted: CloudFormation may then still be at work
   */
  deploy(request: {
    readonly assembly: string;
    /** `production/Serving` */
    readonly path: string;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  }): Promise<void>;
  /** Updates a stack to a template that it had, and waits. Changes nothing where it has that. */
  restore(name: string, before: StackBefore, bucket: string): Promise<void>;
  /** Ends an operation that is under way, an update by taking it back, and waits. @returns the status that it ends with */
  settle(name: string): Promise<string | undefined>;
  protect(name: string, isProtected: boolean): Promise<void>;
  /** All resources, those of nested stacks too. */
  resources(name: string): Promise<readonly StackResource[]>;
  /** Deletes a stack and waits. @throws {InfraError} with the reason of the first resource that could not be deleted */
  remove(name: string): Promise<void>;
  /** All stacks whose name begins so. */
  list(prefix: string): Promise<readonly StackState[]>;
}

/** An alias, and the versions beside its own that get a share of its requests. */
export interface AliasState {
  readonly version: string;
  readonly canaries: readonly string[];
}

/** The environments that Lambda keeps initialised for a version, and bills. */
export interface KeptReady {
  readonly version: string;
  readonly environments: number;
  /** `IN_PROGRESS`, `READY` or `FAILED` */
  readonly status: string;
  readonly problem?: string;
}

/** Lambda, by the physical names of functions. */
export interface FunctionTools {
  /** @returns undefined for a function or an alias that there is not */
  alias(functionName: string, alias: string): Promise<AliasState | undefined>;
  /** The model that a version of a function serves; undefined for one that serves none. */
  model(functionName: string, version: string): Promise<ModelVersion | undefined>;
  /** Points an alias at one version, all of it. */
  moveAlias(functionName: string, alias: string, version: string): Promise<void>;
  /** Environments that a function reserves; 0 for none, also of a function that there is not. */
  reserved(functionName: string): Promise<number>;
  /** What the versions of a function keep ready; nothing also of a function that there is not. */
  keptReady(functionName: string): Promise<readonly KeptReady[]>;
  /** Has a version keep so many environments ready; Lambda makes them by and by. */
  keepReady(functionName: string, version: string, environments: number): Promise<void>;
  /** Has a version keep none; also one that keeps none. */
  endReady(functionName: string, version: string): Promise<void>;
  /** Asks a version. @throws {InvocationError} if it fails */
  invoke(functionName: string, qualifier: string, event: unknown): Promise<unknown>;
}

/** A move of requests from one version of a function to another. */
export interface Shift {
  readonly functionName: string;
  readonly alias: string;
  readonly from: string;
  readonly to: string;
}

/** `Succeeded`, `Failed` and `Stopped` are the ends of it. */
interface ShiftState {
  readonly status: string;
  readonly problem?: string;
}

/** CodeDeploy. A deployment group is named as its function. */
export interface TrafficTools {
  /** Begins to move requests. @returns its id; undefined where there is no such application or group yet */
  start(application: string, shift: Shift): Promise<string | undefined>;
  state(id: string): Promise<ShiftState>;
  /** Stops it, if it is under way, and takes it back. */
  stop(id: string): Promise<void>;
  /** Those under way, by function. */
  running(
    application: string,
    functionNames: readonly string[],
  ): Promise<readonly { readonly id: string; readonly functionName: string }[]>;
}

/** The feature store's database, through the Data API. */
export interface DatabaseTools {
  /**
   * Runs a statement as the administrator.
   *
   * @returns the first column of each row
   * @throws {DatabaseResumingError} while the database wakes up
   */
  execute(
    place: { readonly cluster: string; readonly secret: string },
    sql: string,
  ): Promise<readonly string[]>;
  /** Deletes a cluster with its instances, without a snapshot, and waits. */
  remove(cluster: string): Promise<void>;
}

/** A page of a bucket, or its settings. */
export interface StoredPage {
  readonly key: string;
  readonly body: Uint8Array;
  readonly type: string | undefined;
  readonly cacheControl: string | undefined;
}

/** Buckets. */
export interface BucketTools {
  registry(bucket: string): Versioned;
  /** The holder of a model's lock, if there is one. */
  lock(bucket: string, model: string): Promise<LockRecord | undefined>;
  /** Does something while no promotion of these models can begin; the signal says that a lock was lost. */
  whileLocked<Result>(
    bucket: string,
    models: readonly string[],
    work: (lost: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  uploadPages(bucket: string, folder: string): Promise<void>;
  /** Reads the pages that visitors get now. */
  readPages(bucket: string): Promise<readonly StoredPage[]>;
  /** Has visitors get these pages, and no others. */
  restorePages(bucket: string, pages: readonly StoredPage[]): Promise<void>;
  /** Deletes all objects in all versions. @returns how many */
  empty(bucket: string): Promise<number>;
  remove(bucket: string): Promise<void>;
}

/** Everything at AWS that a release and a removal act through: the SDK at work, a fake with a memory in tests. */
export interface AwsTools {
  readonly account: AccountTools;
  readonly stacks: StackTools;
  readonly functions: FunctionTools;
  readonly traffic: TrafficTools;
  readonly database: DatabaseTools;
  readonly buckets: BucketTools;
  /** Runs a state machine by its name to its end. @returns its output @throws {InvocationError} if it fails */
  runMachine(name: string, input: unknown): Promise<unknown>;
  /** The value of an API key. */
  apiKey(id: string): Promise<string>;
  /** Asks a deployed API over HTTP; requests of an API that takes AWS's signatures are signed. */
  fetch(request: Request, isSigned: boolean): Promise<Response>;
  /** Lets so many milliseconds pass. @throws the signal's reason when it is raised */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}
