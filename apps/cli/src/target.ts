import { resolve } from 'node:path';
import type { Settings, StaticCredentials } from './env.ts';
import { findLocalCloud, readCredentials } from './local-cloud.ts';

/** The repository's root, three folders up from this file. */
export const root: string = resolve(import.meta.dirname, '../../..');

/** The cloud that a command talks to. */
export interface Target {
  /** For people: `the local cloud at http://127.0.0.1:8787`. */
  readonly label: string;
  /** The flags of every command that is proposed to be run next: ` --aws`, or nothing. */
  readonly flags: string;
  /** The URL before `/predict/...`; unknown on AWS unless it is told. */
  readonly apiUrl: string | undefined;
  /** Settings of every AWS client; what is absent, the SDK finds by itself. */
  readonly client: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly credentials?: StaticCredentials;
  };
}

/**
 * Finds the cloud to talk to: AWS_ENDPOINT_URL, else AWS if asked for, else the local cloud that runs now.
 *
 * @throws {CliError} if none of them is there
 */
export async function findTarget(settings: Settings, aws = false): Promise<Target> {
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
    return { label: `${endpoint} (AWS_ENDPOINT_URL)`, flags: '', apiUrl: endpoint, client };
  }
  if (aws) {
    const client = { ...(region !== undefined && { region }) };
    return {
      label: `AWS${region === undefined ? '' : ` ${region}`}`,
      flags: ' --aws',
      apiUrl,
      client,
    };
  }
  const { url, credentials } = await findLocalCloud(directory);
  return {
    label: `the local cloud at ${url}`,
    flags: '',
    apiUrl: url,
    client: { endpoint: url, region: 'us-east-1', credentials },
  };
}
