import { resolve } from 'node:path';
import { defaultStage, isStageName } from '@chorus/blueprint/names';
import type { Settings, StaticCredentials } from './env.ts';
import { NoLocalCloudError, UsageError } from './errors.ts';
import { findLocalCloud, readCredentials } from './local-cloud.ts';
import { root } from './root.ts';
import { stageSpec } from './stages.ts';

/** The cloud that a command talks to. */
export interface Target {
  /** For people: `the local cloud at http://127.0.0.1:8787`. */
  readonly label: string;
  /** The flags of every command that is proposed to be run next: ` --aws --stage staging`, or nothing. */
  readonly flags: string;
  /** The stage on AWS; undefined for the local cloud, which has none. */
  readonly stage: string | undefined;
  /** The URL before `/predict/...`; on AWS only if it is told, see `findDeployedApi`. */
  readonly apiUrl: string | undefined;
  /** Settings of every AWS client; what is absent, the SDK finds by itself. */
  readonly client: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly credentials?: StaticCredentials;
  };
}

/** The flags of a command that choose the cloud to talk to. */
interface Asked {
  readonly aws?: boolean;
  readonly stage?: string;
}

/**
 * Returns the stage that the flags ask for, and the same flags for the next command.
 *
 * @throws {UsageError} if `--stage` is given without `--aws`, or is no stage's name
 */
export function stageOf({ aws = false, stage }: Asked): Pick<Target, 'flags' | 'stage'> {
  if (stage === undefined) {
    return aws ? { flags: ' --aws', stage: defaultStage } : { flags: '', stage: undefined };
  }
  if (!aws) throw new UsageError('--stage needs --aws: the local cloud has no stages');
  if (!isStageName(stage)) {
    throw new UsageError(
      `--stage takes a name of at most 20 small letters, digits and hyphens, got '${stage}'`,
    );
  }
  return { flags: ` --aws --stage ${stage}`, stage };
}

/**
 * Finds the cloud to talk to: AWS_ENDPOINT_URL, else AWS if asked for, else the local cloud that runs now.
 *
 * @throws {UsageError} as `stageOf` and `stageSpec`
 * @throws {CliError} if none of them is there
 */
export async function findTarget(settings: Settings, asked: Asked = {}): Promise<Target> {
  const { flags, stage } = stageOf(asked);
  const { endpoint, region, apiUrl } = settings;
  const directory = resolve(root, settings.directory);
  if (endpoint !== undefined) {
    // Without credentials of its own the endpoint is most likely the local cloud.
    const credentials = settings.credentials ?? (await readCredentials(directory));
    const client = {
      endpoint,
      region: region ?? 'us-east-1',
      ...(credentials !== undefined && { credentials }),
    };
    const api = stage === undefined ? endpoint : apiUrl;
    return { label: `${endpoint} (AWS_ENDPOINT_URL)`, flags, stage, apiUrl: api, client };
  }
  if (stage !== undefined) {
    const { region: deployedTo } = await stageSpec(stage);
    const client = { region: deployedTo };
    const which = stage === defaultStage ? '' : ` (stage ${stage})`;
    return { label: `AWS ${client.region}${which}`, flags, stage, apiUrl, client };
  }
  const { url, credentials } = await findLocalCloud(directory);
  return {
    label: `the local cloud at ${url}`,
    flags,
    stage,
    apiUrl: url,
    client: { endpoint: url, region: 'us-east-1', credentials },
  };
}

/**
 * Finds the local cloud that runs now, or the endpoint that the environment names.
 *
 * @returns undefined if there is none
 * @throws {CliError} if it is still starting, or its files are damaged
 */
export async function runningCloud(settings: Settings): Promise<Target | undefined> {
  return findTarget(settings).catch((error: unknown) => {
    if (error instanceof NoLocalCloudError) return undefined;
    throw error;
  });
}
