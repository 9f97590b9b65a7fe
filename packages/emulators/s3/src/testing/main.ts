/** A local S3 as a process of its own, for tests that kill or measure it: `fork(main.ts, [directory])`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createS3 } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
const { service, handle } = await createS3({ directory, credentials: testCredentials });
await service.createBucket('box');
const server = createServer((request, response) => void handle(request, response));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
// Asked for its peak memory, in MB.
process.on('message', () => process.send?.(process.resourceUsage().maxRSS / 1024));
