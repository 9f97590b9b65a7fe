import type { BenchContext } from '../benchmark.ts';
import { MeasurementError } from '../errors.ts';
import { oneRow, route } from '../subject.ts';
import { type Server, startLocalCloud, startPeerServer } from './server.ts';

/** An endpoint that answers `the route of the workflow that is measured`. */
export interface Rival {
  readonly name: string;
  readonly url: string;
  /** Process whose CPU time, with that of its descendants, it costs. */
  readonly pid: number;
}

export interface Rivals {
  readonly chorus: Rival;
  /** FastAPI with a `def` endpoint (a pool of threads), if there is a peer. */
  readonly threads: Rival | undefined;
  /** The same process's `async def` endpoint. */
  readonly loop: Rival | undefined;
  readonly all: readonly Rival[];
  stop(): Promise<void>;
}

/** POSTs JSON; @throws {MeasurementError} unless the answer is 200 */
export async function post(url: string, body: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status !== 200)
    throw new MeasurementError(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

/** Makes sure that every rival answers with a number for each model and their mean. */
async function assertAlike(rivals: readonly Rival[], models: readonly string[]): Promise<void> {
  const answers = await Promise.all(rivals.map(({ url }) => post(url, oneRow)));
  for (const [index, answer] of answers.entries()) {
    const { predictions } = answer as { predictions: readonly Record<string, number>[] };
    const missing = [...models, 'ensemble'].filter(
      (name) => !Number.isFinite(predictions[0]?.[name]),
    );
    if (missing.length > 0)
      throw new MeasurementError(`${rivals[index]?.name} gave no number for ${missing.join(', ')}`);
  }
}

/** Starts the local cloud and the peer, and makes sure that both serve the same models. */
export async function startRivals(context: BenchContext): Promise<Rivals> {
  const { directory, peer, models, progress } = context;
  progress('starting the servers');
  const servers: Server[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    const cloud = await startLocalCloud(directory);
    servers.push(cloud);
    const chorus = { name: 'Chorus, local cloud', url: `${cloud.url}${route}`, pid: cloud.pid };
    let threads: Rival | undefined;
    let loop: Rival | undefined;
    if (peer !== undefined) {
      const { url, pid } = await startPeerServer(peer).then((server) => {
        servers.push(server);
        return server;
      });
      threads = { name: 'FastAPI, def', url: `${url}/threads${route}`, pid };
      loop = { name: 'FastAPI, async def', url: `${url}/loop${route}`, pid };
    }
    const all = [chorus, threads, loop].filter((rival) => rival !== undefined);
    await assertAlike(all, [...models.keys()]);
    return { chorus, threads, loop, all, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
