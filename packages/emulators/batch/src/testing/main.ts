/** Batch as a process of its own, for tests that kill it: `fork(main.ts, [directory])`. It runs a toy job at a time. */
import { serveParent, testCredentials } from '@chorus/emulator-aws/testing';
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
serveParent(handle);
