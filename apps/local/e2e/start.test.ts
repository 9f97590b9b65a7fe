import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LocalCloudError } from '@chorus/emulator-files';
import { migrate } from '@chorus/features';
import { blueprint } from '@chorus/service';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type FeatureStore, openFeatureStore } from '../src/index.ts';
import { compileCache, house, root, startTestCloud } from './test-cloud.ts';

let directory: string;
/** The folder that the first start has trained in before it was killed; every test has a copy, most without the database. */
let trained: string;
let first: Started;
/** A database and a cache for all starts that are not about their own: to open one is most of a start's work. */
let store: FeatureStore | undefined;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  trained = await mkdtemp(join(tmpdir(), 'chorus-start-'));
  directory = trained;
  first = await startUp(embedded);
  expect((await predict(first.url)).status).toBe(200);
  expect(workers()).toBeGreaterThan(0);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await vi.waitFor(() => expect(workers()).toBe(0), { timeout: 120_000 });
  store = await openFeatureStore({
    servers: {},
    directory: join(trained, shared),
    compileCache,
    hostAddress: '127.0.0.1',
    migrate,
    report: () => {},
  });
  await store.ready;
});
afterAll(async () => {
  await store?.close();
  await rm(trained, { recursive: true, maxRetries: 5 });
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-start-'));
  await copyTrained(['features-db', shared]);
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** Name of the folder of the shared database. */
const shared = 'shared';

/** Copies what the first start has left into the test's folder. */
async function copyTrained(without: readonly string[]): Promise<void> {
  const left = new Set(without.map((name) => join(trained, name)));
  await cp(trained, directory, { recursive: true, filter: (source) => !left.has(source) });
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: string;
}

/** For a start that is to open a database of its own. */
const embedded = { FEATURES_DATABASE_URL: '', FEATURES_CACHE_URL: '' };

function launch(environment: Readonly<Record<string, string>> = {}): {
  readonly child: ChildProcess;
  readonly text: () => string;
} {
  const servers = store && {
    FEATURES_DATABASE_URL: store.here.databaseUrl,
    FEATURES_CACHE_URL: store.here.cacheUrl,
  };
  const child = spawn(process.execPath, [join(root, 'apps/local/src/main.ts')], {
    env: {
      PATH: '',
      PORT: '0',
      CHORUS_DIRECTORY: directory,
      // Halves what a start takes; it is not about what V8 compiles.
      NODE_COMPILE_CACHE: compileCache,
      ...servers,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return { child, text: () => text };
}

async function startUp(environment: Readonly<Record<string, string>> = {}): Promise<Started> {
  const { child, text } = launch(environment);
  await vi.waitFor(() => expect(text()).toContain('Ctrl-C stops it'), {
    timeout: 120_000,
    interval: 20,
  });
  const output = text();
  return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '', output };
}

/** A port that nothing listens at. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Worker processes of this test's cloud: those whose TMPDIR lies in its folder. */
function workers(): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${directory}`)
      );
    } catch {
      return false;
    }
  }).length;
}

async function predict(url: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/predict/house-price`, {
    ...(signal && { signal }),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(house),
  });
}

it('trains once, survives a kill, prints a request that works, and stops with nothing left behind', async () => {
  expect(first.output).toContain('Trained, verified and published random-forest v1');
  // The database too is as the kill has left it.
  await copyTrained([shared]);
  const again = await startUp(embedded);
  expect(again.output).not.toContain('Trained');
  expect(again.output).not.toContain('Started PostgreSQL with the features');
  expect(again.output).toContain(`export AWS_ENDPOINT_URL=${again.url}`);
  const pasted = /-d '(?<body>\{.*\})'/.exec(again.output)?.groups?.['body'] ?? '';
  expect(JSON.parse(pasted)).toEqual(house);
  // Whether or not its weights were fetched on this machine.
  const isServed = again.output.includes('sentiment-large v1');
  expect(again.output.includes('chorus models fetch sentiment-large')).toBe(!isServed);
  expect((await predict(again.url)).status).toBe(200);
  expect(workers()).toBe(blueprint.workflows[0]?.functions.length);
  expect((await fetch(`${again.url}/v2/health/ready`)).status).toBe(200);
  expect(JSON.parse(readFileSync(join(directory, 'local.json'), 'utf8')).url).toBe(again.url);

  again.child.kill('SIGINT');
  expect(await once(again.child, 'exit')).toEqual([0, null]);
  await expect.poll(workers).toBe(0);
  expect(existsSync(join(directory, 'local.json'))).toBe(false);
});

it('serves the page, which it builds by itself', async () => {
  const { url, output } = await startUp();
  expect(output).toContain(`In a browser:        ${url}/`);
  const page = await vi.waitUntil(
    async () => {
      const answer = await fetch(url);
      return answer.status === 200 && answer.text();
    },
    { timeout: 120_000 },
  );
  const [script] = /assets\/page-[\w-]+\.js/.exec(await page) ?? [];
  expect((await fetch(`${url}/${script}`)).headers.get('content-type')).toMatch('text/javascript');
  expect(await (await fetch(`${url}/page.json`)).json()).toMatchObject({ api: '' });
});

it('lets a request in flight finish when it is stopped', async () => {
  const { child, url } = await startUp();
  const answer = predict(url);
  await expect.poll(workers, { interval: 5 }).toBeGreaterThan(0);
  child.kill('SIGTERM');
  expect((await answer).status).toBe(200);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('stops soon when callers have gone and their requests would still be retried', async () => {
  const { child, url } = await startUp();
  const gone = new AbortController();
  const calls = Array.from({ length: 16 }, () =>
    predict(url, gone.signal).catch((error: unknown) => error),
  );
  await expect.poll(workers, { interval: 5 }).toBeGreaterThan(0);
  gone.abort();
  await Promise.all(calls);
  child.kill('SIGINT');
  const stopped = once(child, 'exit', { signal: AbortSignal.timeout(10_000) });
  expect(await stopped).toEqual([0, null]);
  await expect.poll(workers).toBe(0);
});

/** What a start that cannot be says at its end. */
async function refusal(environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { child, text } = launch(environment);
  expect(await once(child, 'close')).toEqual([1, null]);
  return text();
}

it('refuses a start in the folder of one that runs or at its port, and takes over from a dead one, whatever lies there', async () => {
  const there = await startUp();
  const { port } = new URL(there.url);
  const [second, taken, worded, none] = await Promise.all([
    refusal(),
    refusal({ PORT: port, CHORUS_DIRECTORY: join(directory, 'other') }),
    refusal({ PORT: 'eighty' }),
    refusal({ CHORUS_IN_FLIGHT: '0' }),
  ]);
  expect(second).toContain(`already running at ${there.url}`);
  expect(taken).toContain(`Port ${port} is taken`);
  expect(worded).toContain('PORT must be a number');
  expect(none).toContain('CHORUS_IN_FLIGHT must be a number');
  expect((await predict(there.url)).status).toBe(200);

  // One that is stopped has the folder still, until it is dead.
  there.child.kill('SIGSTOP');
  expect(await refusal()).toContain(`process ${there.child.pid}`);
  there.child.kill('SIGKILL');
  await once(there.child, 'exit');
  // The process of the number that is left is another by now, and there are files that no start has made.
  const address = { url: 'http://127.0.0.1:1', pid: process.pid };
  await writeFile(join(directory, 'local.json'), JSON.stringify(address));
  const strays = ['s3/buckets/.DS_Store', 's3/buckets/chorus-models/.DS_Store', 'notes.txt'];
  for (const stray of strays) {
    await mkdir(dirname(join(directory, stray)), { recursive: true });
    await writeFile(join(directory, stray), 'mine');
  }
  const next = await startUp();
  expect((await predict(next.url)).status).toBe(200);
  for (const stray of strays) expect(readFileSync(join(directory, stray), 'utf8')).toBe('mine');
});

it('lets one of many starts have the folder', async () => {
  const starts = [launch(), launch(), launch()];
  const codes = starts.map(({ child }) => once(child, 'close').then(([code]) => code));
  await expect
    .poll(() => starts.filter(({ text }) => text().includes('Ctrl-C stops it')).length)
    .toBe(1);
  const winner = starts.findIndex(({ text }) => text().includes('Ctrl-C stops it'));
  for (const [index, { text }] of starts.entries()) {
    if (index === winner) continue;
    expect(await codes[index]).toBe(1);
    expect(text()).toMatch(/already running/);
  }
});

it('answers every request from the moment its port is open', async () => {
  const port = await freePort();
  const { text } = launch({ PORT: String(port) });
  const seen = new Set<string>();
  let status = 0;
  while (status !== 200) {
    const answers = await Promise.all(
      ['/v2/health/ready', '/v2/health/live', '/predict/house-price'].map((path) =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          method: path.startsWith('/predict') ? 'POST' : 'GET',
          headers: { 'content-type': 'application/json' },
          ...(path.startsWith('/predict') && { body: JSON.stringify(house) }),
        }).then(
          async (answer) => {
            await answer.arrayBuffer();
            return answer;
          },
          // Nothing listens yet.
          () => undefined,
        ),
      ),
    );
    const [ready, live, predicted] = answers;
    for (const answer of [ready, predicted])
      if (answer?.status === 503 && answer.headers.has('retry-after')) seen.add('503');
    if (live !== undefined) expect(live.status).toBe(200);
    if (predicted?.status === 200) seen.add('200');
    status = ready?.status ?? 0;
  }
  await expect.poll(text).toContain('Ctrl-C stops it');
  expect(seen).toContain('503');
  expect((await predict(`http://127.0.0.1:${port}`)).status).toBe(200);
});

/** Damages a file of the test's folder. */
async function damage(name: string, content: string): Promise<string> {
  const file = join(directory, name);
  await rm(file, { recursive: true, force: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** Expects one line that names what a person has to look at. */
function expectToBlame(text: string, name: string): void {
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(text).toContain(join(directory, name.split('/')[0] ?? ''));
}

const damages = [
  ['credentials.json', ''],
  ['credentials.json', 'null'],
  ['lock', 'not a lock'],
  ['lambda.json', ''],
  ['lambda.json', '{"functions":'],
  ['lambda.json', 'null'],
  ['s3', 'a file'],
  ['s3/buckets/chorus-models/.bucket.json', ''],
] as const;

it.each(damages)(
  'says in one line that %s is damaged (%j), and leaves it',
  async (name, content) => {
    const file = await damage(name, content);
    const error: unknown = await startTestCloud(undefined, directory).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    // A start prints the message of such an error and nothing else.
    expect(error).toBeInstanceOf(LocalCloudError);
    expectToBlame((error as LocalCloudError).message, name);
    expect(readFileSync(file, 'utf8')).toBe(content);
  },
);

it.each(damages.slice(2, 4))('ends when %s is damaged (%j)', async (name, content) => {
  await damage(name, content);
  expectToBlame(await refusal(), name);
});

it('says which versions there are when one is asked for that is not', async () => {
  expect(await refusal({ RANDOM_FOREST_MODEL_VERSION: 'v2' })).toContain(
    'random-forest has no version v2 in the registry, only v1',
  );
});
