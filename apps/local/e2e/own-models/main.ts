/**
 * Adds exports of packages/intake to the local cloud that runs now, each by `chorus models add`, and compares what they
 * answer over HTTP, as JSON and as bytes, with what Python answered: `node apps/local/e2e/own-models/main.ts [NAME…]`, all
 * without a name. It takes back what it wrote.
 */

import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createClient, type Tensor } from '@chorus/protocol';

type Value = number | string | boolean | null;

interface Recorded {
  readonly missing?: true;
  readonly inputs: readonly (Omit<Tensor, 'data'> & { readonly data: readonly Value[] })[];
  readonly outputs: readonly { readonly name: string; readonly data: readonly Value[] }[];
}

const root = resolve(import.meta.dirname, '../../../..');
const exported = join(root, 'packages/intake/fixtures/exports');
const list = join(root, 'packages/service/src/models.ts');

const run = promisify(execFile);

/** Runs a command of the CLI. @returns what it prints @throws {Error} with what it wrote, if it fails */
async function chorus(...argv: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, 'apps/cli/src/main.ts'), ...argv]);
  return stdout;
}

function isNear(found: unknown, wanted: Value): boolean {
  if (wanted === null) return !Number.isFinite(found);
  if (typeof wanted !== 'number') return found === wanted;
  return Math.abs(Number(found) - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted));
}

/** Returns the first difference between an answer and Python's; undefined if they are equal. */
function difference(outputs: readonly Tensor[], wanted: Recorded['outputs']): string | undefined {
  for (const { name, data } of wanted) {
    const found = outputs.find((output) => output.name === name)?.data ?? [];
    if (found.length !== data.length) return `${name}: ${found.length} values, not ${data.length}`;
    const index = data.findIndex((value, at) => !isNear(found[at], value));
    if (index >= 0) return `${name}[${index}]: ${found[index]}, not ${data[index]}`;
  }
  return undefined;
}

/** Adds one export and asks it. @returns what is wrong; undefined if nothing is */
async function tryExport(name: string): Promise<string | undefined> {
  const { missing, inputs, outputs }: Recorded = JSON.parse(
    await readFile(join(exported, `${name}.json`), 'utf8'),
  );
  const file = join(exported, `${name}.onnx`);
  const flags = missing === true ? ['--missing-allowed'] : [];
  const { servedBy } = JSON.parse(await chorus('models', 'add', name, file, ...flags, '--json'));
  if (typeof servedBy !== 'string') return 'no local cloud is running: start one first';
  const client = createClient({ url: servedBy });
  for (const binary of [false, true]) {
    const tensors = inputs.map((input) => ({
      ...input,
      data: input.data.map((value) => value ?? Number.NaN),
    }));
    const answer = await client.infer(name, { inputs: tensors }, { binary });
    const wrong = difference(answer.outputs, outputs);
    if (wrong !== undefined) return `${binary ? 'bytes' : 'JSON'}: ${wrong}`;
  }
  return undefined;
}

const asked = process.argv.slice(2);
const names = (await readdir(exported))
  .filter((file) => file.endsWith('.onnx'))
  .map((file) => file.slice(0, -'.onnx'.length))
  .filter((name) => asked.length === 0 || asked.includes(name));
const before = await readFile(list, 'utf8');
let failed = 0;
try {
  for (const name of names) {
    const started = performance.now();
    const wrong = await tryExport(name).catch((error: unknown) => String(error));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${wrong === undefined ? 'equal' : 'WRONG'}  ${name}  ${wrong ?? `after ${seconds} s`}`,
    );
    if (wrong !== undefined) failed += 1;
  }
} finally {
  await writeFile(list, before);
  for (const name of names)
    await rm(join(root, 'packages/models', name), { recursive: true, force: true });
}
console.log(`${names.length - failed} of ${names.length} models answer as in Python`);
process.exitCode = failed === 0 ? 0 : 1;
