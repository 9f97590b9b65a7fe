/** The embedded PostgreSQL as a process of its own: `main.ts <folder> <address>…`. It ends with its parent. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createBridge } from './bridge.ts';
import { openPglite } from './open-pglite.ts';
import { waitForPredecessor } from './predecessor.ts';

const [directory = '', ...addresses] = process.argv.slice(2);

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

// A parent that was killed says nothing; its end of the channel closes.
process.once('disconnect', () => process.exit());
/** Not an argument: those are shown to every user of the machine. */
const [{ password }] = (await once(process, 'message')) as [{ readonly password: string }];
let close = async (): Promise<void> => {};
process.once('message', () => close().finally(() => process.exit()));
const opened = waitForPredecessor(directory).then(() => openPglite(directory));
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
process.send?.({ ports });
({ close } = await opened);
process.send?.({ ready: true });
