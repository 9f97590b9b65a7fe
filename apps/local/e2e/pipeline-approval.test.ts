import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chorus } from './chorus.ts';
import { fewHouses, moreHouses } from './pipeline/houses.ts';
import { approvingService } from './pipeline/pipeline-service.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

const model = 'linear-regression';

let cloud: TestCloud;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-rows-'));
  cloud = await startServingCloud(undefined, approvingService);
});
afterAll(async () => {
  await cloud.remove();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(name: string, rows: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, rows);
  return file;
}

async function liveVersion(): Promise<string | undefined> {
  const { body } = await post(cloud, '/predict/house-price', house);
  return body.models[model]?.version;
}

it('a new version waits for a person, who says yes', async () => {
  const file = await fileOf('more.csv', moreHouses());
  const ran = await chorus(cloud, ['pipeline', 'run', 'house-price', file]);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toContain(`${model} v2 waits for approval`);
  expect(ran.out).toContain('pipeline approve house-price');
  expect(ran.err.split('\n').map((line) => line.trim())).toEqual(
    expect.arrayContaining(['Claim', 'Validate', 'Process', 'Train', 'Evaluate', 'Publish']),
  );
  expect(await liveVersion()).toBe('v1');

  const listed = await chorus(cloud, ['pipeline', 'list', '--json']);
  const [run] = JSON.parse(listed.out);
  expect(run).toMatchObject({ pipeline: 'house-price', status: 'waiting' });
  expect(run).not.toHaveProperty('token');

  // A person decides by the figures.
  const waiting = await chorus(cloud, ['pipeline', 'show', 'house-price', '--json']);
  expect(JSON.parse(waiting.out)).toMatchObject({
    status: 'waiting',
    evaluation: [{ model, champion: { version: 'v1' }, chosen: true }],
  });

  const approved = await chorus(cloud, ['pipeline', 'approve', 'house-price', '--reason', 'good']);
  expect(approved.out).toContain(`${model} v2 is live`);
  expect(approved.code).toBe(0);
  expect(await liveVersion()).toBe('v2');
  const shown = await chorus(cloud, ['pipeline', 'show', 'house-price', '--json']);
  expect(JSON.parse(shown.out)).toMatchObject({
    status: 'promoted',
    approval: { approved: true, reason: 'good' },
    evaluation: [{ model, champion: { version: 'v1' }, chosen: true }],
  });
  expect(await chorus(cloud, ['pipeline', 'approve', 'house-price'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('does not wait: it is promoted'),
  });
});

it('a person who says no leaves what is live, and the run says so', async () => {
  const file = await fileOf('other.csv', moreHouses(3, 3));
  const ran = await chorus(cloud, ['pipeline', 'run', 'house-price', file]);
  expect(ran.out).toContain(`${model} v3 waits for approval`);
  const rejected = await chorus(cloud, [
    'pipeline',
    'reject',
    'house-price',
    '--reason',
    'too odd',
  ]);
  expect(rejected).toMatchObject({ code: 0, out: expect.stringContaining('rejected') });
  expect(rejected.out).toContain('too odd');
  expect(await liveVersion()).toBe('v2');
});

it('a file is told what became of it in the terminal', async () => {
  const few = await fileOf('few.csv', fewHouses());
  const kept = await chorus(cloud, ['pipeline', 'run', 'house-price', few]);
  expect(kept.out).toMatch(/: kept\n/);
  expect(kept.out).toContain('smaller by');
  expect(kept.code).toBe(0);
  const known = await chorus(cloud, ['pipeline', 'run', 'house-price', few]);
  expect(known.out).toMatch(/: known\n/);
  expect(known.out).toContain('pipeline run house-price --again');
  const again = await chorus(cloud, ['pipeline', 'run', 'house-price', '--again', '--json']);
  expect(JSON.parse(again.out)).toMatchObject({
    status: 'kept',
    key: 'training-data/house-price/few.csv',
  });

  const bad = await fileOf('bad.csv', 'a,b\n1,2\n');
  const refused = await chorus(cloud, ['pipeline', 'run', 'house-price', bad]);
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('CRIM');
  const listed = await chorus(cloud, ['pipeline', 'list']);
  expect(listed.out.split('\n').length).toBeGreaterThan(5);
});

it('a run that waits while another version is made live by hand is compared with that one, and asks once more', async () => {
  const file = await fileOf('again.csv', moreHouses(5, 3));
  const ran = await chorus(cloud, ['pipeline', 'run', 'house-price', file]);
  const version = /linear-regression (?<version>v\d+) waits/.exec(ran.out)?.groups?.['version'];
  expect(version).toBeDefined();
  expect(ran.out).toMatch(/Next: .* pipeline approve house-price \(or reject, until \d{4}-/);
  const swapped = await chorus(cloud, ['models', 'swap', model, 'v1']);
  expect(swapped).toMatchObject({ code: 0 });

  const approved = await chorus(cloud, ['pipeline', 'approve', 'house-price']);
  expect(approved).toMatchObject({ code: 0, out: expect.stringContaining('wait once more') });
  expect(await liveVersion()).toBe('v1');
  const shown = await chorus(cloud, ['pipeline', 'show', 'house-price', '--json']);
  expect(JSON.parse(shown.out)).toMatchObject({
    status: 'waiting',
    evaluation: [{ champion: { version: 'v1' } }],
    published: [{ version, champion: 'v1' }],
  });

  const again = await chorus(cloud, ['pipeline', 'approve', 'house-price']);
  expect(again.out).toContain(`${model} ${version} is live`);
  expect(await liveVersion()).toBe(version);
});

it.each([
  [['run', 'houseprice'], 1, 'There is no pipeline houseprice. Did you mean house-price?'],
  [['run', 'house-price', 'rows.xlsx'], 2, 'ends in none of .csv, .jsonl, .parquet'],
  [['run', 'house-price', '/nowhere/rows.csv'], 1, 'Cannot read /nowhere/rows.csv'],
  [['show', 'house-price', 'zzz'], 1, 'house-price has no run zzz'],
  [['run'], 2, 'Missing: <name>'],
])('pipeline %j is explained', async (words, code, message) => {
  const ran = await chorus(cloud, ['pipeline', ...words]);
  expect(ran).toMatchObject({ code, err: expect.stringContaining(message) });
});
