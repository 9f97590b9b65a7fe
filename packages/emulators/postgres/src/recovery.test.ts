import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isRunning } from '@chorus/emulator-files/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type PostgresProcess, type ProcessOptions, startPostgres } from './start-postgres.ts';

// Each starts several databases, a second of processor time each.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-recovery-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const ends: string[] = [];
const optionsOf = (folder: string): ProcessOptions => ({
  directory: join(directory, folder),
  name: 'features-db',
  addresses: ['127.0.0.1'],
  password: 'local',
  compileCache: join(tmpdir(), 'node-compile-cache'),
  onEnd: (why) => void ends.push(why),
});

async function ask(port: number | undefined, text: string): Promise<unknown[]> {
  const client = new pg.Client(`postgres://local:local@127.0.0.1:${port}/postgres`);
  // The server may be killed under it.
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

/** The process of the database in a folder. */
const pidOf = (folder: string): number =>
  Number(readFileSync(join(directory, folder, 'features-db.pid'), 'utf8'));

async function openIn(folder: string): Promise<PostgresProcess> {
  const database = await startPostgres(optionsOf(folder));
  await database.ready;
  return database;
}

it('has everything that was committed after it was killed, and says that it has ended', async () => {
  const killed = await openIn('killed');
  await ask(killed.ports[0], 'CREATE TABLE t AS SELECT generate_series(1, 5000) AS n');
  process.kill(pidOf('killed'), 'SIGKILL');
  await expect.poll(() => ends).toEqual([expect.stringContaining('features-db.log says why')]);
  await killed.close();

  const recovered = await openIn('killed');
  expect(await ask(recovered.ports[0], 'SELECT count(*)::int AS n FROM t')).toEqual([{ n: 5000 }]);
  await recovered.close();
  expect(isRunning(pidOf('killed'))).toBe(false);
});

it('ends with a parent that is killed, and the next one waits for it', async () => {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'start-postgres.ts'))});
    const { ports } = await startPostgres({ ...${JSON.stringify(optionsOf('orphan'))}, onEnd() {} });
    console.log(ports[0]);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(createInterface(parent.stdout), 'line');
  await ask(port, 'CREATE TABLE t (n int)');
  const pid = pidOf('orphan');
  // A statement that takes a while, so that the database is not at rest.
  const busy = ask(port, 'INSERT INTO t SELECT generate_series(1, 100000)').catch(() => 'cut off');
  parent.kill('SIGKILL');
  const next = await openIn('orphan');
  expect(isRunning(pid)).toBe(false);
  await busy;
  const [row] = await ask(next.ports[0], 'SELECT count(*)::int AS n FROM t');
  expect([{ n: 0 }, { n: 100_000 }]).toContainEqual(row);
  await next.close();
});

it('begins again where a first start was cut off', async () => {
  const first = await openIn('cut');
  await first.close();
  const files = join(directory, 'cut/features-db');
  await rename(join(files, 'complete'), join(files, 'unfinished'));
  await rm(join(directory, 'cut/features-db/cluster/global'), { recursive: true });
  const second = await openIn('cut');
  expect(await ask(second.ports[0], 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.close();
});

it('is refused while another process has the files, even one that is stopped', async () => {
  const first = await openIn('twice');
  const pid = pidOf('twice');
  process.kill(pid, 'SIGSTOP');
  const second = openIn('twice');
  await expect(second).rejects.toThrow(
    `${first.files} is in use by another process (${pid}), and two would destroy it`,
  );
  process.kill(pid, 'SIGCONT');
  expect(await ask(first.ports[0], 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await first.close();
  const third = await openIn('twice');
  await third.close();
});

it('is opened by one of several processes that start at once', async () => {
  const starts = await Promise.allSettled(Array.from({ length: 3 }, () => openIn('race')));
  const opened = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const refused = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []));
  expect(opened).toHaveLength(1);
  for (const reason of refused) expect(reason.message).toContain('is in use by another process');
  for (const each of opened) await each.close();
});
