import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { clientOf, failureOf, startDynamodb } from './testing/start-dynamodb.ts';

const TableName = 'box';
const text = 'x'.repeat(50_000);

it('says that a file cannot grow, keeps what was acknowledged, and goes on answering', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-dynamodb-'));
  const before = await startDynamodb(directory);
  await before.service.ensureTable({ name: TableName, key: { name: 'id', type: 'S' } });
  await before.stop();

  // No file of the process may grow above half a megabyte.
  const child = spawn(
    'sh',
    [
      '-c',
      'ulimit -f 1024; exec "$0" "$@"',
      process.execPath,
      join(import.meta.dirname, 'testing/main.ts'),
      directory,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  );
  const [port] = (await once(child, 'message')) as [number];
  const client = clientOf(`http://127.0.0.1:${port}`);
  const acknowledged: string[] = [];
  const failed: Error[] = [];
  for (let index = 0; index < 40; index++) {
    const put = client.send(new PutCommand({ TableName, Item: { id: `${index}`, text } }));
    await put.then(
      () => acknowledged.push(`${index}`),
      (error: Error) => failed.push(error),
    );
  }
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(failed.length).toBeGreaterThan(0);
  for (const error of failed) {
    expect(error).toMatchObject({ name: 'InternalServerError' });
    expect(error.message).toContain('dynamodb.sqlite cannot be read or written');
  }
  const ids = async (from: typeof client) => {
    const { Items } = await from.send(new ScanCommand({ TableName, ProjectionExpression: 'id' }));
    return Items?.map(({ id }) => id).sort();
  };
  expect(await ids(client)).toEqual([...acknowledged].sort());
  expect(
    await failureOf(client.send(new PutCommand({ TableName, Item: { id: 1 } }))),
  ).toMatchObject({ name: 'ValidationException' });
  client.destroy();
  child.kill('SIGKILL');
  await once(child, 'exit');

  const after = await startDynamodb(directory);
  expect(await ids(after.client)).toEqual([...acknowledged].sort());
  await after.remove();
  await rm(directory, { recursive: true, force: true });
});
