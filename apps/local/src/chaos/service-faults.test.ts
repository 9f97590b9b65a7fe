import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { key, startTaskCloud, TableName, type TaskCloud } from '../testing/task-cloud.ts';
import { draw } from './draw.ts';

let tasks: TaskCloud;
beforeAll(async () => {
  tasks = await startTaskCloud();
});
afterAll(() => tasks.close());
afterEach(() => chaos('stop', {}));

async function chaos(path: string, body: object): Promise<void> {
  const { url, credentials } = tasks.cloud;
  const response = await signedFetch({
    url: `${url}/chaos/${path}`,
    service: 'chorus',
    method: 'POST',
    credentials,
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

const start = (fault: string, more: object = {}) =>
  chaos('start', {
    fault,
    target: { kind: 'table', name: 'notes' },
    share: 1,
    forMs: 60_000,
    seed: 0,
    ...more,
  });

const put = (of: string) => tasks.ask('dynamodb:putItem', { TableName, Item: key(of) });
const isThere = async (of: string): Promise<boolean> =>
  'Item' in (await tasks.ask('dynamodb:getItem', { TableName, Key: key(of) }));

/** A seed by which the first worker is killed so late that its work is done, or early. */
function seedOf(isLate: boolean): number {
  let seed = 0;
  // The draw is of the request that has just been counted.
  while (draw(seed, 'late table:notes', 1) < 0.5 !== isLate) seed += 1;
  return seed;
}

it.each([
  ['fail', {}, 'DynamoDB.InternalServerErrorException', false],
  ['throttle', {}, 'DynamoDB.ProvisionedThroughputExceededException', false],
  ['kill', { seed: seedOf(false) }, 'DynamoDB.SdkClientException', false],
  ['kill', { seed: seedOf(true) }, 'DynamoDB.SdkClientException', true],
  ['corrupt', {}, 'DynamoDB.SdkClientException', true],
] as const)('a task whose table has a %s %j sees %s', async (fault, more, error, isWritten) => {
  const of = `${fault} ${isWritten}`;
  await start(fault, more);
  expect(await put(of)).toMatchObject({ Error: error, Cause: expect.stringContaining('chaos') });
  await chaos('stop', {});
  expect(await isThere(of)).toBe(isWritten);
});

it('a task whose table is slow waits, and has its answer', async () => {
  await start('slow', { byMs: 20 });
  expect(await put('slow')).not.toHaveProperty('Error');
  expect(await isThere('slow')).toBe(true);
});
