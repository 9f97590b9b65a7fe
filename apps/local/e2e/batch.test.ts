import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { type Blueprint, batches } from '@chorus/blueprint';
import { run } from '@chorus/cli';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { region } from '../src/index.ts';
import { chorus } from './chorus.ts';
import { houses } from './fixed-service.ts';
import { columns, many, rowOf } from './house-rows.ts';
import { onlyTheFirst } from './only-the-first.ts';
import { post, startServingCloud, startTestCloud, type TestCloud } from './test-cloud.ts';

const files = batches(houses.workflows);
const blueprint: Blueprint = {
  ...houses,
  machines: files.machines,
  buckets: [...houses.buckets.filter(({ name }) => name !== 'batches'), ...files.buckets],
};

let cloud: TestCloud;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-rows-'));
  cloud = await startServingCloud(undefined, blueprint);
});
afterAll(async () => {
  await cloud.remove();
  await rm(folder, { recursive: true });
});

async function csv(name: string, rows: readonly string[], header = columns.join(',')) {
  const file = join(folder, name);
  await writeFile(file, [header, ...rows, ''].join('\n'));
  return file;
}

const linesOf = async (file: string): Promise<Record<string, number>[]> =>
  JSON.parse(`[${(await readFile(file, 'utf8')).trim().replaceAll('\n', ',')}]`);

