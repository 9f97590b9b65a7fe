import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chorus } from '../chorus.ts';
import {
  type Credentials,
  countLetters,
  countWaiting,
  readLetters,
  readStatuses,
} from './count-endings.ts';
import { type KillableCloud, startKillable, type Way } from './killable-cloud.ts';
import { sendRequests } from './send-requests.ts';

/** A run: how many requests, and what chance hangs on. */
export interface Load {
  readonly count: number;
  readonly seed: string;
  readonly way: Way;
  /** Called with a line for a person. */
  report(line: string): void;
}

/** How the requests ended that were answered 202. */
export interface Tally {
  readonly accepted: number;
  readonly done: number;
  readonly failed: number;
  /** Messages in the queue of dead letters. */
  readonly letters: number;
  /** Ids that ended exactly once: done without a letter, or failed with one. */
  readonly once: number;
  /** Items whose id no caller was told, because the cloud was killed before it could answer. */
  readonly untold: number;
}

interface Folder {
  readonly directory: string;
  readonly credentials: Credentials;
}

async function tally(ids: readonly string[], cloud: KillableCloud, folder: Folder): Promise<Tally> {
  const statuses = await readStatuses(cloud.url(), folder.credentials);
  const letters = await readLetters(cloud.url(), folder.credentials);
  const byId = Map.groupBy(letters, (id) => id);
  const known = new Set(ids);
  const having = (status: string) => ids.filter((id) => statuses.get(id) === status).length;
  const isOnce = (id: string) =>
    (statuses.get(id) === 'done' && !byId.has(id)) ||
    (statuses.get(id) === 'failed' && byId.get(id)?.length === 1);
  return {
    accepted: ids.length,
    done: having('done'),
    failed: having('failed'),
    letters: await countLetters(cloud.url(), folder.credentials),
    once: ids.filter(isOnce).length,
    untold: [...statuses.keys()].filter((id) => !known.has(id)).length,
  };
}

/** Waits until the queues of requests are empty and no item of these ids waits. */
async function untilEnded(
  ids: readonly string[],
  cloud: KillableCloud,
  { credentials }: Folder,
  report: Load['report'],
): Promise<void> {
  for (let polls = 0; ; polls += 1) {
    const waiting = await countWaiting(cloud.url(), credentials);
    if (waiting === 0) {
      const statuses = await readStatuses(cloud.url(), credentials);
      if (ids.every((id) => statuses.get(id) !== 'accepted')) return;
    }
    if (polls % 10 === 0) report(`  ${waiting} messages wait`);
    await sleep(500);
  }
}

/**
 * Sends requests to be answered later to a cloud of which one in twenty events of either function is killed and one in twenty
 * requests fails, kills and restarts the cloud twice meanwhile, and counts how the requests ended; then lets nothing fail any
 * more, replays the dead letters, and counts again.
 */
export async function runLoad({
  count,
  seed,
  way,
  report,
}: Load): Promise<{ readonly first: Tally; readonly replayed: Tally }> {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-load-'));
  const mended = join(directory, 'mended');
  const cloud = await startKillable(directory, seed, mended, way);
  try {
    const credentials = JSON.parse(await readFile(join(directory, 'credentials.json'), 'utf8'));
    const folder = { directory, credentials };
    const restarts: Promise<void>[] = [];
    const restartAt = [Math.floor(count / 3), Math.floor((2 * count) / 3)];
    const { ids, again } = await sendRequests(count, cloud.url, (accepted) => {
      if (!restartAt.includes(accepted)) return;
      report(`  ${accepted} accepted: the cloud is killed, and started again`);
      restarts.push(cloud.restart());
    });
    await Promise.all(restarts);
    report(`  all accepted; ${again} times a request was sent again`);
    await untilEnded(ids, cloud, folder, report);
    const first = await tally(ids, cloud, folder);
    await writeFile(mended, '');
    for (let left = first.letters; left > 0; left = (await tally(ids, cloud, folder)).letters) {
      const { out, err } = await chorus({ url: cloud.url(), directory }, [
        'dlq',
        'replay',
        '--all',
      ]);
      report(`  chorus dlq replay --all: ${out.trim()} ${err.trim()}`);
      await untilEnded(ids, cloud, folder, report);
    }
    return { first, replayed: await tally(ids, cloud, folder) };
  } finally {
    await cloud.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
