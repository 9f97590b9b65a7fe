import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Settings, StaticCredentials } from './env.ts';
import { CliError, isCausedBy } from './errors.ts';

/** The repository's root, three folders up from this file. */
export const root: string = resolve(import.meta.dirname, '../../..');

/** Where a command talks to. */
export interface Target {
  /** For people: `the local cloud at http://127.0.0.1:8787`. */
  readonly label: string;
  /** What follows every command that is proposed to be run next: ` --aws`, or nothing. */
  readonly flags: string;
  /** Where `/predict/...` is; unknown on AWS unless it is told. */
  readonly apiUrl: string | undefined;
  /** Settings of every AWS client; what is absent, the SDK finds by itself. */
  readonly client: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly credentials?: StaticCredentials;
  };
}

/** The address that `pnpm start` writes while it runs. */
interface LocalAddress {
  readonly url: string;
  readonly pid: number;
}

const localCredentials: StaticCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Where to talk to: AWS_ENDPOINT_URL, else AWS if asked for, else the local cloud that runs now.
 *
 * @throws {CliError} if none of them is there
 */
export async function findTarget(settings: Settings, aws = false): Promise<Target> {
  const { endpoint, region, credentials, apiUrl } = settings;
  if (endpoint !== undefined) {
    const client = {
      endpoint,
      region: region ?? 'us-east-1',
      credentials: credentials ?? localCredentials,
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
  const { url } = await findLocalCloud(resolve(root, settings.directory));
  return {
    label: `the local cloud at ${url}`,
    flags: '',
    apiUrl: url,
    client: { endpoint: url, region: 'us-east-1', credentials: localCredentials },
  };
}

async function findLocalCloud(directory: string): Promise<LocalAddress> {
  const file = join(directory, 'local.json');
  const nothingRuns = (cause?: unknown) =>
    new CliError(
      'No local cloud is running. Start one with: npx -y pnpm@12 start (or talk to AWS with --aws)',
      { cause },
    );
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isCausedBy(error, 'ENOENT')) throw nothingRuns(error);
    throw new CliError(`Cannot read ${file}: ${error}`, { cause: error });
  }
  const address = parseAddress(text);
  if (address === undefined) {
    throw new CliError(`${file} is damaged: stop the local cloud and start it again`);
  }
  // A cloud that was killed leaves its address behind.
  if (!isAlive(address.pid)) throw nothingRuns();
  return address;
}

function parseAddress(text: string): LocalAddress | undefined {
  try {
    const { url, pid } = JSON.parse(text);
    return URL.canParse(url) && Number.isInteger(pid) ? { url, pid } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return !isCausedBy(error, 'ESRCH');
  }
}
