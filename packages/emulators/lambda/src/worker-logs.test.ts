import { writeSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkerLogs } from './worker-logs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worker-logs-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a line that a worker was killed at does not run into the next one’s', async () => {
  const logs = createWorkerLogs(folder, 'svr');
  for (const text of ['whole\n', 'half', 'whole\n']) {
    const log = logs.open();
    writeSync(log.descriptor, text);
    log.release();
  }
  logs.close();
  expect(await readFile(join(folder, 'svr.log'), 'utf8')).toBe('whole\nhalf\nwhole\n');
});
