import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { resolveOptions } from '../options.ts';
import { friedmanRows } from '../testing/many-rows.ts';
import { fitForest, randomForest } from '../trainers/random-forest.ts';
import { folderCheckpoints } from './checkpoints.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps bytes by name, and knows what is not there', async () => {
  const checkpoints = folderCheckpoints(join(folder, 'made', 'when-needed'));
  expect(await checkpoints.read('tree-1')).toBeUndefined();
  await checkpoints.write('tree-1', Uint8Array.of(1, 2));
  await checkpoints.write('tree-1', Uint8Array.of(3));
  expect([...((await checkpoints.read('tree-1')) ?? [])]).toEqual([3]);
});

it('has no name for what was not written to its end', async () => {
  const checkpoints = folderCheckpoints(folder);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      checkpoints.write('tree', new Uint8Array(1e5).fill(index)),
    ),
  );
  expect(new Set(await readFile(join(folder, 'tree'))).size).toBe(1);
  expect(await readdir(folder)).toEqual(['tree']);
});

const rows = 20_000;
const given = { trees: 12, minLeaf: 5, exactRows: 0 };

/** A process that trains a forest and writes it to a file of the folder, or waits once so many trees are kept. */
function startTraining(until: number) {
  const module = (name: string) => new URL(name, import.meta.url).href;
  const script = `
    import { writeFile } from 'node:fs/promises';
    const { friedmanRows, inPieces } = await import('${module('../testing/many-rows.ts')}');
    const { fitRows, folderCheckpoints, randomForest } = await import('${module('../index.ts')}');
    const { resolveOptions } = await import('${module('../options.ts')}');
    const options = resolveOptions('forest', randomForest.options, ${JSON.stringify(given)});
    const rows = inPieces(friedmanRows(${rows}, 6), 7000);
    const { read, write } = folderCheckpoints(process.argv[1] + '/kept');
    let seen = 0;
    const checkpoints = {
      read: async (name) => {
        const bytes = await read(name);
        if (bytes) seen++;
        return bytes;
      },
      write: async (name, bytes) => {
        if (seen++ === ${until}) await new Promise((resolve) => setTimeout(resolve, 2 ** 30));
        await write(name, bytes);
      },
    };
    const model = await fitRows(randomForest, rows, options, { seed: 8, checkpoints });
    await writeFile(process.argv[1] + '/model.onnx', model.toOnnx({ input: 'x', output: 'y' }));`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script, folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const kept = async () =>
  (await readdir(join(folder, 'kept')).catch(() => [])).filter((name) => name.startsWith('tree'));

it('lets a training that was killed twice go on, to the same bytes', async () => {
  for (const trees of [2, 6]) {
    const child = startTraining(trees);
    const gone = once(child, 'exit');
    await expect.poll(async () => (await kept()).length, { interval: 20 }).toBe(trees);
    child.kill('SIGKILL');
    expect((await gone)[1]).toBe('SIGKILL');
  }
  const before = await kept();
  expect(before.length).toBe(6);
  const times = new Map(
    await Promise.all(
      before.map(async (name) => [name, (await stat(join(folder, 'kept', name))).mtimeMs] as const),
    ),
  );
  const [code] = await once(startTraining(given.trees), 'exit');
  expect(code).toBe(0);
  for (const [name, time] of times) {
    expect((await stat(join(folder, 'kept', name))).mtimeMs).toBe(time);
  }
  const options = resolveOptions('forest', randomForest.options, given);
  const whole = fitForest(friedmanRows(rows, 6), options, { seed: 8 });
  const expected = Buffer.from(whole.toOnnx({ input: 'x', output: 'y' }));
  expect(expected.equals(await readFile(join(folder, 'model.onnx')))).toBe(true);
});
