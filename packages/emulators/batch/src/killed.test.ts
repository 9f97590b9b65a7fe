import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchClient,
  DescribeJobsCommand,
  SubmitJobCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processBegan } from './process-began.ts';
import { openGate } from './testing/toy-jobs.ts';

let directory: string;
let cloud: ChildProcess;
let client: BatchClient;

async function start(): Promise<void> {
  cloud = fork(join(import.meta.dirname, 'testing/main.ts'), [directory]);
  const [port] = await once(cloud, 'message');
  client = new BatchClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: testCredentials,
  });
}

async function kill(): Promise<void> {
  const ended = once(cloud, 'exit');
  cloud.kill('SIGKILL');
  await ended;
  client.destroy();
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-batch-'));
  await start();
});

afterEach(async () => {
  openGate(directory);
  await kill();
  await rm(directory, { recursive: true, force: true });
});

async function submit(does: string): Promise<string> {
  const { jobId = '' } = await client.send(
    new SubmitJobCommand({
      jobName: 'fit',
      jobQueue: 'spot',
      jobDefinition: 'toy',
      containerOverrides: { environment: [{ name: 'DO', value: does }] },
    }),
  );
  return jobId;
}

const statusOf = async (id: string) =>
  (await client.send(new DescribeJobsCommand({ jobs: [id] }))).jobs?.[0];

function marks(): readonly string[] {
  const file = join(directory, 'marks');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

async function running(lines: number): Promise<number> {
  await expect.poll(() => marks().length).toBe(lines);
  return Number(marks().at(-1)?.split(' ')[1]);
}

it('a job of a killed cloud is run again, and the process that was left behind is ended first', async () => {
  const ids = [await submit('wait, deaf'), await submit('exit 0')];
  const left = await running(1);
  await kill();
  expect(processBegan(left)).toBeDefined();
  await start();
  await running(2);
  await expect.poll(() => processBegan(left)).toBeUndefined();
  openGate(directory);
  for (const id of ids)
    await expect.poll(async () => (await statusOf(id))?.status).toBe('SUCCEEDED');
  expect((await statusOf(ids[0] ?? ''))?.attempts).toHaveLength(1);
  expect(marks().map((line) => line.split(' ')[0])).toEqual(['1', '1', '1']);
});

it('a job that was to end does not begin again', async () => {
  const id = await submit('wait, deaf');
  const left = await running(1);
  await client.send(new TerminateJobCommand({ jobId: id, reason: 'enough' }));
  await kill();
  await start();
  await expect.poll(async () => (await statusOf(id))?.statusReason).toBe('enough');
  await expect.poll(() => processBegan(left)).toBeUndefined();
  expect((await statusOf(id))?.status).toBe('FAILED');
});
