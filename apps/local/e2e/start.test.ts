import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { house, root } from './test-cloud.ts';

let directory: string;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-start-'));
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: string;
}

function launch(environment: Readonly<Record<string, string>> = {}): {
  readonly child: ChildProcess;
  readonly text: () => string;
} {
  const child = spawn(process.execPath, [join(root, 'apps/local/src/main.ts')], {
    env: { PATH: '', PORT: '0', CHORUS_DIRECTORY: directory, ...environment },
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
  await expect.poll(text, { timeout: 20_000, interval: 20 }).toContain('Ctrl-C stops it');
  const output = text();
  return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '', output };
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

it('trains once, prints a request that works, and stops with nothing left behind', async () => {
  const first = await startUp();
  expect(first.output).toContain('Trained, verified and published random-forest v1');
  expect(first.output).toContain(`export AWS_ENDPOINT_URL=${first.url}`);
  const pasted = /-d '(?<body>\{.*\})'/.exec(first.output)?.groups?.['body'] ?? '';
  expect(JSON.parse(pasted)).toEqual(house);
  expect((await predict(first.url)).status).toBe(200);
  // One of each model has answered before it was live; a busy machine may have needed more.
  expect(workers()).toBeGreaterThanOrEqual(4);
  expect(JSON.parse(readFileSync(join(directory, 'local.json'), 'utf8')).url).toBe(first.url);

  first.child.kill('SIGINT');
  expect(await once(first.child, 'exit')).toEqual([0, null]);
  await expect.poll(workers).toBe(0);
  expect(existsSync(join(directory, 'local.json'))).toBe(false);

  const second = await startUp();
  expect(second.output).not.toContain('Trained');
  expect((await predict(second.url)).status).toBe(200);
});

it('survives a kill: workers end by themselves, the next start serves', async () => {
  const first = await startUp();
  expect((await predict(first.url)).status).toBe(200);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await expect.poll(workers, { timeout: 5000 }).toBe(0);
  const second = await startUp();
  expect((await predict(second.url)).status).toBe(200);
});

it('lets a request in flight finish when it is stopped', async () => {
  const { child, url } = await startUp();
  const answer = predict(url);
  await expect.poll(workers, { timeout: 5000, interval: 5 }).toBeGreaterThan(0);
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
  await expect.poll(workers, { timeout: 5000, interval: 5 }).toBeGreaterThan(0);
  gone.abort();
  await Promise.all(calls);
  child.kill('SIGINT');
  const stopped = once(child, 'exit', { signal: AbortSignal.timeout(10_000) });
  expect(await stopped).toEqual([0, null]);
  await expect.poll(workers).toBe(0);
});

it('says what to do when the port is taken or makes no sense', async () => {
  const first = await startUp();
  const { port } = new URL(first.url);
  const second = launch({ PORT: port, CHORUS_DIRECTORY: join(directory, 'other') });
  expect(await once(second.child, 'close')).toEqual([1, null]);
  expect(second.text()).toContain(`Port ${port} is taken`);
  const third = launch({ PORT: 'eighty' });
  expect(await once(third.child, 'close')).toEqual([1, null]);
  expect(third.text()).toContain('PORT must be a number');
});

it('refuses a second start in the same folder', async () => {
  const first = await startUp();
  const second = launch();
  expect(await once(second.child, 'close')).toEqual([1, null]);
  expect(second.text()).toContain(`already running at ${first.url}`);
  expect((await predict(first.url)).status).toBe(200);
});

it('starts where a crash has left the address of a process that is another by now', async () => {
  const address = { url: 'http://127.0.0.1:1', pid: process.pid };
  await writeFile(join(directory, 'local.json'), JSON.stringify(address));
  const { url } = await startUp();
  expect((await predict(url)).status).toBe(200);
});

it('says which versions there are when one is asked for that is not', async () => {
  const { child, text } = launch({ RANDOM_FOREST_MODEL_VERSION: 'v2' });
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(text()).toContain('random-forest has no version v2 in the registry, only v1');
});
