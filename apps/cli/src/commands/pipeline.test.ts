import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

/** The pipelines of the service, by the state machines that they are. */
const service = vi.hoisted(() => ({ machines: [] as readonly object[] }));
vi.mock('@chorus/service', () => ({ blueprint: service }));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-no-cloud-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs a command of pipelines where no cloud runs. */
const pipeline = (...words: readonly string[]) =>
  runCommand(['pipeline', ...words], { CHORUS_DIRECTORY: folder });

const every = [['list'], ['run', 'prices', 'rows.csv'], ['show', 'prices'], ['approve', 'prices']];

it.each(every.slice(1))(
  'where the service has no pipeline, pipeline %s says how to add one',
  async (...words) => {
    service.machines = [];
    expect(await pipeline(...words)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('docs/your-own-pipeline.md says how to add one'),
    });
  },
);

it.each(every)('where no cloud runs, pipeline %s says how to start one', async (...words) => {
  service.machines = [{ name: 'prices-pipeline', functions: [{ name: 'record-run' }] }];
  expect(await pipeline(...words)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No local cloud is running. Start one with'),
  });
});
