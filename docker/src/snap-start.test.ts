import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Bundle, bundle } from './bundle.ts';
import { type LambdaDouble, startLambdaDouble } from './testing/lambda-double.ts';
import { photoCases } from './testing/photo-service.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const packages = resolve(import.meta.dirname, '../../packages');
const platform = process.arch === 'arm64' ? 'linux/arm64' : 'linux/x64';
const names = ['authorizer', 'features', 'gateway', 'labels', 'locate', 'onnx-model', 'uploads'];
const folder = temporaryFolder();

/**
 * Memory that two environments of one snapshot share: every generator of Node goes on from the same state in both, so both
 * draw the same. A module for `--import`.
 */
const sameMemory = `data:text/javascript,${encodeURIComponent(`
  import crypto from 'node:crypto';
  import { syncBuiltinESMExports } from 'node:module';
  let state = 0;
  const fill = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).fill(++state) && array;
  const uuid = () => '00000000-0000-4000-8000-' + String(++state).padStart(12, '0');
  Math.random = () => (++state % 100) / 100;
  Object.assign(crypto, { randomUUID: uuid, randomBytes: (n) => fill(Buffer.alloc(n)), randomFillSync: fill, randomInt: () => ++state });
  Object.defineProperty(Crypto.prototype, 'randomUUID', { value: uuid });
  Object.defineProperty(Crypto.prototype, 'getRandomValues', { value: fill });
  syncBuiltinESMExports();
`)}`;

let bundles: Readonly<Record<string, Bundle>>;
beforeAll(async () => {
  const made: [string, Bundle][] = [];
  for (const name of names) {
    const source = join(packages, 'functions', name);
    made.push([name, await bundle(source, platform, join(folder, name))]);
  }
  bundles = Object.fromEntries(made);
});

let double: LambdaDouble;
const children: ChildProcess[] = [];
beforeEach(async () => {
  double = await startLambdaDouble();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  double.close();
});

/** Starts a function as SnapStart does. @returns its snapshot, and what it posts once it is restored */
function startSnapshot(
  name: string,
  environment: Readonly<Record<string, string>>,
  event: unknown,
) {
  const { runtimeApi, ...offered } = double.offer(event);
  const main = join(bundles[name]?.folder ?? '', 'app/main.mjs');
  const child = spawn(process.execPath, ['--import', sameMemory, main], {
    env: {
      ...environment,
      AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start',
      AWS_LAMBDA_RUNTIME_API: runtimeApi,
      TMPDIR: folder,
    },
    stdio: 'ignore',
  });
  children.push(child);
  return offered;
}

it('two environments of one snapshot give different keys to the photos of different callers', async () => {
  const found = photoCases(double.objects, double.host).find(({ name }) => name === 'uploads');
  const answers = await Promise.all(
    [1, 2].map(async () => {
      const started = startSnapshot('uploads', found?.environment ?? {}, found?.event);
      (await started.snapshot)();
      const { body } = await started.posted;
      expect(body).toMatchObject({ statusCode: 200 });
      return JSON.parse(String(body['body'])) as { key: string };
    }),
  );
  const [first, second] = answers.map(({ key }) => key);
  expect(first).toMatch(/^uploads\//);
  expect(first).not.toBe(second);
});

it.each(names)(
  'code of ours in %s draws nothing from generators that a snapshot repeats',
  (name) => {
    const own = (bundles[name]?.chunks ?? [])
      .flatMap(({ modules }) => modules)
      .filter((id) => id.startsWith(packages) && !id.includes('/node_modules/'));
    expect(own.length).toBeGreaterThan(3);
    const drawing = own.filter((id) =>
      /random(?:UUID|Bytes|Fill|Int)|getRandomValues/.test(
        readFileSync(id, 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, ''),
      ),
    );
    expect(drawing).toEqual([]);
  },
);

it('a snapshot has no connection to the database or the cache in it', async () => {
  let connections = 0;
  const server = createServer(() => {
    connections += 1;
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    const { port } = server.address() as AddressInfo;
    const environment = {
      AWS_REGION: 'us-east-1',
      FEATURES_DATABASE_URL: `postgres://features:none@127.0.0.1:${port}/features`,
      FEATURES_CACHE_URL: `redis://127.0.0.1:${port}`,
    };
    const { snapshot } = startSnapshot('features', environment, { lat: -1.29, lon: 36.8 });
    const restore = await snapshot;
    expect(connections).toBe(0);
    // The event needs them, so that they are counted at all.
    restore();
    await expect.poll(() => connections).toBeGreaterThan(0);
  } finally {
    server.close();
  }
});
