import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchClient,
  CancelJobCommand,
  DescribeJobsCommand,
  type JobDetail,
  ListJobsCommand,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { type Port, serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchEmulator, createBatch, type LocalJobDefinition } from './index.ts';
import { openGate, toyDefinition } from './testing/toy-jobs.ts';

let directory: string;
let batch: BatchEmulator;
let port: Port;
let client: BatchClient;

/** Starts Batch on the test's folder. */
async function start(changes: Partial<LocalJobDefinition> = {}): Promise<void> {
  batch = createBatch({
    directory,
    credentials: testCredentials,
    definitions: [toyDefinition(directory, changes)],
    queues: [
      { name: 'spot', spot: true },
      { name: 'steady', spot: false },
    ],
    graceMs: 100,
  });
  port = await serve({ batch: batch.handle });
  client = new BatchClient({
    endpoint: port.url,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
  batch.resume();
}

async function stop(): Promise<void> {
  client.destroy();
  await port.close();
  await batch.close();
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-batch-'));
  await start();
});

afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

async function submit(does: string, changes: Partial<SubmitJobCommandInput> = {}) {
  const { jobId = '' } = await client.send(
    new SubmitJobCommand({
      jobName: 'fit',
      jobQueue: 'spot',
      jobDefinition: 'toy',
      containerOverrides: { environment: [{ name: 'DO', value: does }] },
      ...changes,
    }),
  );
  return jobId;
}

async function described(id: string): Promise<JobDetail> {
  const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: [id] }));
  return jobs[0] as JobDetail;
}

async function ended(id: string): Promise<JobDetail> {
  await batch.service.ended(id, AbortSignal.timeout(120_000));
  return described(id);
}

