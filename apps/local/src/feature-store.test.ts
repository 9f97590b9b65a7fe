import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCloudError } from '@chorus/emulator-files';
import { Redis } from 'iovalkey';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { StartError } from './errors.ts';
import { type FeatureStore, type FeatureStoreOptions, openFeatureStore } from './feature-store.ts';
import { shown } from './shown-url.ts';

/** Of all tests but one: to make a database takes three times as long as to open it again. */
let directory: string;
let store: FeatureStore | undefined;
const lines: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-features-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));
afterEach(async () => {
  await store?.close();
  store = undefined;
  lines.length = 0;
});

async function open(options: Partial<FeatureStoreOptions>): Promise<FeatureStore> {
  store = await openFeatureStore({
    servers: {},
    directory,
    compileCache: join(tmpdir(), 'node-compile-cache'),
    hostAddress: '127.0.0.1',
    migrate: async () => ({ applied: [], seeded: false }),
    report: (line) => lines.push(line),
    ...options,
  });
  return store;
}

/** Makes a table, as migrations do. */
async function migrate(url: string): Promise<{ applied: string[]; seeded: boolean }> {
  const client = new pg.Client(url);
  // The database may be closed meanwhile: what runs fails then, and nothing else.
  client.on('error', () => {});
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS place (name text)');
  await client.end();
  return { applied: ['places'], seeded: false };
}

it('is there for this machine and at the address functions see', async () => {
  // Another address of the loopback network stands for that of a container network.
  const { here, forFunctions, ready } = await open({ hostAddress: '127.0.0.2', migrate });
  await ready;
  expect(lines).toEqual([expect.stringMatching(/^Started PostgreSQL .* in \d+ ms$/)]);
  for (const { databaseUrl, cacheUrl } of [here, forFunctions]) {
    const client = new pg.Client(databaseUrl);
    await client.connect();
    expect((await client.query('SELECT * FROM place')).rows).toEqual([]);
    await client.end();
    const cache = new Redis(cacheUrl);
    expect([await cache.incr('n'), await cache.ping()]).toContain('PONG');
    cache.disconnect();
  }
  expect([new URL(here.cacheUrl).hostname, new URL(forFunctions.cacheUrl).hostname]).toEqual([
    '127.0.0.1',
    '127.0.0.2',
  ]);
});

it('uses the servers it is given, and goes on without a database that is not there', async () => {
  const servers = {
    databaseUrl: 'postgres://u:secret@127.0.0.1:1/x',
    cacheUrl: 'redis://127.0.0.1:1',
  };
  const { here, forFunctions, ready } = await open({ servers, migrate });
  await ready;
  expect([here, forFunctions]).toEqual([servers, servers]);
  expect(lines).toEqual([
    expect.stringContaining('PostgreSQL at postgres://u@127.0.0.1:1/x could not be prepared'),
  ]);
  expect(lines.join()).not.toContain('secret');
});

it('cannot be ready when its own database cannot be prepared', async () => {
  const { ready } = await open({ migrate: () => Promise.reject(new Error('changed since')) });
  await expect(ready).rejects.toThrow(StartError);
  await expect(ready).rejects.toThrow(`changed since. Delete ${join(directory, 'features-db')}`);
});

it('does not blame the files of its database for a disk that is full', async () => {
  const full = Object.assign(new Error('could not extend file'), { code: '53100' });
  const { ready } = await open({
    migrate: () => Promise.reject(new Error('migration 1 failed', { cause: full })),
  });
  await expect(ready).rejects.toThrow(/migration 1 failed\. The disk of .* is used up: free some/);
  await expect(ready).rejects.not.toThrow('Delete');
});

it('does not blame the files of its database for a machine that is busy', async () => {
  const server = createServer(() => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new pg.Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 1 });
  client.on('error', () => {});
  const { ready } = await open({
    migrate: async (url) => {
      await client.connect();
      return migrate(url);
    },
  });
  await expect(ready).rejects.toThrow('The machine was too busy to open it in time: start again.');
  await expect(ready).rejects.not.toThrow('Delete');
  server.close();
});

it('keeps its password out of what is shown, in a file for one reader', async () => {
  const { here } = await open({ migrate });
  const { password } = new URL(here.databaseUrl);
  const file = here.passwordFile ?? '';
  expect(password.length).toBeGreaterThanOrEqual(32);
  expect(new URL(here.cacheUrl).password).toBe(password);
  expect(shown(here.databaseUrl) + shown(here.cacheUrl)).not.toContain(password);
  expect(await readFile(file, 'utf8')).toBe(`*:*:*:*:${password}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await store?.close();
  const again = await open({ migrate });
  expect(new URL(again.here.databaseUrl).password).not.toBe(password);
});

it('closes at once, whatever it is doing', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'chorus-features-'));
  const opened = await open({ directory: fresh, migrate });
  const started = performance.now();
  await opened.close();
  await expect(opened.ready).rejects.toThrow(LocalCloudError);
  expect(performance.now() - started).toBeLessThan(10_000);
  await rm(fresh, { recursive: true, force: true });
});
