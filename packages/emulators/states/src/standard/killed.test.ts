import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { standardExecutionArn } from '../check-arn.ts';
import { createStates } from '../create-states.ts';
import { invoke, machineArn, states } from '../testing/start-standard.ts';

/** Each of three items goes through two functions, beside a branch of two more; one comes before, and one after. */
const machine = states({
  A: invoke('first', { Next: 'Both' }),
  Both: {
    Type: 'Parallel',
    Branches: [
      {
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            Items: [1, 2, 3],
            ItemProcessor: {
              StartAt: 'M1',
              States: { M1: invoke('m1', { Next: 'M2' }), M2: invoke('m2', { End: true }) },
            },
            End: true,
          },
        },
      },
      {
        StartAt: 'B1',
        States: { B1: invoke('b1', { Next: 'B2' }), B2: invoke('b2', { End: true }) },
      },
    ],
    Next: 'Z',
  },
  Z: invoke('last', { End: true }),
});
/** How often the functions of the machine are asked when nothing is killed. */
const calls = 10;
const arn = standardExecutionArn('killed', 'one');
const output = '[[[[1,"m1"],"m2"],[[2,"m1"],"m2"],[[3,"m1"],"m2"]],[[[{},"first"],"b1"],"b2"]]';

/** Runs the machine in the folder of its first argument; asks nothing but standard output, one line for each event of a function. */
const program = `
  const { appendFileSync } = await import('node:fs');
  const { createStates } = await import(${JSON.stringify(join(import.meta.dirname, '../create-states.ts'))});
  const directory = process.argv[1];
  const { service, resume } = createStates({
    directory,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    machines: [{ name: 'killed', type: 'STANDARD', definition: ${JSON.stringify(machine)}, substitutions: {} }],
    lambda: {
      async invoke({ functionName, payload }) {
        appendFileSync(directory + '/asked', functionName + '\\n');
        console.log(functionName);
        await new Promise((resolve) => setImmediate(resolve));
        const event = JSON.parse(Buffer.from(payload).toString());
        return { payload: Buffer.from(JSON.stringify([event, functionName])), executedVersion: '1' };
      },
    },
  });
  await service.start('${machineArn('killed')}', '{}', { name: 'one' }).catch(() => {});
  resume();
  await service.executions.ended('${arn}', new AbortController().signal);
  console.log('ended');
`;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-killed-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Works on the execution in a process of its own, which is killed when its functions have been asked so often. */
async function work(killAfter: number): Promise<'ended' | 'killed'> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let asked = 0;
  let ended = false;
  for await (const line of createInterface(child.stdout)) {
    if (line === 'ended') ended = true;
    else asked += 1;
    if (ended || asked >= killAfter) break;
  }
  child.kill('SIGKILL');
  await exit;
  return ended ? 'ended' : 'killed';
}

it.each([[1, 1], [2, 3], [5], [9]])(
  'ends as it would have when its processes are killed after %j events',
  async (...kills) => {
    let killed = 0;
    for (const killAfter of kills) if ((await work(killAfter)) === 'killed') killed += 1;
    expect(await work(Number.POSITIVE_INFINITY)).toBe('ended');

    const { service, close } = createStates({
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      machines: [],
      lambda: { invoke: () => Promise.reject(new Error('nothing is left to ask')) },
      directory,
    });
    const record = service.executions.find(arn);
    await close();
    expect(record).toMatchObject({ status: 'SUCCEEDED', output: `[${output},"last"]` });
    const asked = (await readFile(join(directory, 'asked'), 'utf8')).trim().split('\n');
    // Four run at once at most: so many may have been asked in vain by each process that was killed.
    expect(asked.length).toBeGreaterThanOrEqual(calls);
    expect(asked.length).toBeLessThanOrEqual(calls + killed * 4);
    expect(asked.filter((name) => name === 'first').length).toBeLessThanOrEqual(1 + killed);
  },
);
