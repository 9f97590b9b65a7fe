import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { answeredLater, breakerService, failures } from './breaker-service.ts';
import { post, startTestCloud, type TestCloud } from './test-cloud.ts';

/** It closes within a second. */
const service = breakerService(1);
let cloud: TestCloud;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-breaker-'));
  cloud = await startTestCloud(service);
});
afterEach(async () => {
  await cloud.remove();
  await rm(folder, { recursive: true });
});

const tell = (order: object) => post(cloud, '/predict/guarded', { text: JSON.stringify(order) });

/** The failure of the function that does as it is told; undefined when it answered. */
async function failure(order: object) {
  const { status, body } = await tell(order);
  expect(status).toBe(200);
  return body.failed['told']?.error;
}

const well = { do: 'pid' };

/** Tells the function to fail until its breaker is open. */
async function open(order: object = { do: 'throw' }): Promise<void> {
  for (let count = 0; count < failures; count += 1) await tell(order);
}

/** Asks until the breaker has closed. */
const closes = () => expect.poll(() => failure(well)).toBeUndefined();

it('success: asks all of them, and keeps nothing', async () => {
  expect(await failure(well)).toBeUndefined();
});

it('retry-then-success: a crash that passes is asked again, and does not count', async () => {
  for (let count = 0; count < failures; count += 1)
    expect(await failure({ do: 'exit-once', file: join(folder, `${count}`) })).toBeUndefined();
  expect(await failure(well)).toBeUndefined();
});

it('failure: is not asked after so many, is named with the time, and closes by itself', async () => {
  await open();
  const { body } = await tell(well);
  expect(body.failed).toEqual({
    told: {
      error: 'CircuitOpenError',
      message: expect.stringMatching(/^it failed 3 times in a row; it is asked again from .+Z on$/),
    },
  });
  await closes();
  expect(await failure(well)).toBeUndefined();
});

it('time-out: a function that hangs counts, and costs nothing once it is open', async () => {
  await open({ do: 'hang' });
  expect(await failure({ do: 'hang' })).toBe('CircuitOpenError');
  await closes();
});

it('bad input: a request that the function finds wrong does not count', async () => {
  for (let count = 0; count < failures + 1; count += 1)
    expect(await failure({ do: 'refuse' })).toBe('InvalidRequestError');
  expect(await failure(well)).toBeUndefined();
});

it('200 executions at once open it together, and then agree that it is open, and until when', async () => {
  await cloud.remove();
  // It stays open for as long as the test may take, and no request is too many.
  cloud = await startTestCloud(breakerService(3600), undefined, undefined, {}, 400);
  const all = (order: object) => Promise.all(Array.from({ length: 200 }, () => tell(order)));
  await all({ do: 'throw' });
  const said = (await all(well)).map(({ body }) => JSON.stringify(body.failed));
  expect([...new Set(said)]).toEqual([
    expect.stringMatching(
      /^\{"told":\{"error":"CircuitOpenError","message":"it failed 3 times in a row; it is asked again from /,
    ),
  ]);
});

it('restart in the middle: what was known is known, and it closes', async () => {
  for (let count = 1; count < failures; count += 1) await tell({ do: 'throw' });
  const cut = tell({ do: 'hang' }).catch(() => 'cut');
  const { directory } = cloud;
  await cloud.close(0);
  await cut;
  cloud = await startTestCloud(service, directory);
  // One more is enough.
  expect(await failure({ do: 'throw' })).toBe('RangeError');
  expect(await failure(well)).toBe('CircuitOpenError');
  await closes();
});

it('asked later while it is open: the request is tried again, and answered once it has closed', async () => {
  await cloud.remove();
  cloud = await startTestCloud(answeredLater(3));
  const order = (what: object) => ({ text: JSON.stringify(what) });
  for (let count = 0; count < failures; count += 1)
    await post(cloud, '/predict/alone', order({ do: 'throw' }));
  expect(await post(cloud, '/predict/alone', order(well))).toMatchObject({
    status: 503,
    body: { failed: { told: { error: 'CircuitOpenError' } } },
  });
  const { status, body } = await post(cloud, '/predict/alone?async=1', order(well));
  expect(status).toBe(202);
  const { id } = body as unknown as { readonly id: string };
  const get = () => fetch(`${cloud.url}/predictions/${id}`);
  await expect.poll(async () => (await get()).status, { interval: 200 }).not.toBe(202);
  const ending = await get();
  expect([ending.status, await ending.json()]).toEqual([
    200,
    expect.objectContaining({ predictions: [expect.any(Number)], failed: {} }),
  ]);
});

it('runs the definition that is deployed', async () => {
  const client = new SFNClient({ endpoint: cloud.url, region, credentials: cloud.credentials });
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:chorus-guarded';
  const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  client.destroy();
  const [guarded] = service.workflows;
  const text = JSON.stringify(guarded?.definition)
    .replaceAll(/\$\{BREAKERS_TABLE\}/g, 'chorus-breakers')
    .replaceAll(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-1:000000000000:function:chorus-$1:live');
  expect(JSON.parse(definition ?? '')).toEqual(JSON.parse(text));
});
