import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Credentials } from '@chorus/emulator-aws';
import { cloudEnvironment } from '../env.ts';
import { MeasurementError } from '../errors.ts';
import { type Peer, peerScript } from '../peer.ts';

/** A server in a process of its own, listening. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  /** Asks it to end, and waits until it did. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it has printed its address. */
async function startServer(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    exited.then(([code, signal]) => {
      reject(new MeasurementError(`${args.join(' ')} ended with ${code ?? signal}:\n${output}`));
    }, reject);
  });
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A local cloud, and what requests to its AWS APIs are signed with. */
export interface LocalCloud extends Server {
  readonly credentials: Credentials;
}

/** `pnpm start` on a free port, in a folder that may be one of an earlier start. */
export function startCloudIn(
  state: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const main = fileURLToPath(new URL('main.ts', import.meta.resolve('@chorus/local')));
  return startServer(process.execPath, [main], { ...cloudEnvironment(state), ...variables });
}

/** `pnpm start` on a free port, with a folder of its own: the models are trained and published first. */
export async function startLocalCloud(
  directory: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<LocalCloud> {
  const state = await mkdtemp(join(directory, 'cloud-'));
  const server = await startCloudIn(state, variables);
  const credentials = JSON.parse(await readFile(join(state, 'credentials.json'), 'utf8'));
  return { ...server, credentials };
}

/** The peer's FastAPI process. */
export function startPeerServer(peer: Peer): Promise<Server> {
  return startServer(peer.python, [peerScript('serve.py'), peer.directory], peer.environment);
}
