/** The embedded PostgreSQL as a process of its own: `main.ts <folder> <address>…`. It ends with its parent. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createPostgres } from './create-postgres.ts';
import { explainDatabaseError } from './file-problems.ts';
import type { Said } from './start-postgres.ts';

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
const database = createPostgres({ directory, password, fail });
// One that is still being opened has nothing to write.
let close = async (): Promise<void> => {};
process.once('message', () => close().finally(() => process.exit()));
const ports: number[] = [];
for (const address of addresses) {
  const server = createServer(database.handle);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  ports.push((server.address() as AddressInfo).port);
}
await say({ ports });
// A failure has been told by then.
await database.ready.then(
  () => {
    close = database.close;
    return say({ ready: true });
  },
  () => {},
);
