/** A local S3 as a process of its own, for tests that kill or measure it: `fork(main.ts, [directory])`. */
import { readFile } from 'node:fs/promises';
import { serveParent, testCredentials } from '@chorus/emulator-aws/testing';
import { createS3 } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
const { service, handle } = await createS3({ directory, credentials: testCredentials });
await service.createBucket('box');
serveParent(handle);

/**
 * The most memory that this process has had, in MB. Linux's `maxRSS` begins with the memory of the process that started
 * this one, hence its own high-water mark where there is one.
 */
async function peakMegabytes(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) / 1024;
}

process.on('message', async () => process.send?.(await peakMegabytes()));
