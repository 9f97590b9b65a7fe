/**
 * Adds a classifier of photos to the local cloud that runs now by `chorus models add --image`, and asks it about photos of one
 * colour, by both ways of asking, also when a second version is pushed, swapped in and taken back: `node apps/local/e2e/own-models/photos.ts`. It takes back what it wrote.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@chorus/protocol';
import sharp from 'sharp';

const name = 'own-colours';
const labels = ['red', 'green', 'blue'];

interface Prediction {
  readonly label: string;
  readonly labels: readonly string[];
  readonly probabilities: readonly number[];
}

const root = resolve(import.meta.dirname, '../../../..');
const list = join(root, 'packages/service/src/models.ts');
const file = join(root, 'packages/intake/fixtures/photos/colours.onnx');

async function chorus(...argv: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(root, 'apps/cli/src/main.ts'),
    ...argv,
  ]);
  return stdout;
}

/** Returns the probabilities of a colour: the logits are five times the mean of each channel, from 0 to 1. */
function expected(levels: readonly number[]): readonly number[] {
  const powers = levels.map((level) => Math.exp((5 * level) / 255));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Asks about a photo of one colour. @returns what is wrong; undefined if nothing is */
async function tryColour(url: string, levels: readonly [number, number, number]) {
  const [r, g, b] = levels;
  const photo = await sharp({
    create: { width: 300, height: 200, channels: 3, background: { r, g, b } },
  })
    .png()
    .toBuffer();
  const image = photo.toString('base64');
  const response = await fetch(`${url}/predict/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image }),
  });
  const { predictions } = (await response.json()) as { predictions: readonly Prediction[] };
  const [seen] = predictions;
  const data = [image];
  const parameters = { content_type: 'base64' };
  const tensor = { name: 'image', datatype: 'BYTES', shape: [1], parameters, data } as const;
  const { outputs } = await createClient({ url }).infer(name, { inputs: [tensor] });
  const of = (output: string) => outputs.find((each) => each.name === output)?.data ?? [];
  const wanted = expected(levels);
  const best = labels[wanted.indexOf(Math.max(...wanted))];
  const isNear = (found: readonly unknown[], names: readonly unknown[]) =>
    names.every(
      (label, index) =>
        Math.abs(Number(found[index]) - (wanted[labels.indexOf(String(label))] ?? 2)) < 1e-5,
    );
  const isRight =
    seen !== undefined &&
    seen.label === best &&
    of('label')[0] === best &&
    isNear(seen.probabilities, seen.labels) &&
    isNear(of('probabilities'), of('labels'));
  return isRight ? undefined : `${levels}: ${JSON.stringify(predictions)}, not ${best} ${wanted}`;
}

/** Asks about three colours. @returns what is wrong */
async function tryColours(url: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const levels of [
    [200, 40, 90],
    [10, 250, 10],
    [0, 0, 60],
  ] as const) {
    const told = await tryColour(url, levels);
    if (told !== undefined) wrong.push(told);
  }
  return wrong;
}

/** Pushes the same graph with a text more, its `doc_string`: another file that answers alike. */
async function pushAgain(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-own-photos-'));
  try {
    const docString = Buffer.from([0x32, 2, ...Buffer.from('v2')]);
    const better = join(folder, 'better.onnx');
    await writeFile(better, Buffer.concat([await readFile(file), docString]));
    await chorus('models', 'push', name, better);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const before = await readFile(list, 'utf8');
const wrong: string[] = [];
try {
  const flags = ['--image', 'zero-to-one', '--labels', labels.join(','), '--json'];
  const { servedBy } = JSON.parse(await chorus('models', 'add', name, file, ...flags));
  if (typeof servedBy !== 'string') throw new Error('no local cloud is running: start one first');
  wrong.push(...(await tryColours(servedBy)));
  await pushAgain();
  await chorus('models', 'swap', name, 'v2');
  wrong.push(...(await tryColours(servedBy)));
  await chorus('models', 'rollback', name);
  wrong.push(...(await tryColours(servedBy)));
} finally {
  await writeFile(list, before);
  await rm(join(root, 'packages/models', name), { recursive: true, force: true });
}
for (const line of wrong) console.error(line);
console.log(`${9 - wrong.length} of 9 photos are answered as by hand`);
process.exitCode = wrong.length === 0 ? 0 : 1;
