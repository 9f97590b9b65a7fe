/** Batch as a process of its own, for tests that kill it: `fork(main.ts, [directory])`. It runs a toy job at a time. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createBatch } from '../index.ts';
import { toyDefinition } from './toy-jobs.ts';

const [directory = ''] = process.argv.slice(2);
const { handle, resume } = createBatch({
  directory,
  credentials: testCredentials,
  definitions: [toyDefinition(directory)],
  queues: [{ name: 'spot', spot: true }],
});
resume();
const server = createServer((request, response) => void handle(request, response));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
