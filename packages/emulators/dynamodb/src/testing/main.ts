/** A local DynamoDB as a process of its own, for tests that kill it: `fork(main.ts, [directory])`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
const { handle } = createDynamodb({ directory, credentials: testCredentials });
const server = createServer((request, response) => void handle(request, response));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