describe('chorus batch', () => {
  it('answers every row as a request would, in the order of the file', async () => {
    const rows = many(1100);
    const to = join(folder, 'answers');
    const { code, out, err } = await chorus(cloud, [
      ...['batch', 'house-price', await csv('rows.csv', rows), '--to', to, '--json'],
    ]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ rows: 1100, answered: 1100, failed: 0 });
    const answers = await linesOf(join(to, 'predictions.jsonl'));
    expect(answers.map(({ row }) => row)).toEqual(rows.map((_, index) => index));
    const instances = [0, 555, 1099].map((row) => rows[row]?.split(',').map(Number));
    const asked = await post(cloud, '/predict/house-price', { instances });
    expect([0, 555, 1099].map((row) => answers[row])).toEqual(
      asked.body.predictions.map((prediction, index) => ({
        row: [0, 555, 1099][index],
        ...prediction,
      })),
    );
  });

  it('does the same with --aws, where the endpoint says where that is', async () => {
    const file = await csv('aws.csv', many(3));
    const to = join(folder, 'aws');
    const asked = await chorus(cloud, ['batch', 'house-price', file, '--to', to, '--aws']);
    expect(asked.code, asked.err).toBe(0);
    expect(asked.out).toMatch(/^3 of 3 rows answered/);
    expect(await linesOf(join(to, 'predictions.jsonl'))).toHaveLength(3);
    const name = /--resume (?<name>house-price-\w+)/.exec(asked.err)?.groups?.['name'] ?? '';
    const again = await chorus(cloud, [
      'batch',
      'house-price',
      '--resume',
      name,
      '--aws',
      '--json',
    ]);
    expect(JSON.parse(again.out)).toMatchObject({ batch: name, answered: 3 });
    const wrong = await csv('aws-wrong.csv', [rowOf({ ZN: 101 })]);
    const refused = await chorus(cloud, ['batch', 'house-price', wrong, '--aws']);
    expect(refused.err).toMatch(/--resume house-price-\w+ --aws\n$/);
    const elsewhere = ['batch', 'house-price', file, '--aws', '--stage', 'staging'];
    expect((await chorus(cloud, elsewhere)).err).toContain(
      'has no state machine chorus-staging-house-price-batch',
    );
  });

  it('takes files of S3, and writes beside its answers there', async () => {
    const { code, out, err } = await chorus(cloud, [
      ...['batch', 'house-price', await csv('one.csv', [rowOf()])],
      ...['--to', 's3://chorus-batches/mine/', '--json'],
    ]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out).files).toEqual([
      expect.stringMatching(/^s3:\/\/chorus-batches\/mine\/[-\w]+\/SUCCEEDED_\*\.jsonl$/),
      expect.stringMatching(/predictions\.parquet$/),
      expect.stringMatching(/summary\.json$/),
    ]);
  });

  it.each([
    ['no file', async () => join(folder, 'none.csv'), /Cannot read .*none\.csv.*ENOENT/],
    ['an empty file', async () => csv('empty.csv', [], ''), /is empty/],
    [
      'a missing column',
      async () => csv('missing.csv', [], columns.filter((name) => name !== 'RM').join(',')),
      /has no column RM; its first line names CRIM/,
    ],
    [
      'another separator',
      async () => csv('semicolons.csv', [], columns.join(';')),
      /something else than commas/,
    ],
    [
      'wrong quoting',
      async () => csv('quotes.csv', [rowOf({ RM: '"6' })]),
      /quotes that record 2 opens are not closed/,
    ],
    [
      'a text for a number',
      async () => csv('text.csv', [rowOf(), rowOf({ RM: 'many' })]),
      /rows 0 to 1: row 1\.RM: expected a number, got string many[\s\S]*Mend the file .* or .* --tolerate 1/,
    ],
    [
      'a value outside its range',
      async () => csv('range.csv', [rowOf({ ZN: 101 })]),
      /row 0: row 0\.ZN: 101 is above the maximum 100/,
    ],
  ])('says what is wrong with %s', async (_what, file, message) => {
    const asked = await chorus(cloud, ['batch', 'house-price', await file()]);
    expect(asked.code).toBe(1);
    expect(asked.err).toMatch(message);
  });

  it.each([
    ['no rows', async () => csv('zero.csv', []), 0],
    ['a byte order mark', async () => csv('bom.csv', [rowOf()], `\ufeff${columns.join(',')}`), 1],
    [
      'columns of others',
      async () => csv('more.csv', [`7,${rowOf()}`], `x,${columns.join(',')}`),
      1,
    ],
  ])('has an answer for a file with %s', async (what, file, answered) => {
    const to = join(folder, what);
    const asked = await chorus(cloud, [
      ...['batch', 'house-price', await file(), '--to', to, '--json'],
    ]);
    expect(asked.code, asked.err).toBe(0);
    expect(JSON.parse(asked.out)).toMatchObject({ answered });
  });

  it('keeps answers that cannot be written any more, and says how to get them', async () => {
    const to = join(folder, 'taken');
    await mkdir(join(to, 'predictions.jsonl'), { recursive: true });
    const asked = ['batch', 'house-price', await csv('kept.csv', [rowOf()]), '--to', to];
    const { err } = await chorus(cloud, asked);
    const again = /this writes them: .* chorus (.*) <folder>/.exec(err)?.[1]?.split(' ') ?? [];
    expect(await readdir(to)).toEqual(['predictions.jsonl']);
    const { out } = await chorus(cloud, [...again, join(folder, 'free'), '--json']);
    expect(JSON.parse(out)).toMatchObject({ answered: 1 });
  });

  it('goes on where rows may fail, and lists those', async () => {
    const bad = { 3: { RM: 'many' }, 250: { ZN: 101 }, 700: { RM: '' } };
    const rows = many(701).map((row, index) => {
      const values: unknown = Reflect.get(bad, index);
      return values === undefined ? row : rowOf(Object(values));
    });
    const file = await csv('some.csv', rows);
    const to = join(folder, 'some');
    const asked = await chorus(cloud, [
      ...['batch', 'house-price', file, '--to', to, '--tolerate', '1'],
    ]);
    expect(asked.code, asked.err).toBe(0);
    expect(asked.out).toMatch(/^698 of 701 rows answered/);
    expect(asked.out).toContain('3 rows have no answer:');
    expect(asked.out).toContain('row 3: row 3.RM: expected a number, got string many');
    expect(asked.out).toContain('row 250: row 250.ZN: 101 is above the maximum 100');
    expect(asked.out).toContain('row 700: row 700.RM: ');
    const answered = await linesOf(join(to, 'predictions.jsonl'));
    expect(answered.map(({ row }) => row)).toEqual(
      rows.flatMap((_, row) => (row in bad ? [] : [row])),
    );
    const whole = await post(cloud, '/predict/house-price', {
      instances: [rows[251]?.split(',').map(Number)],
    });
    expect(answered.find(({ row }) => row === 251)).toEqual({
      row: 251,
      ...whole.body.predictions[0],
    });
    expect(JSON.parse(await readFile(join(to, 'summary.json'), 'utf8'))).toMatchObject({
      answered: 698,
      failed: 3,
      failures: [{ first: 3, last: 3, error: 'Refused.400' }, { first: 250 }, { first: 700 }],
    });
  });

  it('asks again about rows that a model has failed for, and has its answers then', async () => {
    const fault = ['chaos', 'fail', 'svr', ...onlyTheFirst('fail', 'svr')];
    expect((await chorus(cloud, fault)).code).toBe(0);
    const to = join(folder, 'again');
    const asked = await chorus(cloud, [
      ...['batch', 'house-price', await csv('again.csv', many(20)), '--to', to],
    ]);
    const listed = await chorus(cloud, ['chaos', 'list', '--json']);
    await chorus(cloud, ['chaos', 'stop']);
    expect(asked.code, asked.err).toBe(0);
    expect(JSON.parse(listed.out).running).toMatchObject([{ hit: 1 }]);
    const answers = await linesOf(join(to, 'predictions.jsonl'));
    expect(answers).toHaveLength(20);
    for (const each of answers) expect(each).toMatchObject({ svr: expect.any(Number) });
  });

  it('has failed where more rows are refused than may be, and gives the answers of the others', async () => {
    const rows = many(100).map((row, index) => (index < 2 ? rowOf({ RM: 'many' }) : row));
    const to = join(folder, 'too-many');
    const asked = await chorus(cloud, [
      ...['batch', 'house-price', await csv('more-than-1.csv', rows)],
      ...['--to', to, '--tolerate', '1'],
    ]);
    expect(asked.code).toBe(1);
    expect(asked.err).toContain('2 of 100 rows failed, more than the 1 % that may');
    expect(await linesOf(join(to, 'predictions.jsonl'))).toHaveLength(98);
  });

  it('refuses a workflow that takes no rows, and a batch that there is none of', async () => {
    const unknown = await chorus(cloud, ['batch', 'house-price', '--resume', 'house-price-1']);
    expect(unknown).toMatchObject({ code: 1, err: 'chorus: There is no batch house-price-1\n' });
    expect(await chorus(cloud, ['batch', 'animal', 'rows.csv'])).toMatchObject({ code: 2 });
    const model = await chorus(cloud, ['batch', 'svr', 'rows.csv']);
    expect(model.err).toContain('chorus workflows add svr-rows --models svr --combine first');
  });

  it('goes on after the cloud has gone, with each row once', async () => {
    const rows = many(6000);
    const file = await csv('long.csv', rows);
    const to = join(folder, 'long');
    const stderr = new PassThrough();
    const stdout = new PassThrough();
    const said = text(stderr);
    const env = { AWS_ENDPOINT_URL: cloud.url, CHORUS_DIRECTORY: cloud.directory };
    const io = { stdin: Readable.from([]), stdout, stderr, env };
    const first = run(['batch', 'house-price', file, '--to', to, '--concurrency', '1'], io);
    const client = new SFNClient({ endpoint: cloud.url, region, credentials: cloud.credentials });
    const stateMachineArn =
      'arn:aws:states:us-east-1:000000000000:stateMachine:chorus-house-price-batch';
    const answered = async (): Promise<number> => {
      const running = { stateMachineArn, statusFilter: 'RUNNING' } as const;
      const { executions = [] } = await client.send(new ListExecutionsCommand(running));
      const executionArn = executions[0]?.executionArn;
      if (executionArn === undefined) return 0;
      const { mapRuns = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
      const mapRunArn = mapRuns[0]?.mapRunArn;
      if (mapRunArn === undefined) return 0;
      const { itemCounts } = await client.send(new DescribeMapRunCommand({ mapRunArn }));
      return itemCounts?.succeeded ?? 0;
    };
    await expect.poll(answered, { timeout: 60_000 }).toBeGreaterThan(0);
    client.destroy();
    const { directory } = cloud;
    await cloud.close(0);
    expect(await first).toBe(1);
    stderr.end();
    const name = /--resume (?<name>house-price-\w+)/.exec(await said)?.groups?.['name'] ?? '';

    cloud = await startTestCloud(blueprint, directory);
    const again = await chorus(cloud, ['batch', 'house-price', '--resume', name, '--json']);
    expect(again.code, again.err).toBe(0);
    const answers = await linesOf(join(to, 'predictions.jsonl'));
    expect(answers.map(({ row }) => row)).toEqual(rows.map((_, index) => index));
  });
});

