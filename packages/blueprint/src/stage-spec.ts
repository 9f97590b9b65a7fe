/** The processor of the functions. */
export type Architecture = 'x64' | 'arm64';

/** The options of one function that a stage may set anew; those of the blueprint hold otherwise. */
export interface FunctionSize {
  readonly memoryMb?: number;
  /** Most environments at once. */
  readonly concurrency?: number;
  /** Environments that Lambda keeps initialised, and bills, of the version that a release made live. Not with `snapStart`. */
  readonly provisionedConcurrency?: number;
  readonly snapStart?: boolean;
  readonly keepWarmMinutes?: number;
}

/** A name of one's own, and its certificate. */
export interface DomainSpec {
  /** `api.example.com`; a CNAME record of it leads to an output of the deployment. */
  readonly name: string;
  /** ARN of its certificate: of the stage's region for the API, of us-east-1 for pages. */
  readonly certificate: string;
}

/** Tokens of an OpenID Connect issuer, such as a Cognito user pool. */
export interface JwtSpec {
  /** `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123` */
  readonly issuer: string;
  /** The client ids that tokens may be for. */
  readonly audience: readonly string[];
}

/** Requests per second, and at once. */
export interface Rate {
  readonly perSecond: number;
  /** @default twice `perSecond` */
  readonly burst?: number;
}

/** The way by which requests move to new code: all at once, or a tenth of them first, for so many minutes. */
export type Canary = 'all-at-once' | '10-percent-5-minutes' | '10-percent-15-minutes';

/** One stage: a deployment of the service, in an account of its own where possible. */
export interface StageSpec {
  readonly region: string;
  /** A deployment into any other account is refused. @default the account of the credentials */
  readonly account?: string;
  /** Availability zones of the feature store, two of them. @default the first two of the account */
  readonly zones?: readonly [string, string];
  /** @default 'arm64' */
  readonly architecture?: Architecture;
  /** The workflows that are served, with what they need and nothing else. @default all of the blueprint */
  readonly workflows?: readonly string[];
  /**
   * Without it, functions that ask the feature store answer that there is none; true keeps it even where none asks it.
   * @default as in the blueprint, where a function asks it
   */
  readonly featureStore?: boolean;
  /**
   * Requests that are answered later ask the models of a gather by a queue each, where the blueprint says so; otherwise their
   * workflow is run as a whole. $0.26 a month at rest for each of those models. @default false
   */
  readonly fanOut?: boolean;
  /** RDS Proxy before the feature store's database. @default false */
  readonly databaseProxy?: boolean;
  /**
   * By function: other sizes than the blueprint's. A function that is named here stays, even where no workflow of the stage asks
   * it: so one can go a release after the workflow that asked it.
   */
  readonly functions?: Readonly<Record<string, FunctionSize>>;
  /** Hold each function to its `concurrency`; an account with a limit of 10 cannot. @default true */
  readonly reservesConcurrency?: boolean;
  /** Who may call: holders of a key, callers who sign with AWS credentials or bring a token, or everyone. @default 'api-key' */
  readonly access?: 'api-key' | 'iam' | 'jwt' | 'open';
  /** With `access: 'jwt'`. */
  readonly jwt?: JwtSpec;
  /** @default API Gateway's own name */
  readonly domain?: DomainSpec;
  /** AWS WAF before the API: the managed rules and a rate for each address. $7 a month at rest. @default false */
  readonly waf?: boolean;
  /** Of the whole API. @default 100 a second */
  readonly rate?: Rate;
  /** By route, `POST /predict/house-price`: lower rates than the API's. */
  readonly routeRates?: Readonly<Record<string, Rate>>;
  /** Requests per month of an API key. @default 1000000 */
  readonly requestsPerMonth?: number;
  /** Origins whose web pages may call the API; API Gateway's own errors can name the first one only. @default none */
  readonly origins?: readonly string[];
  /** Of each public route, with `publicPages`. @default 5 a second */
  readonly publicRate?: Rate;
  /** Requests per month of all public routes together. @default 100000 */
  readonly publicRequestsPerMonth?: number;
  /** @default CloudFront's own name */
  readonly pageDomain?: DomainSpec;
  /** @default 30 */
  readonly logDays?: number;
  /** Where alarms go: the topic that `bootstrap` made, one by its ARN, or nowhere. @default 'bootstrap' */
  readonly alarms?: 'bootstrap' | 'none' | `arn:${string}`;
  /** CloudWatch's first three dashboards of an account are free. @default false */
  readonly dashboard?: boolean;
  /** E-mail address that the budget and, once confirmed, alarms write to; with `bootstrap`. */
  readonly notify?: string;
  /** Dollars a month that the budget warns of; with `bootstrap`. @default 50 */
  readonly monthlyBudget?: number;
  /** @default 'all-at-once' */
  readonly canary?: Canary;
  /** Whether data outlives the stage: buckets stay and the database leaves a snapshot. @default true */
  readonly keepsData?: boolean;
}

/** The repository that may deploy, by GitHub's OpenID Connect. */
export interface Repository {
  /** `owner/name` */
  readonly name: string;
  /** GitHub's number of it, which stays when it is renamed; `gh api repos/owner/name --jq .id`. */
  readonly id?: number;
}
