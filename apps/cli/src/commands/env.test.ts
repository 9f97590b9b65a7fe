import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-env-'));
});
afterEach(() => rm(folder, { recursive: true }));

const env = (...argv: readonly string[]) =>
  runCommand(['env', ...argv], { CHORUS_DIRECTORY: folder });

const url = 'http://127.0.0.1:9000';
const keys = { accessKeyId: 'AKIA', secretAccessKey: 's3cret' };
const write = (file: string, content: unknown) =>
  writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

/** A local cloud that runs: this process. */
async function start(): Promise<void> {
  await write('local.json', { url, pid: process.pid });
  await write('credentials.json', keys);
}

describe('chorus env', () => {
  it('prints what a shell takes over, and takes away what would come before it', async () => {
    await start();
    expect(await env()).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        `export AWS_ENDPOINT_URL=${url}`,
        'export AWS_REGION=us-east-1',
        'export AWS_DEFAULT_REGION=us-east-1',
        'export AWS_ACCESS_KEY_ID=AKIA',
        'export AWS_SECRET_ACCESS_KEY=s3cret',
        'unset AWS_PROFILE AWS_SESSION_TOKEN',
        '',
      ].join('\n'),
    });
  });

  it('prints it as JSON', async () => {
    await start();
    const { stdout } = await env('--json');
    expect(JSON.parse(stdout)).toMatchObject({ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'AKIA' });
  });

  it('takes no operands', async () => {
    expect(await env('svr')).toMatchObject({ code: 2 });
  });
});

describe('a local cloud', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['that never ran', async () => {}, 'No local cloud is running'],
    [
      'that was killed',
      // Above the largest number that Linux gives to a process.
      () => write('local.json', { url, pid: 4_194_305 }),
      'No local cloud is running',
    ],
    ['without a number', () => write('local.json', { url }), 'local.json is damaged'],
    ['with half a number', () => write('local.json', { url, pid: 1.5 }), 'local.json is damaged'],
    ['at no URL', () => write('local.json', { url: 'x', pid: process.pid }), 'is damaged'],
    ['at a number', () => write('local.json', { url: 1, pid: process.pid }), 'is damaged'],
    ['in no JSON', () => write('local.json', '{'), 'local.json is damaged'],
    ['in a folder', () => mkdir(join(folder, 'local.json')), 'local.json: Error: EISDIR'],
    [
      'that has no address yet',
      () => start().then(() => write('local.json', { pid: process.pid })),
      `(process ${process.pid}) is still starting`,
    ],
    [
      'that has no credentials yet',
      () => write('local.json', { url, pid: process.pid }),
      'is still starting',
    ],
    [
      'without an access key',
      () => start().then(() => write('credentials.json', { secretAccessKey: 'x' })),
      'credentials.json is damaged: delete it',
    ],
    [
      'without a secret key',
      () => start().then(() => write('credentials.json', { accessKeyId: 'x' })),
      'credentials.json is damaged: delete it',
    ],
  ])('%s is told by what to do', async (_, make, message) => {
    await make();
    const { code, stdout, stderr } = await env();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
