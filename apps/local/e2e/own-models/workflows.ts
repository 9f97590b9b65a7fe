/**
 * Adds exports of packages/intake, makes workflows of them by `chorus workflows add`, starts a local cloud, and compares what
 * the workflows answer with what Python answered for each model: `node apps/local/e2e/own-models/workflows.ts`. It takes
 * back what it wrote.
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

interface Recorded {
  readonly inputs: readonly { readonly name: string; readonly data: readonly unknown[] }[];
  readonly outputs: readonly {
    readonly name: string;
    readonly data: readonly number[];
    readonly labels?: readonly string[];
  }[];
}

/** The exports that are used, and the columns of those that are tables. All have the same rows. */
const exports = {
  'logistic-words': undefined,
  'forest-classifier': undefined,
  logistic: 'weight,age,height,income',
  categories: undefined,
} as const;
type Export = keyof typeof exports;

const workflows: Readonly<Record<string, readonly [Export, Export]>> = {
  'own-animals': ['logistic-words', 'forest-classifier'],
  'own-mixed': ['logistic', 'categories'],
};

const root = resolve(import.meta.dirname, '../../../..');
const exported = join(root, 'packages/intake/fixtures/exports');
const written = ['models.ts', 'blueprint.ts'].map((file) =>
  join(root, 'packages/service/src', file),
);
const directory = await mkdtemp(join(tmpdir(), 'chorus-own-workflows-'));
/** Before a command: a folder and a port of its own. */
const apart = [`CHORUS_DIRECTORY=${directory}`, 'PORT=0', process.execPath];

const run = promisify(execFile);
const chorus = (...argv: readonly string[]) =>
  run('env', [...apart, join(root, 'apps/cli/src/main.ts'), ...argv]);

async function recorded(name: Export): Promise<Recorded> {
  return JSON.parse(await readFile(join(exported, `${name}.json`), 'utf8'));
}

/** Starts the local cloud. @returns its address once it is ready */
async function start(): Promise<{ readonly url: string; readonly cloud: ChildProcess }> {
  const cloud = spawn('env', [...apart, join(root, 'apps/local/src/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: cloud.stdout })) {
    const url = /ready at (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, cloud };
  }
  throw new Error('the local cloud ended before it was ready');
}

/** The rows of a workflow: those of its table by column, and those of inputs by name. */
async function rowsOf([first, second]: readonly [Export, Export]): Promise<readonly object[]> {
  const [table, named] = await Promise.all([recorded(first), recorded(second)]);
  const data = table.inputs[0]?.data ?? [];
  const columns = exports[first]?.split(',') ?? ['x1', 'x2', 'x3', 'x4'];
  const others = exports[first] === undefined ? [] : named.inputs;
  return Array.from({ length: data.length / columns.length }, (_, row) => ({
    ...Object.fromEntries(others.map((input) => [input.name, input.data[row]])),
    ...Object.fromEntries(columns.map((name, at) => [name, data[row * columns.length + at]])),
  }));
}

/** Asks a workflow. @returns the largest difference between its probabilities and the mean of Python's */
async function difference(url: string, name: string): Promise<number> {
  const models = workflows[name] ?? ['logistic', 'categories'];
  const response = await fetch(`${url}/predict/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ instances: await rowsOf(models) }),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  const answer: {
    readonly predictions: readonly { readonly probabilities: Readonly<Record<string, number>> }[];
    readonly failed: object;
  } = JSON.parse(text);
  if (Object.keys(answer.failed).length > 0) throw new Error(text);
  const outputs = await Promise.all(
    models.map(async (each) => (await recorded(each)).outputs.find(({ labels }) => labels)),
  );
  const labels = outputs[0]?.labels ?? [];
  const differences = answer.predictions.flatMap(({ probabilities }, row) =>
    labels.map((label, column) => {
      const at = row * labels.length + column;
      const sum = outputs.reduce((total, output) => total + (output?.data[at] ?? Number.NaN), 0);
      return Math.abs((probabilities[label] ?? Number.NaN) - sum / outputs.length);
    }),
  );
  return differences.length === 0 ? Number.NaN : Math.max(...differences);
}

const before = await Promise.all(written.map((file) => readFile(file, 'utf8')));
let started: ChildProcess | undefined;
let failed = 0;
try {
  for (const [name, columns] of Object.entries(exports)) {
    const named = columns === undefined ? [] : ['--columns', columns];
    await chorus('models', 'add', name, join(exported, `${name}.onnx`), ...named, '--json');
  }
  for (const [name, models] of Object.entries(workflows))
    await chorus('workflows', 'add', name, '--models', models.join(','), '--combine', 'softVote');
  const { url, cloud } = await start();
  started = cloud;
  for (const name of Object.keys(workflows)) {
    const found = await difference(url, name).catch((error: unknown) => String(error));
    const isEqual = typeof found === 'number' && found < 1e-6;
    console.log(`${isEqual ? 'equal' : 'WRONG'}  ${name}  ${found}`);
    if (!isEqual) failed += 1;
  }
} finally {
  if (started !== undefined) {
    const ended = new Promise((resolve) => started?.once('exit', resolve));
    started.stdout?.resume();
    started.kill('SIGTERM');
    await ended;
  }
  for (const [index, file] of written.entries()) await writeFile(file, before[index] ?? '');
  for (const name of Object.keys(workflows))
    await rm(join(root, `packages/service/src/workflows/${name}.ts`), { force: true });
  for (const name of [
    ...Object.keys(exports).map((each) => join(root, 'packages/models', each)),
    directory,
  ])
    await rm(name, { recursive: true, force: true });
}
console.log(`${Object.keys(workflows).length - failed} workflows answer as in Python`);
process.exitCode = failed === 0 ? 0 : 1;
