import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, startDynamodb } from './testing/start-dynamodb.ts';

const TableName = 'reviews';
const rounds = 3;
const writers = 8;
let directory: string;
let child: ChildProcess;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-dynamodb-'));
  const { service, stop } = await startDynamodb(directory);
  await service.ensureTable({
    name: TableName,
    key: { name: 'id', type: 'S' },
    ttl: 'ttl',
    indexes: [{ name: 'by-mood', key: { name: 'mood', type: 'S' } }],
  });
  await stop();
});
afterEach(async () => {
  await kill();
  await rm(directory, { recursive: true });
});

/** Starts it as a process of its own, which may kill itself after so many writes. */
async function startChild(writes?: number): Promise<ReturnType<typeof clientOf>> {
  // A plain Node: vitest's own arguments are not for the child.
  child = fork(
    join(import.meta.dirname, 'testing/main.ts'),
    [directory, ...(writes === undefined ? [] : [String(writes)])],
    { execArgv: [] },
  );
  const [port] = (await once(child, 'message')) as [number];
  return clientOf(`http://127.0.0.1:${port}`);
}

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Writes until enough is acknowledged, in this round and those before, and kills it then. */
async function writeUntilKilled(round: number, acknowledged: Map<string, number>): Promise<void> {
  const client = await startChild();
  const mood = 'good';
  const all = Array.from({ length: writers }, async (_, writer) => {
    const counter = `count-${writer}`;
    for (let index = 0; ; index++) {
      const id = `${round}-${writer}-${index}`;
      await client.send(new PutCommand({ TableName, Item: { id, mood } }));
      acknowledged.set(id, 1);
      await client.send(
        new UpdateCommand({
          TableName,
          Key: { id: counter },
          UpdateExpression: 'ADD votes :one SET mood = :mood',
          ExpressionAttributeValues: { ':one': 1, ':mood': mood },
        }),
      );
      acknowledged.set(counter, (acknowledged.get(counter) ?? 0) + 1);
      const pair = ['left', 'right'].map((side) => ({
        Put: { TableName, Item: { id: `${id}-${side}`, mood } },
      }));
      await client.send(new TransactWriteCommand({ TransactItems: pair }));
      acknowledged.set(`${id}-left`, 1);
      if (acknowledged.size > 60 * (round + 1)) child.kill('SIGKILL');
    }
  });
  await Promise.allSettled(all);
  await kill();
  client.destroy();
}

describe('kill -9 in the middle of writes', () => {
  it('loses nothing that was acknowledged, and leaves nothing half-written', async () => {
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < rounds; round++) await writeUntilKilled(round, acknowledged);

    const after = await startDynamodb(directory);
    const { Items = [] } = await after.client.send(new ScanCommand({ TableName }));
    const there = new Map(Items.map(({ id, votes }) => [String(id), Number(votes ?? 1)]));
    expect(acknowledged.size).toBeGreaterThan(150);
    for (const [id, votes] of acknowledged) {
      // A write may have been done whose answer did not come; each writer has one at a time, in each round.
      expect(there.get(id)).toBeGreaterThanOrEqual(votes);
      expect(there.get(id)).toBeLessThanOrEqual(votes + rounds);
    }
    expect(there.size).toBeLessThanOrEqual((acknowledged.size + rounds * writers) * 2);
    // Both of a transaction are there, or neither.
    const sides = (side: string) =>
      [...there.keys()].filter((id) => id.endsWith(side)).map((id) => id.slice(0, -side.length));
    expect(sides('-left').sort()).toEqual(sides('-right').sort());
    // The index has what the table has.
    const { Items: indexed = [] } = await after.client.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-mood',
        KeyConditionExpression: 'mood = :good',
        ExpressionAttributeValues: { ':good': 'good' },
      }),
    );
    const byId = (items: typeof Items) => items.map(({ id }) => id).sort();
    expect(byId(indexed)).toEqual(byId(Items));
    await after.stop();
  });
});

describe('kill -9 between two writes of one transaction', () => {
  const items = (mood: string) =>
    ['a', 'b'].map((id) => ({ Put: { TableName, Item: { id, mood } } }));

  // Of each item there are the entries of the old and the new mood in the index, and itself; then it is done.
  it.each([1, 2, 3, 4, 5, 6])('leaves all as it was after write %i', async (writes) => {
    const before = await startDynamodb(directory);
    await before.client.send(new TransactWriteCommand({ TransactItems: items('old') }));
    await before.stop();

    const client = await startChild(writes);
    const exit = once(child, 'exit');
    const sent = client.send(new TransactWriteCommand({ TransactItems: items('new') }));
    await expect(sent).rejects.toThrow();
    await exit;
    client.destroy();

    const after = await startDynamodb(directory);
    const { Items } = await after.client.send(new ScanCommand({ TableName }));
    expect(Items?.map(({ mood }) => mood)).toEqual(['old', 'old']);
    for (const [mood, count] of [
      ['old', 2],
      ['new', 0],
    ]) {
      const query = new QueryCommand({
        TableName,
        IndexName: 'by-mood',
        KeyConditionExpression: 'mood = :mood',
        ExpressionAttributeValues: { ':mood': mood },
      });
      expect((await after.client.send(query)).Count).toBe(count);
    }
    await after.stop();
  });
});
