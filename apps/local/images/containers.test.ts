import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, findEngine } from '@chorus/docker';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeFaults } from '../e2e/describe-faults.ts';
import { forceLiveSettings } from '../e2e/live-version.ts';
import { house, post, startServingCloud, type TestCloud } from '../e2e/test-cloud.ts';
import { clientEnvironment } from '../src/env.ts';
import { containers, type FunctionHost } from '../src/index.ts';

let engine: Engine;
let host: FunctionHost;

beforeAll(async () => {
  engine = await findEngine((clientEnvironment()['PATH'] ?? '').split(':'));
});

async function openContainers(temporaryBytes?: number): Promise<FunctionHost> {
  host = await containers(blueprint.functions, {
    command: engine.command,
    clientEnvironment: clientEnvironment(),
    ...(temporaryBytes !== undefined && { temporaryBytes }),
  });
  return host;
}

const running = (...filters: readonly string[]): string[] =>
  execFileSync(engine.command, ['ps', '--quiet', ...filters.flatMap((each) => ['--filter', each])])
    .toString()
    .split('\n')
    .filter((id) => id !== '');

async function predict(cloud: TestCloud) {
  return post(cloud, '/predict/house-price', house);
}

const physical = (name: string) => `chorus-${name}`;

describe('functions in containers', () => {
  let cloud: TestCloud;
  let processes: TestCloud;
  beforeAll(async () => {
    processes = await startServingCloud();
    cloud = await startServingCloud(() => openContainers());
  });
  afterAll(async () => {
    await cloud.remove();
    await processes.remove();
    expect(running('name=chorus-svr')).toEqual([]);
  });

  it('give what processes give, bit for bit', async () => {
    const instances = Array.from({ length: 50 }, (_, index) => ({ ...house, AGE: index }));
    const ask = (of: TestCloud) => post(of, '/predict/house-price', { instances });
    const [inContainers, inProcesses] = [await ask(cloud), await ask(processes)];
    expect(inContainers.status, inContainers.body.error).toBe(200);
    expect(inContainers.body.predictions).toEqual(inProcesses.body.predictions);
    const gateway = await fetch(`${cloud.url}/v2/models/house-price/ready`);
    expect(gateway.status).toBe(200);
  });

  it('are read-only, have their function’s memory and processor, and no way out', () => {
    const [id = ''] = running(`name=${physical('svr')}`);
    const [container] = JSON.parse(execFileSync(engine.command, ['inspect', id]).toString());
    expect(container.HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      Memory: 1024 * 1024 * 1024,
      NanoCpus: 580_000_000,
    });
    const script =
      'fetch("http://192.0.2.1", {signal: AbortSignal.timeout(1000)}).then(() => 1, () => 0).then((c) => process.exit(c))';
    execFileSync(engine.command, ['exec', id, 'node', '-e', script]);
  });

  it('are replaced when they are killed', async () => {
    await predict(cloud);
    execFileSync(engine.command, ['kill', ...running(`name=${physical('svr')}`)]);
    await expect.poll(() => running(`name=${physical('svr')}`)).toEqual([]);
    expect((await predict(cloud)).body.failed).toEqual({});
  });
});

/**
 * Gives containers of Lambda's least memory, 128 MB, a quarter of it: less than Node with ONNX Runtime needs. Little memory
 * comes with little of a processor; with a whole one only the memory is scarce.
 */
function withScarceMemory(of: FunctionHost): FunctionHost {
  return {
    ...of,
    program(spec, start) {
      const program = of.program(spec, start);
      const given = program.arguments.map((each, index, all) => {
        if (all[index - 1] === '--cpus') return '1';
        return each === '128m' ? '32m' : each;
      });
      return { ...program, arguments: given };
    },
  };
}

describe('a container that runs out of memory', () => {
  it('is a clear failure, and more memory cures it', async () => {
    const forest = 'random-forest';
    const cloud = await startServingCloud(
      async () => withScarceMemory(await openContainers()),
      blueprint,
    );
    await forceLiveSettings(cloud, physical(forest), { MemorySize: 128 });
    const { status, body } = await predict(cloud);
    expect(status).toBe(200);
    expect(body.failed[forest]?.error).toBe('Runtime.ExitError');
    expect(body.failed[forest]?.message).toContain('exit status 137');
    await forceLiveSettings(cloud, physical(forest), { MemorySize: 1024 });
    expect((await predict(cloud)).body.failed).toEqual({});
    await cloud.remove();
  });
});

describe('a full /tmp', () => {
  it('is said in the log; the answer comes from memory', async () => {
    const cloud = await startServingCloud(() => openContainers(300_000));
    const { body } = await predict(cloud);
    expect(body.failed).toEqual({});
    const log = join(cloud.directory, 'logs/chorus-random-forest.log');
    await expect.poll(() => readFileSync(log, 'utf8')).toMatch(/ENOSPC/);
    await cloud.remove();
  });
});

describe('in containers', () => {
  describeFaults(
    () => startServingCloud(() => openContainers()),
    () => host.address,
  );
});
