import type { Blueprint } from '@chorus/blueprint';

/** Weights that a model's function is deployed with. */
export interface ModelVersion {
  /** `v7` */
  readonly version: string;
  /** The digest of the weights, hexadecimal; without it the function trusts the manifest beside them. */
  readonly sha256?: string | undefined;
}

/**
 * The callers that the API accepts: holders of a key with a quota, callers who sign with AWS credentials, or
 * everyone.
 */
export type ApiAccess = 'api-key' | 'iam' | 'open';

/** A name of one's own for the public pages. */
export interface PageDomain {
  /** `photos.example.com`; a CNAME record of it leads to the output PageTarget. */
  readonly name: string;
  /** ARN of its certificate; CloudFront takes those of us-east-1 only. */
  readonly certificate: string;
}

/** One deployment of the service. */
export interface StageOptions {
  /** `production`, `staging`; the id of the stage in the assembly. All physical names follow from it. */
  readonly name: string;
  /** By model. One that is missing is deployed without weights and answers `ModelLoadError` until it is promoted. */
  readonly versions: Readonly<Record<string, ModelVersion>>;
  /** @default 'api-key' */
  readonly access?: ApiAccess;
  /** Requests per second of the whole API. @default 100 */
  readonly requestsPerSecond?: number;
  /** Requests per month of an API key. @default 1000000 */
  readonly requestsPerMonth?: number;
  /** Requests per second of each public route, of all visitors together; with `publicPages`. @default 5 */
  readonly publicRequestsPerSecond?: number;
  /** Requests per month of all public routes together. @default 100000 */
  readonly publicRequestsPerMonth?: number;
  /** @default CloudFront's own name and certificate */
  readonly pageDomain?: PageDomain | undefined;
  /** How long logs are kept. @default 30 */
  readonly logDays?: number;
  /** Hold each function to its `concurrency`; an account with a limit of 10 cannot. @default true */
  readonly reservesConcurrency?: boolean;
  /** RDS Proxy before the feature store's database: for more environments than it has connections. @default false */
  readonly databaseProxy?: boolean;
  /** ARN of the SNS topic that alarms go to. @default alarms only show on the dashboard */
  readonly alarmTopic?: string | undefined;
  /** Monthly cost in dollars, projected from the last hour, above which an alarm goes off. @default 100 */
  readonly monthlyBudget?: number;
  /** Commit that is deployed; an output of the Serving stack, which a rollback goes back to. @default 'unknown' */
  readonly commit?: string;
}

/** The app to deploy. */
export interface AppOptions {
  readonly blueprint: Blueprint;
  /** The repository's root, absolute. */
  readonly root: string;
  readonly stages: readonly StageOptions[];
  /** `optional` puts something that cannot be built in the place of a missing bundle. @default 'required' */
  readonly bundles?: 'required' | 'optional';
  /** Image with Node 24 that the functions are built on. @default the Dockerfile's own */
  readonly baseImage?: string | undefined;
  /** Layers are kept in the cache of GitHub Actions. @default 'none' */
  readonly imageCache?: 'none' | 'gha';
}