it('a schedule of the blueprint asks about the file that is there, and a command gives its answers', async () => {
  const file = await csv('nightly.csv', many(7));
  const { url: endpoint, directory } = cloud;
  const client = { endpoint, region, credentials: cloud.credentials };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const Body = await readFile(file);
  await s3.send(new PutObjectCommand({ Bucket: 'chorus-batches', Key: 'in/rows.csv', Body }));
  s3.destroy();
  await cloud.close(0);
  const { schedules } = batches(houses.workflows, {
    schedules: [{ workflow: 'house-price', expression: 'rate(1 day)', key: 'in/rows.csv' }],
  });
  cloud = await startTestCloud({ ...blueprint, schedules }, directory);
  const sfn = new SFNClient({ ...client, endpoint: cloud.url });
  const stateMachineArn =
    'arn:aws:states:us-east-1:000000000000:stateMachine:chorus-house-price-batch';
  const names = async () => {
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    // Those of commands have another kind of name.
    return executions.flatMap(({ name = '' }) => (name.startsWith('house-price') ? [] : name));
  };
  const [name = ''] = await vi.waitUntil(
    async () => {
      const all = await names();
      return all.length > 0 && all;
    },
    { timeout: 120_000 },
  );
  sfn.destroy();
  const to = join(folder, 'nightly');
  const asked = await chorus(cloud, ['batch', 'house-price', '--resume', name, '--to', to]);
  expect(asked.code, asked.err).toBe(0);
  expect(await linesOf(join(to, 'predictions.jsonl'))).toHaveLength(7);
});
