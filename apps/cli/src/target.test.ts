import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSettings, type Variables } from './env.ts';
import { stageSpec } from './stages.ts';
import { findTarget } from './target.ts';

const { region: production } = await stageSpec('production');
const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };

async function folderWith(address: string | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-cli-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  if (address !== undefined) await writeFile(join(folder, 'local.json'), address);
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(credentials));
  return folder;
}

async function find(address: string | undefined, variables: Variables = {}, aws = false) {
  const CHORUS_DIRECTORY = await folderWith(address);
  return findTarget(readSettings({ CHORUS_DIRECTORY, ...variables }), { aws });
}

const running = JSON.stringify({ url: 'http://127.0.0.1:8787', pid: process.pid });
const local = {
  endpoint: 'http://127.0.0.1:8787',
  region: 'us-east-1',
  credentials,
};

describe('findTarget', () => {
  it('finds the local cloud that is running', async () => {
    expect(await find(running)).toMatchObject({ apiUrl: 'http://127.0.0.1:8787', client: local });
  });

  it('does not take its region or credentials from the person', async () => {
    const variables = {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    };
    expect((await find(running, variables)).client).toEqual(local);
  });

  it('prefers AWS_ENDPOINT_URL, with the credentials that come with it', async () => {
    const variables = { AWS_ENDPOINT_URL: 'http://host:1', AWS_REGION: 'eu-west-1' };
    expect(await find(running, variables)).toMatchObject({
      apiUrl: 'http://host:1',
      client: { ...local, endpoint: 'http://host:1', region: 'eu-west-1' },
    });
    const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' };
    expect((await find(running, { ...variables, ...keys })).client.credentials).toEqual({
      accessKeyId: 'a',
      secretAccessKey: 'b',
      sessionToken: 'c',
    });
  });

  it('leaves everything to the SDK on AWS, even while a local cloud runs', async () => {
    expect(await find(running, {}, true)).toEqual({
      label: `AWS ${production}`,
      flags: ' --aws',
      stage: 'production',
      apiUrl: undefined,
      client: { region: production },
    });
  });

  it('takes the region of the stage, not that of the shell, and an API that was told', async () => {
    const variables = { AWS_REGION: 'xx-west-1', CHORUS_API_URL: 'https://api' };
    expect(await find(running, variables, true)).toMatchObject({
      apiUrl: 'https://api',
      client: { region: production },
    });
  });

  it('knows the stage of a pull request, and no stage that is not in infra/stages.ts', async () => {
    const settings = readSettings({});
    const { region } = await stageSpec('pr-12');
    expect(await findTarget(settings, { aws: true, stage: 'pr-12' })).toMatchObject({
      label: `AWS ${region} (stage pr-12)`,
      stage: 'pr-12',
    });
    await expect(findTarget(settings, { aws: true, stage: 'nowhere' })).rejects.toThrow(
      /There is no stage 'nowhere' in infra\/stages.ts, which has .*\bproduction\b/,
    );
  });

  it('has no API of an endpoint that a stage is deployed to, until its stack is asked', async () => {
    const variables = { AWS_ENDPOINT_URL: 'http://host:1' };
    expect((await find(running, variables, true)).apiUrl).toBeUndefined();
  });

  it('says how to start a local cloud when none is running', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const left = JSON.stringify({ url: 'http://127.0.0.1:8787', pid: gone });
    const message = 'No local cloud is running. Start one with: npx -y pnpm@12 start';
    await expect(find(undefined)).rejects.toThrow(message);
    await expect(find(left)).rejects.toThrow(message);
  });

  it('says that one is still starting, which has no address yet', async () => {
    const starting = JSON.stringify({ pid: process.pid });
    await expect(find(starting)).rejects.toThrow('is still starting');
  });

  it.each(['', '{', '{}', 'null', '{"url":"nowhere","pid":1}', '{"url":"http://a"}'])(
    'says that the address %j is damaged',
    async (address) => {
      await expect(find(address)).rejects.toThrow('is damaged');
    },
  );
});
