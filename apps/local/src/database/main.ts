/** The embedded PostgreSQL as a process of its own: `main.ts <folder> <address>…`. It ends with its parent. */
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { dirname } from 'node:path';
import { createBridge } from './bridge.ts';
import { explainDatabaseError, probe } from './file-problems.ts';
import { lockFiles } from './lock.ts';
import { type EmbeddedPostgres, openPglite } from './open-pglite.ts';
import type { Said } from './start-database.ts';

const [directory = '', ...addresses] = process.argv.slice(2);

// A parent that was killed says nothing; its end of the channel closes.
process.once('disconnect', () => process.exit());
if (!process.connected) process.exit();

/** Tells the parent something, and waits until it has gone out. */
const say = (said: Said): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(said, undefined, undefined, () => resolve());
  });

async function fail(error: unknown): Promise<never> {
  console.error(error);
  const { message } = await explainDatabaseError(error, directory);
  await say({ failed: message });
  process.exit(1);
}

/** Not an argument: those are shown to every user of the machine. */
const [{ password }] = (await once(process, 'message')) as [{ readonly password: string }];
let close = async (): Promise<void> => {};
process.once('message', () => close().finally(() => process.exit()));

/** What PostgreSQL and a hundred clients have open at the most. */
const neededFiles = 200;

async function open(): Promise<EmbeddedPostgres> {
  await mkdir(dirname(directory), { recursive: true });
  const lock = await lockFiles(directory);
  await probe(directory, neededFiles);
  return openPglite(directory, lock);
}
const opened = open();
opened.catch(fail);
// Clients may come before the database is there: they wait.
const serve = createBridge({
  password,
  backend: {
    greet: async () => (await opened).greet(),
    execute: async (messages) => (await opened).execute(messages),
  },
  fail,
});
const ports: number[] = [];
for (const address of addresses) {
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  ports.push((server.address() as AddressInfo).port);
}
await say({ ports });
// A failure has been told by then.
await opened.then(
  (database) => {
    close = database.close;
    return say({ ready: true });
  },
  () => {},
);
