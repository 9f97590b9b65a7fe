/**
 * Local queues as a process of their own, for tests that kill it: `fork(main.ts, [directory])`. With a number after the folder it
 * kills itself right after it has written for the so-manieth time.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StatementSync } from 'node:sqlite';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createQueues } from '../index.ts';

const [directory = '', last = 'never'] = process.argv.slice(2);
const { run } = StatementSync.prototype;
let writes = 0;
Object.defineProperty(StatementSync.prototype, 'run', {
  value(this: StatementSync, ...values: readonly unknown[]): unknown {
    const changes: unknown = Reflect.apply(run, this, values);
    writes += 1;
    if (writes === Number(last)) process.kill(process.pid, 'SIGKILL');
    return changes;
  },
});

const { handleSqs } = createQueues({ directory, credentials: testCredentials });
const server = createServer((request, response) => void handleSqs(request, response));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
