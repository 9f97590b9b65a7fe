/**
 * A local DynamoDB as a process of its own, for tests that kill it: `fork(main.ts, [directory])`. With a number after the
 * folder it kills itself right after it has written an entry for the so-manieth time.
 */
import { serveParent, testCredentials } from '@chorus/emulator-aws/testing';
import { killAfterWrites } from '@chorus/emulator-files/testing';
import { createDynamodb } from '../index.ts';

const [directory = '', last] = process.argv.slice(2);
if (last !== undefined) killAfterWrites(Number(last));

const { handle } = createDynamodb({ directory, credentials: testCredentials });
serveParent(handle);
