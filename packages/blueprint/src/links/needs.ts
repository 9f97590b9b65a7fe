/** Part of the service that a policy names; each home writes its ARN. */
export type Resource =
  | { readonly kind: 'bucket'; readonly bucket: string }
  /** Objects of a bucket: a key, in which `*` stands for any text. */
  | { readonly kind: 'objects'; readonly bucket: string; readonly keys: string }
  /** A function as such, the version that its alias names, or each of its aliases and versions. */
  | { readonly kind: 'function'; readonly name: string; readonly which: 'itself' | 'live' | 'any' }
  | { readonly kind: 'workflow'; readonly name: string }
  /** A table, or one of its indexes. */
  | { readonly kind: 'table'; readonly table: string; readonly index?: string }
  | { readonly kind: 'queue'; readonly queue: NamedQueue }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'bus'; readonly bus: string }
  /** A job definition, or each of its revisions. */
  | { readonly kind: 'job'; readonly job: string; readonly which: 'itself' | 'revisions' }
  | { readonly kind: 'job-queue'; readonly queue: string }
  /** The log group of a function. */
  | { readonly kind: 'log'; readonly function: string }
  /** The user of the feature store's database that functions log in as. */
  | { readonly kind: 'database-user' };

/** One statement of an identity policy; it allows. */
export interface Statement {
  /** Letters and digits; statements of one function that share it are one, or are numbered. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly Resource[];
  /** Why some of its resources end in a wildcard. */
  readonly wildcard?: string;
}

/** The value of an environment variable; each home writes it, and leaves out the variables of what it does not have. */
export type Value =
  | { readonly kind: 'bucket'; readonly bucket: string }
  /** A function's name with the alias of the version that answers. */
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'workflow'; readonly name: string }
  | { readonly kind: 'table'; readonly table: string }
  /** A queue's URL. */
  | { readonly kind: 'queue'; readonly queue: NamedQueue }
  /** A topic's ARN. */
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'bus'; readonly bus: string }
  /** The ARN of a job definition, without a revision: the latest one runs. */
  | { readonly kind: 'job'; readonly job: string }
  /** The ARN of a queue of jobs. */
  | { readonly kind: 'job-queue'; readonly queue: string }
  /** What the names of a job's runs on SageMaker begin with, its image, or the ARN of its role; the last two are of a deployment. */
  | {
      readonly kind: 'training-job';
      readonly job: string;
      readonly part: 'name' | 'image' | 'role';
    }
  /** The name of a function's log group. */
  | { readonly kind: 'log'; readonly function: string }
  /** A URL of the feature store's database, or of the cache before it. */
  | { readonly kind: 'feature-store'; readonly part: 'database' | 'cache' }
  /** Key or checksum of the version that a model is deployed with, if there is one. */
  | { readonly kind: 'weights'; readonly model: string; readonly part: 'key' | 'sha256' }
  /** A JSON object: a name of the blueprint -> its name or ARN. */
  | { readonly kind: 'names'; readonly of: Readonly<Record<string, Value>> };

/** What a queue's physical name is made of. */
interface NamedQueue {
  readonly name: string;
  readonly fifo: boolean;
}

/** Names of what the blueprint has, which links may refer to. */
export interface Named {
  readonly functions: readonly string[];
  /** Those of the functions that are models. */
  readonly models: readonly string[];
  /** Those that callers ask for an answer. */
  readonly workflows: readonly string[];
  /** All state machines, and whether they answer (express) or are only started (standard). */
  readonly machines: readonly { readonly name: string; readonly answers: boolean }[];
  readonly buckets: readonly string[];
  readonly tables: readonly { readonly name: string; readonly indexes: readonly string[] }[];
  readonly queues: readonly NamedQueue[];
  readonly topics: readonly string[];
  readonly buses: readonly string[];
  readonly jobs: readonly {
    readonly name: string;
    readonly spot?: boolean;
    readonly sageMaker?: object;
  }[];
  readonly hasFeatureStore: boolean;
}

/** The needs of one link, or of all links of a function together, in every home. */
export interface Needs {
  readonly variables: Readonly<Record<string, Value>>;
  readonly statements: readonly Statement[];
  /** The function runs in the feature store's network, from which no other service is reached. @default false */
  readonly isolated?: boolean;
}