/** The lines that programs have noted: attempt and process. */
function marks(): readonly string[] {
  const file = join(directory, 'marks');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

/** Waits until so many lines are noted, and returns the process of the last. */
async function running(lines: number): Promise<number> {
  await expect.poll(() => marks().length).toBe(lines);
  return Number(marks().at(-1)?.split(' ')[1]);
}

describe('a job', () => {
  it('runs its program with its variables, and is told as AWS tells it', async () => {
    const id = await submit('exit 0', { tags: { of: 'churn' } });
    const job = await ended(id);
    expect(job).toMatchObject({
      jobName: 'fit',
      jobId: id,
      jobArn: `arn:aws:batch:us-east-1:000000000000:job/${id}`,
      jobQueue: 'arn:aws:batch:us-east-1:000000000000:job-queue/spot',
      jobDefinition: 'arn:aws:batch:us-east-1:000000000000:job-definition/toy:1',
      status: 'SUCCEEDED',
      statusReason: 'Essential container in task exited',
      attempts: [
        { statusReason: 'Essential container in task exited', container: { exitCode: 0 } },
      ],
      container: { image: 'toy:local', exitCode: 0, logStreamName: `toy/default/${id}` },
      timeout: { attemptDurationSeconds: 600 },
      tags: { of: 'churn' },
      isTerminated: false,
    });
    expect(job.container?.environment).toContainEqual({ name: 'DO', value: 'exit 0' });
    expect(job.container?.resourceRequirements).toEqual([
      { type: 'VCPU', value: '0.5' },
      { type: 'MEMORY', value: '1024' },
    ]);
    expect(job.stoppedAt).toBeGreaterThanOrEqual(job.startedAt ?? Number.POSITIVE_INFINITY);
  });

  it('has a log, and a folder of its own that is gone afterwards', async () => {
    const id = await submit('exit 0');
    await ended(id);
    expect(readdirSync(join(directory, 'logs'))).toEqual([`toy.${id}.log`]);
    const log = readFileSync(join(directory, 'logs', `toy.${id}.log`), 'utf8');
    const [, folder = ''] = /^working in (.+)\n$/.exec(log) ?? [];
    expect(folder).toBe(join(directory, 'temporary', `${id}-1`));
    expect(existsSync(folder)).toBe(false);
  });

  it('fails with the status of its program, and is not tried again if its rules say so', async () => {
    expect(await ended(await submit('exit 3'))).toMatchObject({
      status: 'FAILED',
      statusReason: 'Essential container in task exited',
      container: { exitCode: 3 },
    });
    expect(marks()).toHaveLength(1);
  });

  it('is tried again as often as its strategy says', async () => {
    const id = await submit('exit 3', { retryStrategy: { attempts: 2 } });
    expect((await ended(id)).attempts).toHaveLength(2);
    expect(marks().map((line) => line.split(' ')[0])).toEqual(['1', '2']);
  });

  it('waits for its turn, first come first served', async () => {
    const first = await submit('wait');
    const second = await submit('exit 0');
    await running(1);
    expect(await described(second)).toMatchObject({ status: 'RUNNABLE', attempts: [] });
    openGate(directory);
    const [one, two] = [await ended(first), await ended(second)];
    expect(two.startedAt).toBeGreaterThanOrEqual(one.stoppedAt ?? Number.POSITIVE_INFINITY);
  });

  it('whose program cannot be started has failed, and says why', async () => {
    await stop();
    const program = () => ({ command: '/no/such/program', arguments: [], environment: {} });
    await start({ program });
    const job = await ended(await submit('exit 0'));
    expect(job).toMatchObject({ status: 'FAILED', statusReason: 'Task failed to start' });
    expect(job.container?.reason).toContain('CannotStartContainerError: spawn /no/such/program');
  });

  it('that takes too long is ended, and not tried again', async () => {
    await stop();
    await start({ timeoutSeconds: 0.5 });
    expect(await ended(await submit('wait'))).toMatchObject({
      status: 'FAILED',
      statusReason: 'Job attempt duration exceeded timeout',
    });
    expect(marks().length).toBeLessThanOrEqual(1);
  });
});

describe('capacity of Spot that is lost', () => {
  it.each<[string, (id: string, pid: number) => void]>([
    ['by a kill from outside', (_id, pid) => process.kill(pid, 'SIGKILL')],
    ['with notice', (id) => batch.service.interrupt(id)],
  ])('%s: the job is run again, and goes on to its end', async (_name, lose) => {
    const id = await submit('wait');
    lose(id, await running(1));
    await running(2);
    openGate(directory);
    const { status, attempts = [] } = await ended(id);
    expect(status).toBe('SUCCEEDED');
    expect(attempts.map(({ statusReason }) => statusReason)).toEqual([
      'Your Spot Task was interrupted.',
      'Essential container in task exited',
    ]);
    expect(attempts[0]?.container?.exitCode).toBeGreaterThan(128);
    expect(marks().map((line) => line.split(' ')[0])).toEqual(['1', '2']);
  });

  it('kills a program that does not end by itself', async () => {
    const id = await submit('wait, deaf');
    await running(1);
    expect(batch.service.interrupt(id)).toBe(true);
    await running(3);
    expect(marks()[1]).toBe('asked');
    openGate(directory);
    expect((await ended(id)).attempts?.[0]?.container?.exitCode).toBe(137);
  });

  it('is no reason to try again once the attempts are used up', async () => {
    const id = await submit('wait', { retryStrategy: { attempts: 1 } });
    process.kill(await running(1), 'SIGKILL');
    expect(await ended(id)).toMatchObject({
      status: 'FAILED',
      statusReason: 'Your Spot Task was interrupted.',
    });
  });

  it('is not what a kill is called on a queue without Spot', async () => {
    const id = await submit('wait', { jobQueue: 'steady' });
    process.kill(await running(1), 'SIGKILL');
    expect(await ended(id)).toMatchObject({
      status: 'FAILED',
      statusReason: 'Essential container in task exited',
      container: { exitCode: 137 },
    });
  });
});

describe('a job that is not wanted any more', () => {
  it('is ended with the reason, and not tried again', async () => {
    const id = await submit('wait');
    await running(1);
    await client.send(new TerminateJobCommand({ jobId: id, reason: 'another one is better' }));
    expect(await ended(id)).toMatchObject({
      status: 'FAILED',
      statusReason: 'another one is better',
      isTerminated: true,
    });
    expect(marks()).toHaveLength(1);
  });

  it('never begins if it was still waiting; one that runs is not cancelled', async () => {
    const first = await submit('wait');
    const second = await submit('exit 0');
    await running(1);
    for (const jobId of [first, second])
      await client.send(new CancelJobCommand({ jobId, reason: 'no' }));
    expect(await ended(second)).toMatchObject({ status: 'FAILED', statusReason: 'no' });
    openGate(directory);
    expect((await ended(first)).status).toBe('SUCCEEDED');
    expect(marks()).toHaveLength(1);
  });

  it('stays as it is if it has ended', async () => {
    const id = await submit('exit 0');
    const before = await ended(id);
    await client.send(new TerminateJobCommand({ jobId: id, reason: 'late' }));
    const { $metadata: _, ...after } = { $metadata: {}, ...(await described(id)) };
    expect(after).toEqual(before);
  });
});

it('lists the jobs of a queue by state, in pages', async () => {
  const ids = [await submit('exit 0'), await submit('exit 0'), await submit('exit 1')];
  for (const id of ids) await ended(id);
  const list = (input: object) =>
    client.send(new ListJobsCommand({ jobQueue: 'spot', jobStatus: 'SUCCEEDED', ...input }));
  const first = await list({ maxResults: 1 });
  const second = await list({ maxResults: 1, nextToken: first.nextToken });
  expect(second.nextToken).toBeUndefined();
  const found = [first, second].flatMap(({ jobSummaryList = [] }) => jobSummaryList);
  expect(found.map(({ jobId }) => jobId).toSorted()).toEqual(ids.slice(0, 2).toSorted());
  expect((await list({ jobStatus: 'FAILED' })).jobSummaryList).toMatchObject([
    { jobId: ids[2], container: { exitCode: 1 } },
  ]);
  expect((await client.send(new ListJobsCommand({ jobQueue: 'spot' }))).jobSummaryList).toEqual([]);
});

describe('a local cloud that was closed', () => {
  it('runs again what ran and what waited, in the same attempt', async () => {
    const ids = [await submit('wait'), await submit('exit 0')];
    const pid = await running(1);
    await stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    openGate(directory);
    await start();
    for (const id of ids) expect((await ended(id)).attempts).toHaveLength(1);
    expect(marks().map((line) => line.split(' ')[0])).toEqual(['1', '1', '1']);
  });

  it('fails a job whose definition is gone', async () => {
    const id = await submit('wait');
    await running(1);
    await stop();
    await start({ name: 'another' });
    expect(await ended(id)).toMatchObject({
      status: 'FAILED',
      statusReason: 'The job definition toy is not there any more',
    });
  });
});

it('stops waiting for the end of a job when it is told to', async () => {
  const id = await submit('wait');
  const leave = new AbortController();
  const waited = batch.service.ended(id, leave.signal);
  leave.abort(new Error('enough'));
  await expect(waited).rejects.toThrow('enough');
});

describe('refused is', () => {
  it.each<[string, Partial<SubmitJobCommandInput>, string, string]>([
    ['no such queue', { jobQueue: 'none' }, 'ClientException', 'Can not find the job queue none'],
    ['no such definition', { jobDefinition: 'toy:2' }, 'ClientException', 'toy:2 is not found'],
    ['a name', { jobName: 'a b' }, 'ClientException', 'Job name should match'],
    ['an array', { arrayProperties: { size: 2 } }, 'NotImplementedException', 'arrayProperties'],
    ['a dependency', { dependsOn: [{ jobId: 'a' }] }, 'NotImplementedException', 'dependsOn'],
    ['many attempts', { retryStrategy: { attempts: 11 } }, 'ClientException', 'from 1 to 10'],
    ['a short time', { timeout: { attemptDurationSeconds: 59 } }, 'ClientException', 'from 60'],
    [
      'more variables than ECS takes',
      { containerOverrides: { environment: [{ name: 'A', value: 'a'.repeat(8200) }] } },
      'ClientException',
      'at most 8192',
    ],
    [
      'an unknown resource',
      { containerOverrides: { resourceRequirements: [{ type: 'GPU', value: '1' }] } },
      'ClientException',
      'GPU must be a VCPU or MEMORY',
    ],
  ])('%s', async (_name, changes, name, message) => {
    await expect(submit('exit 0', changes)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(marks()).toEqual([]);
  });

  it('any body that is no request, without a failure of the local cloud', async () => {
    const operations = ['submitjob', 'describejobs', 'listjobs', 'terminatejob', 'canceljob', 'x'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.oneof(fc.string(), fc.json()),
        async (operation, body) => {
          const response = await signedFetch({
            url: `${port.url}/v1/${operation}`,
            service: 'batch',
            credentials: testCredentials,
            method: 'POST',
            body,
          });
          expect([400, 501]).toContain(response.status);
          expect(await response.json()).toEqual({ message: expect.any(String) });
        },
      ),
      { numRuns: 200 },
    );
  });
});
